import pytest

from kalka.access import selectors as access
from kalka.cases.tests.factories import NOW, opened, wall
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.followup import labels, selectors, services
from kalka.followup.odd import Odd
from kalka.followup.rules import Found, Said
from kalka.followup.tests.factories import DAY, HOUR, WORDS, assessed, ordered, planned, visit, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def codes(blockers):
    return [one.code for one in blockers]


def test_the_page_of_a_visit_knows_the_level_the_order_and_the_duty(at):
    page = selectors.visit_page(at.inspector, at.case.ref, now=NOW)
    assert (page.case_ref, page.ref, page.level, page.order_runs, page.duty) == (
        at.case.ref,
        show_ref(at.case.ref),
        "",
        False,
        None,
    )
    assessed(at.inspector, at.case, "high")
    duty = planned(at.case, at.inspector, due_at=NOW + HOUR, level="3/4")
    page = selectors.visit_page(at.inspector, at.case.ref, now=NOW)
    assert (page.level, page.duty.id, page.duty.basis.internal) == ("3/4", duty.pk, True)


def test_the_page_asks_about_an_order_while_one_runs(at):
    ordered(at.inspector, at.case)
    assert selectors.visit_page(at.inspector, at.case.ref, now=NOW).order_runs


def test_the_last_visit_is_the_one_written_down_last_whatever_a_device_says(at):
    visit(at.inspector, at.case, visited_at=NOW + HOUR)
    later = visit(at.inspector, at.case, now=NOW + DAY, visited_at=NOW - DAY)
    last = selectors.last_visit(at.inspector, at.case.subject_id, now=NOW + DAY)
    assert (last.id, last.visited_at, last.late) == (later.pk, NOW - DAY, True)
    panel = selectors.panel(at.inspector, at.case, now=NOW + DAY)
    assert (panel.last, panel.next.kind) == (last, "visit.make")


def test_a_door_that_stayed_shut_keeps_a_case_open(at):
    def blockers():
        return codes(selectors.open_work(at.inspector, at.case.subject_id, now=NOW + DAY))

    assert blockers() == []
    visit(at.inspector, at.case, found="nobody")
    assert blockers() == ["followup.not_met"]
    visit(at.inspector, at.case, now=NOW + HOUR, found="both")
    assert blockers() == []


def test_an_order_last_found_broken_keeps_a_case_open(at):
    ordered(at.inspector, at.case)
    visit(at.inspector, at.case, kept="broken")
    (blocker,) = selectors.open_work(at.inspector, at.case.subject_id, now=NOW)
    assert (blocker.code, blocker.facts["url"]) == ("followup.order_broken", f"/cases/{at.case.ref}/visit/")


def test_the_time_of_a_case_shows_visits_corrections_and_what_was_missed(at):
    planned(at.case, at.inspector, due_at=NOW - HOUR, level="4/4")
    services.missed(SYSTEM, now=NOW)
    made = visit(at.inspector, at.case, visited_at=NOW - 13 * HOUR, told=WORDS)
    services.correct_visit(
        at.inspector, id=new_id(), case_ref=at.case.ref, visit_id=made.pk, text="Түштөн кийин болчу", now=NOW + HOUR
    )
    keys = access.unlock(at.inspector, [at.case.subject_id], what="test", now=NOW)
    items = {one.what: one for one in selectors.timeline(at.inspector, at.case.subject_id, now=NOW + HOUR, keys=keys)}
    assert set(items) == {"followup.protected", "followup.correction", "followup.missed"}
    happened = items["followup.protected"]
    assert (happened.at, happened.recorded_at, happened.lines) == (NOW - 13 * HOUR, NOW, (WORDS,))
    assert (happened.who_post, happened.alarm) == (at.inspector.post_id, False)
    assert items["followup.correction"].lines == ("Түштөн кийин болчу",)
    assert items["followup.missed"].alarm
    closed = selectors.timeline(at.inspector, at.case.subject_id, now=NOW + HOUR)
    assert [one.lines for one in closed] == [(), (), ()], "without keys no words"


def test_what_a_clock_ahead_says_is_shown_when_it_was_written(at):
    visit(at.inspector, at.case, visited_at=NOW + HOUR)
    (item,) = selectors.timeline(at.inspector, at.case.subject_id, now=NOW)
    assert (item.at, item.facts["clock"]) == (NOW, "ahead")


def test_every_entry_has_words():
    assert set(labels.TIMELINE) == {
        *(f"followup.{found}" for found in Found),
        "followup.broken",
        "followup.correction",
        "followup.missed",
        *(f"followup.said_{said}" for said in Said),
    }
    assert (set(labels.FOUND), set(labels.SAID), set(labels.ODD)) == (set(Found), set(Said), set(Odd))


def test_a_stranger_and_whoever_is_walled_off_see_nothing(at):
    made = visit(at.inspector, at.case)
    wall(at.case.subject_id, at.inspector.user_id)
    for actor in (at.stranger, at.inspector):
        assert selectors.last_visit(actor, at.case.subject_id, now=NOW) is None
        assert selectors.timeline(actor, at.case.subject_id, now=NOW) == []
        assert selectors.open_work(actor, at.case.subject_id, now=NOW) == ()
        for do in (
            lambda actor=actor: selectors.visit_page(actor, at.case.ref, now=NOW),
            lambda actor=actor: selectors.visit_line(actor, at.case.ref, made.pk, now=NOW),
        ):
            with pytest.raises(AccessDenied):
                do()


def test_a_visit_is_not_found_through_another_case(at):
    made = visit(at.inspector, at.case)
    other = opened(at)
    with pytest.raises(AccessDenied):
        selectors.visit_line(at.inspector, other.ref, made.pk, now=NOW)


def test_the_time_of_a_case_is_three_queries_however_long(at, django_assert_num_queries):
    for hours in range(4):
        visit(at.inspector, at.case, now=NOW + hours * HOUR)
    with django_assert_num_queries(3):
        assert len(selectors.timeline(at.inspector, at.case.subject_id, now=NOW + DAY)) == 4
