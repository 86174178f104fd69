"""Who was found guilty of violence must go to a programme, with an order or without."""

from datetime import timedelta

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.orders.tests.factories import BEFORE, SINCE, paper, registered
from kalka.proceedings import selectors as proceedings
from kalka.proceedings import services as court
from kalka.proceedings.rules import NewEnd, NewProceeding
from kalka.programmes import selectors, services
from kalka.programmes.models import Owed
from kalka.programmes.tests.factories import DAY, NOW, RAION, TODAY, office, sent, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    made = world()
    made.office, made.she, made.child = office("police", RAION), None, None
    return made


def guilty(at, *, ground="offence", on=TODAY, **said):
    told = NewProceeding(person=at.man, ground=ground, on=on, **said)
    row = court.open_proceeding(at.inspector, id=new_id(), case_ref=at.case.ref, told=told, now=NOW)
    decided(at, row, "guilty", on=on, sentence="community_work", amount=40)
    return row


def decided(at, row, how, *, on=TODAY, seen=None, **said):
    told = NewEnd(how, on, **said)
    named = {"case_ref": at.case.ref, "proceeding_id": row.pk, "now": NOW}
    return court.end_proceeding(at.inspector, id=new_id(), told=told, seen=seen, **named)


def test_who_was_found_guilty_without_an_order_must_go_and_sending_him_is_a_duty(at):
    row = guilty(at)
    (owed,) = services.require(SYSTEM, now=NOW)
    assert (owed.order_id, owed.proceeding_id, owed.person_id, owed.on) == (None, row.pk, at.man, TODAY)
    assert (owed.case_id, owed.case_ref, owed.place) == (at.case.pk, at.case.ref, at.case.place)
    duty = standing(at.case.subject_id)["programme.enrol"]
    assert (duty.assignee_id, duty.due_at, duty.basis["act"]) == (at.inspector.post_id, NOW + 3 * DAY, "law-161")
    assert services.require(SYSTEM, now=NOW) == ()
    (never,) = selectors.never_enrolled(at.inspector, now=NOW + 2 * DAY)
    assert (never.ref, never.on, never.days, never.by_order) == (at.case.ref, TODAY, 2, False)
    sent(at, ground="sentence")
    assert selectors.never_enrolled(at.inspector, now=NOW) == ()
    assert "programme.enrol" not in standing(at.case.subject_id)


@pytest.mark.parametrize(("on", "owed"), [(BEFORE, 0), (SINCE, 1)])
def test_the_day_before_the_amendment_nothing_was_owed(at, on, owed):
    guilty(at, on=on)
    assert len(services.require(SYSTEM, now=NOW)) == owed == Owed.objects.count()


def test_what_a_sentence_threatens_and_what_is_no_violence_make_nobody_go(at):
    guilty(at, ground="evasion_of_programme", sessions_set=8, sessions_missed=5, warned_on=TODAY - DAY)
    guilty(at, ground="other_offence", article="126")
    assert services.require(SYSTEM, now=NOW) == ()


def test_whoever_a_higher_court_acquits_need_not_go(at):
    row = guilty(at)
    services.require(SYSTEM, now=NOW)
    decided(at, row, "acquitted", seen="1")
    assert selectors.never_enrolled(at.inspector, now=NOW) == ()
    assert selectors.of_case(at.inspector, at.case.ref, now=NOW).owed == ()
    assert Owed.objects.count() == 1


def test_acquitted_before_it_was_looked_at_makes_nobody_go(at):
    row = guilty(at)
    decided(at, row, "acquitted", seen="1")
    assert services.require(SYSTEM, now=NOW + timedelta(hours=1)) == ()


def test_an_order_and_a_sentence_against_one_man_are_one_line_and_one_duty(at):
    registered(at, paper(at, protected=()))
    guilty(at)
    assert len(services.require(SYSTEM, now=NOW)) == 2
    (never,) = selectors.never_enrolled(at.inspector, now=NOW)
    assert never.on == TODAY
    assert [kind for kind in standing(at.case.subject_id) if kind == "programme.enrol"] == ["programme.enrol"]


def test_only_the_installation_asks_who_was_found_guilty(at):
    with pytest.raises(AccessDenied):
        proceedings.sentenced(at.inspector, since=SINCE, but=Owed.objects.values("proceeding"), most=1)
