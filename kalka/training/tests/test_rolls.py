"""The names of a course are destroyed when no paper needs them."""

import pytest

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.training import checking, facts, selectors, services
from kalka.training.models import Participant, RollDestroyed
from kalka.training.tests.factories import (
    AIDA,
    BATKEN,
    EXTRACT,
    KEEPER,
    NAZGUL,
    NOW,
    OTHER,
    READER,
    TODAY,
    course,
    entry,
    programme,
    taken_back,
    territory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def land():
    territory()


def refused(do):
    """Nobody is gone by it."""
    before = Participant.objects.filter(gone=True).count(), RollDestroyed.objects.count()
    with pytest.raises(DomainError) as found:
        do()
    assert (Participant.objects.filter(gone=True).count(), RollDestroyed.objects.count()) == before
    assert AuditEntry.objects.latest("id").refusal == found.value.code
    return found.value.code


def test_a_destroyed_roll_leaves_the_figures_and_the_certificates_and_nobodys_name():
    here, there = course(), course(programme(name="Башка"), place=BATKEN)
    wrong = entry(here, names=(AIDA,))
    entry(here, names=(NAZGUL, AIDA))
    entry(there, names=(NAZGUL,))
    taken_back(wrong.pk)
    made = services.certify(KEEPER, id=new_id(), course_id=here.pk, now=NOW)
    code, id = selectors.paper_of(KEEPER, here.pk, made[0].pk, now=NOW).code, new_id()
    for actor, refusal in ((OTHER, "training.unknown"), (READER, "core.not_permitted")):
        assert refused(lambda by=actor: services.destroy_roll(by, id=id, course_id=here.pk, now=NOW)) == refusal
    for _twice in range(2):
        assert services.destroy_roll(KEEPER, id=id, course_id=here.pk, now=NOW).count == 3
    left = Participant.objects.filter(course=here).values_list("gone", "mac", "name", "phone")
    assert {(gone, mac, name.blob, phone.blob) for gone, mac, name, phone in left} == {(True, None, b"", b"")}
    page = selectors.course_page(KEEPER, here.pk, now=NOW)
    assert (page.roll, page.line.number, page.destroyed, [one.on_roll for one in page.entries]) == (
        (),
        2,
        TODAY,
        [False],
    )
    assert sum(one.number for one in facts.participants(EXTRACT)) == 3
    assert len({one.who for one in facts.participants(EXTRACT)} - {""}) == 1  # of the other course alone
    assert checking.check(code).valid
    with pytest.raises(AccessDenied):
        selectors.paper_of(KEEPER, here.pk, made[0].pk, now=NOW)
    again = refused(lambda: services.destroy_roll(KEEPER, id=new_id(), course_id=here.pk, now=NOW))
    assert (again, RollDestroyed.objects.count()) == ("training.nobody_on_roll", 1)
    assert refused(lambda: services.certify(KEEPER, id=new_id(), course_id=here.pk, now=NOW)) == "training.no_roll"
