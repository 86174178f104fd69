from datetime import timedelta

import pytest

from kalka.cases.tests.factories import incident
from kalka.core.actors import SYSTEM
from kalka.core.extract import Extract
from kalka.orders.tests.factories import breached, paper, registered
from kalka.programmes import facts, services
from kalka.programmes.tests.factories import (
    DAY,
    HIM,
    NOW,
    RAION,
    TODAY,
    add,
    attended,
    group,
    office,
    opened,
    placed,
    sent,
    stepped,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    made = world()
    made.office, made.she, made.child = office("police", RAION), None, None
    return made


def told(source, days=400):
    later = NOW + timedelta(days=days)
    extract = Extract(before=later, until=TODAY + timedelta(days=days), salt=b"test")
    return [fact for batch in source(extract) for fact in batch.rows]


@pytest.mark.parametrize(
    ("after", "code"), [(None, "waiting"), (0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (30, "8-30"), (31, "31+")]
)
def test_who_was_never_sent_is_counted_beside_who_was_and_how_soon(at, after, code):
    registered(at, paper(at, protected=()))
    services.require(SYSTEM, now=NOW)
    if after is not None:
        sent(at, now=NOW + after * DAY)
    (fact,) = told(facts.owed)
    assert (fact.on, fact.place, fact.enrolled) == (TODAY, at.case.place, code)


def test_an_order_that_names_nobody_is_answered_by_whoever_was_sent(at):
    registered(at, paper(at, respondent=None, protected=()))
    services.require(SYSTEM, now=NOW)
    assert [fact.enrolled for fact in told(facts.owed)] == ["waiting"]
    sent(at)
    assert [fact.enrolled for fact in told(facts.owed)] == ["0"]


def finished(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    later = attended(at, room, sending)
    stepped(at, sending, "completed", now=later)
    return later


def test_who_finished_and_did_nothing_since(at):
    incident(at.inspector, at.case)  # before he began
    finished(at)
    (fact,) = told(facts.finished)
    assert (fact.again, fact.place) == (False, at.case.place)


def test_violence_in_another_file_of_the_same_man_is_found(at):
    later = finished(at) + 30 * DAY
    case = opened(at, protected=None)
    add(at.inspector, case, HIM)
    incident(at.inspector, case, now=later, on=(later + timedelta(hours=6)).date())
    (fact,) = told(facts.finished)
    assert fact.again is True


def test_a_broken_order_is_found_as_well(at):
    later = finished(at) + 30 * DAY
    order = registered(at, paper(at, issued_at=later, protected=()), now=later)
    breached(at, order, now=later + DAY)
    assert [fact.again for fact in told(facts.finished)] == [True]
