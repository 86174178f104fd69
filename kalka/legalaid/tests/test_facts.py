"""What leaves for statistics: days, codes, minutes."""

from datetime import timedelta

import pytest

from kalka.cases.tests.factories import VILLAGE
from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.legalaid import facts, services
from kalka.legalaid.rules import Held
from kalka.legalaid.tests.factories import NOW, TODAY, agreed, appointed, asked, took, world
from kalka.legalaid.tests.test_counselling import session

pytestmark = [pytest.mark.django_db, pytest.mark.both]
EXTRACT = Extract(before=NOW + timedelta(hours=1), until=TODAY + timedelta(days=1), salt=b"test")


def test_requests_sessions_and_days_are_codes_and_figures():
    at = world()
    agreed(at, at.case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    session(at)
    day = services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY, now=NOW)
    services.note_held(at.advocate, id=new_id(), day_id=day.pk, told=Held(9, 2, {"family": 6}), now=NOW)
    (request,) = [row for batch in facts.aid(EXTRACT) for row in batch.rows]
    assert (request.on, request.place, request.category, request.taken, request.result) == (
        TODAY,
        at.case.place,
        "civil",
        "0",
        "",
    )
    (talk,) = [row for batch in facts.sessions(EXTRACT) for row in batch.rows]
    assert (talk.kind, talk.minutes, talk.came, talk.agency, talk.who) == (
        "first",
        50,
        True,
        "crisis_centre",
        request.who,
    )
    assert [(one.women, one.men, one.topics) for one in facts.days(EXTRACT)] == [(9, 2, (0, 6, 0, 0, 0, 0, 0))]
    assert at.case.subject_id.hex not in repr([request, talk])
