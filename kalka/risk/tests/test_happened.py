"""What somebody of the team learnt lifts, asks for an assessment, and never lowers."""

import pytest

from kalka.core.refs import new_id
from kalka.risk import selectors, services
from kalka.risk.models import Trigger
from kalka.risk.tests.factories import HOUR, NOW, assessed, refused, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def note(actor, case, trigger, *, id=None, now=NOW):
    return services.note_happened(actor, id=id or new_id(), case_ref=case.ref, trigger=trigger, now=now)


@pytest.mark.parametrize(
    ("trigger", "hours", "level", "also"),
    [
        ("life_changed", 24, "2/4", None),
        ("weapon_licence", 24, "2/4", None),
        ("address_changed", 48, "1/4", "measure.hand_over"),
        ("contacts_failed", 12, "1/4", "measure.see_in_person"),
    ],
)
def test_what_happened_is_written_once_and_asks_for_an_assessment(at, trigger, hours, level, also):
    assessed(at.inspector, at.case, "low")
    later, id = NOW + HOUR, new_id()
    for _ in range(2):
        note(at.inspector, at.case, trigger, id=id, now=later)
    assert Trigger.objects.count() == 1
    assert selectors.current(at.inspector, at.case.subject_id, now=later).position == level
    duties = standing(at.case)
    assert duties["risk.reassess"].due_at == later + hours * HOUR
    assert set(duties) == {"risk.reassess"} | ({also} if also else set())


@pytest.mark.parametrize("trigger", ["life_changed", "address_changed", "contacts_failed"])
def test_it_never_lowers(at, trigger):
    assessed(at.inspector, at.case, "extreme", judged="extreme")
    due = standing(at.case)["risk.reassess"].due_at
    note(at.inspector, at.case, trigger, now=NOW + HOUR)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR).position == "4/4"
    assert standing(at.case)["risk.reassess"].due_at <= due


def test_what_a_step_says_is_not_said_by_hand(at):
    refused("risk.no_such_trigger", lambda: note(at.inspector, at.case, "order_breached"))
    refused("risk.no_such_trigger", lambda: note(at.inspector, at.case, "rain"))
    refused("cases.unknown", lambda: note(at.officer, at.case, "life_changed"))
