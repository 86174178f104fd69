"""Two files of the two sides ask one office at the same moment: it takes one, and the other is refused."""

import pytest

from kalka.cases.tests.factories import RAION, office, post
from kalka.legalaid.models import Appointment, OfficeMark
from kalka.legalaid.rules import Side
from kalka.legalaid.tests.factories import agreed, appointed, asked, world
from kalka.legalaid.tests.test_services import crossed
from tests.deep.test_last_bed import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]


def test_one_office_never_comes_to_stand_on_both():
    at = world()
    other = crossed(at)
    for number in range(1, 7):
        theirs = office("legal_aid", RAION)
        first, second = (post("lawyer", place=RAION, organisation=theirs) for _ in range(2))
        for case in (at.case, other):
            agreed(at, case, theirs.pk)
        hers, his = asked(at), asked(at, other)
        brought = at_once(
            lambda hers=hers, first=first: appointed(at, hers, first),
            lambda his=his, second=second: appointed(at, his, second),
        )
        assert sorted(isinstance(one, Appointment) for one in brought) == [False, True]
        assert "legalaid.both_sides" in brought
        assert Appointment.objects.count() == number, "nothing of the other one was kept"
        marks = OfficeMark.objects.filter(organisation_id=theirs.pk)
        sides = [set(marks.filter(side=side).values_list("mac", flat=True)) for side in Side]
        assert not sides[0] & sides[1]
