import pytest

from kalka.access import selectors as access
from kalka.cases.services import mark_closed
from kalka.cases.tests.factories import NOW, in_a_command, opened, wall
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.directory.models import Post
from kalka.duties.models import Duty
from kalka.followup import labels, selectors, services
from kalka.followup.models import MissedVisit, Visit, VisitCorrection
from kalka.followup.rules import NewVisit
from kalka.followup.tests.factories import (
    DAY,
    HOUR,
    WORDS,
    assessed,
    ordered,
    planned,
    standing,
    visit,
    world,
)
from kalka.history import services as history
from kalka.history.models import Event
from kalka.notices.models import Notice
from kalka.orders.models import Breach
from kalka.risk import selectors as risk

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def events(case, kind):
    return Event.objects.filter(subject_id=case.subject_id, kind=kind).count()


def refusal(do):
    before = (Visit.objects.count(), VisitCorrection.objects.count(), Duty.objects.count(), Event.objects.count())
    with pytest.raises(DomainError) as refused:
        do()
    after = (Visit.objects.count(), VisitCorrection.objects.count(), Duty.objects.count(), Event.objects.count())
    assert after == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def test_a_visit_keeps_what_was_found_by_both_clocks_and_seals_the_words(at):
    made = visit(at.inspector, at.case, visited_at=NOW - HOUR, told=f" {WORDS} ", where="elsewhere")
    assert (made.subject_id, made.case_ref, made.post_id) == (at.case.subject_id, at.case.ref, at.inspector.post_id)
    assert (made.visited_at, made.recorded_at, made.late, made.clock) == (NOW - HOUR, NOW, False, "")
    assert (made.found, made.kept, made.where) == ("protected", "", "elsewhere")
    stored = Visit.objects.get()
    assert WORDS.encode() not in bytes(stored.told.blob)
    keys = access.unlock(at.inspector, [at.case.subject_id], what="test", now=NOW)
    assert keys.get(stored, "told") == WORDS
    entry = AuditEntry.objects.get(command="followup.log_visit")
    assert (entry.kind, entry.subject_id, entry.object_id) == ("done", at.case.subject_id, str(made.pk))


@pytest.mark.parametrize(
    ("ago", "late", "clock"), [(-20 * HOUR, False, "ahead"), (13 * HOUR, True, ""), (8 * DAY, True, "old")]
)
def test_what_was_written_late_or_by_a_wrong_clock_says_so_for_good(at, ago, late, clock):
    made = visit(at.inspector, at.case, visited_at=NOW - ago)
    assert (made.late, made.clock, made.recorded_at) == (late, clock, NOW)
    assert Event.objects.get(subject_id=at.case.subject_id, kind="visit_made").on <= NOW.date()


def test_sent_twice_is_one_visit_and_anothers_id_is_nobodys(at):
    id = new_id()
    first = visit(at.inspector, at.case, id=id)
    assert visit(at.inspector, at.case, id=id) == first
    assert (Visit.objects.count(), events(at.case, "visit_made")) == (1, 1)
    assert isinstance(refusal(lambda: visit(at.inspector, at.case, id=id, found="both")), AccessDenied)
    assert isinstance(refusal(lambda: visit(at.worker, at.case, id=id)), AccessDenied)


def test_whoever_does_not_see_the_case_notes_nothing_in_it(at):
    there = refusal(lambda: visit(at.stranger, at.case))
    at.case.ref = "0123456789"
    nowhere = refusal(lambda: visit(at.stranger, at.case))
    assert (type(there), there.code, there.facts) == (type(nowhere), nowhere.code, nowhere.facts)


def test_whoever_is_walled_off_notes_nothing(at):
    wall(at.case.subject_id, at.inspector.user_id)
    assert isinstance(refusal(lambda: visit(at.inspector, at.case)), AccessDenied)


def test_a_visit_ends_its_duty_and_plans_the_next_by_the_level(at):
    assessed(at.inspector, at.case, "high")
    duty = planned(at.case, at.inspector, due_at=NOW + HOUR, level="3/4")
    made = visit(at.inspector, at.case, now=NOW + 2 * HOUR)
    assert made.planned_id == duty.pk
    duty.refresh_from_db()
    assert duty.ended_at == NOW + 2 * HOUR
    after = standing(at.case)["visit.make"]
    assert (after.due_at, after.level, after.about) == (NOW + 2 * HOUR + 3 * DAY, "3/4", at.case.ref)
    assert (after.assignee_id, after.basis) == (at.inspector.post_id, {"rule": "internal"})


@pytest.mark.parametrize("found", ["nobody", "refused"])
def test_whoever_was_not_met_is_visited_again_within_a_day(at, found):
    assessed(at.inspector, at.case, "medium")
    visit(at.inspector, at.case, found=found)
    assert standing(at.case)["visit.make"].due_at == NOW + DAY


def test_not_assessed_is_visited_every_day(at):
    visit(at.inspector, at.case)
    assert (standing(at.case)["visit.make"].due_at, standing(at.case)["visit.make"].level) == (NOW + DAY, "")


def test_while_an_order_runs_it_is_asked_about_and_the_answer_ends_the_check(at):
    assert refusal(lambda: visit(at.inspector, at.case, kept="kept")).facts == {"field": "kept"}
    ordered(at.inspector, at.case)
    assert "order.check_compliance" in standing(at.case)
    assert refusal(lambda: visit(at.inspector, at.case)).facts == {"field": "kept"}
    visit(at.inspector, at.case, kept="unknown")
    assert "order.check_compliance" in standing(at.case), "not known is not checked"
    visit(at.inspector, at.case, kept="kept")
    assert "order.check_compliance" not in standing(at.case)
    assert not Breach.objects.exists()


def test_an_order_found_broken_is_a_breach_and_calls_for_a_new_assessment(at):
    order = ordered(at.inspector, at.case)
    made = visit(at.inspector, at.case, now=NOW + HOUR, kept="broken")
    breach = Breach.objects.get()
    assert (breach.order_id, breach.recorded_at) == (order.pk, NOW + HOUR)
    assert events(at.case, "order_breached") == 1
    assert "risk.assess" in standing(at.case)
    assert visit(at.inspector, at.case, id=made.pk, visited_at=made.visited_at, now=NOW + HOUR, kept="broken") == made
    assert Breach.objects.count() == 1
    entry = AuditEntry.objects.filter(command="followup.log_visit").first()
    assert entry.steps == "orders.record_breach"


def test_in_a_closed_case_nothing_is_noted(at):
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert refusal(lambda: visit(at.inspector, at.case)).code == "followup.case_closed"


def test_a_correction_stands_beside_the_visit(at):
    made = visit(at.inspector, at.case)
    id = new_id()
    told = {"id": id, "case_ref": at.case.ref, "visit_id": made.pk, "text": WORDS, "now": NOW}
    row = services.correct_visit(at.inspector, **told)
    assert services.correct_visit(at.inspector, **told) == row
    assert VisitCorrection.objects.get().visit_id == made.pk
    empty = refusal(lambda: services.correct_visit(at.inspector, **told | {"id": new_id(), "text": " "}))
    assert (empty.code, empty.facts) == ("followup.nothing_told", {"field": "told"})
    long = refusal(lambda: services.correct_visit(at.inspector, **told | {"id": new_id(), "text": "ө" * 2001}))
    assert long.code == "followup.too_long"
    other = refusal(lambda: services.correct_visit(at.inspector, **told | {"id": new_id(), "visit_id": new_id()}))
    assert isinstance(other, AccessDenied)


# What time brings


def test_a_missed_visit_at_a_high_level_alarms_the_supervisor_and_the_coordinator_once_within_the_hour(at):
    planned(at.case, at.inspector, due_at=NOW, level="3/4")
    assert services.missed(SYSTEM, now=NOW) == ()
    (row,) = services.missed(SYSTEM, now=NOW + HOUR)
    assert (row.subject_id, row.planned_at, row.alarmed_id) == (at.case.subject_id, NOW, at.officer.post_id)
    notices = Notice.objects.filter(kind="visit_missed_high", subject_id=at.case.subject_id)
    assert set(notices.values_list("to_post_id", "created_at")) == {
        (at.officer.post_id, NOW + HOUR),
        (at.coordinator.post_id, NOW + HOUR),
    }
    assert events(at.case, "visit_missed") == 1
    assert services.missed(SYSTEM, now=NOW + 2 * HOUR) == ()
    assert MissedVisit.objects.count() == 1


@pytest.mark.parametrize(("level", "alarmed"), [("2/4", 0), ("1/2", 0), ("2/3", 1), ("2/2", 1), ("4/5", 1), ("", 1)])
def test_only_the_upper_half_alarms_and_whoever_was_not_assessed(at, level, alarmed):
    planned(at.case, at.inspector, due_at=NOW, level=level)
    assert len(services.missed(SYSTEM, now=NOW + HOUR)) == alarmed


def test_where_nobody_leads_the_supervising_officer_of_the_place_is_told_and_without_one_the_post_itself(at):
    planned(at.case, at.worker, due_at=NOW, level="4/4")
    (row,) = services.missed(SYSTEM, now=NOW + HOUR)
    assert row.alarmed_id == at.officer.post_id
    Post.objects.filter(pk=at.officer.post_id).update(until=NOW.date() - DAY)
    second = opened(at, what="башка үй-бүлө")
    planned(second, at.worker, due_at=NOW, level="4/4")
    (row,) = services.missed(SYSTEM, now=NOW + HOUR)
    assert row.alarmed_id == at.worker.post_id


@pytest.mark.parametrize(("level", "alarmed"), [("", 1), ("high", 1), ("medium", 0)])
def test_an_order_nobody_went_to_check_alarms_within_the_hour_at_a_high_level_and_where_nothing_was_assessed(
    at, level, alarmed
):
    ordered(at.inspector, at.case)
    if level:
        assessed(at.inspector, at.case, level)
    due = standing(at.case)["order.check_compliance"].due_at
    found = services.missed(SYSTEM, now=due + HOUR / 12)
    assert [row.planned_at for row in found] == [due] * alarmed
    told = Notice.objects.filter(kind="visit_missed_high").values_list("to_post_id", flat=True)
    assert set(told) == ({at.officer.post_id, at.coordinator.post_id} if alarmed else set())
    assert services.missed(SYSTEM, now=due + HOUR) == ()


def test_what_happened_since_the_assessment_lifts_the_level_of_an_order_to_be_checked(at):
    ordered(at.inspector, at.case)
    assessed(at.inspector, at.case, "medium")
    broken = {"subject_id": at.case.subject_id, "kind": "order_breached", "at": NOW, "source": "test"}
    in_a_command(lambda: history.append(at.inspector, now=NOW + HOUR, **broken))
    due = standing(at.case)["order.check_compliance"].due_at
    assert len(services.missed(SYSTEM, now=due + HOUR)) == 1
    assert risk.positions(SYSTEM, [at.case.subject_id]) == {at.case.subject_id: "3/4"}
    with pytest.raises(AccessDenied):
        risk.positions(at.inspector, [at.case.subject_id])


def test_the_first_visit_is_planned_once_the_risk_is_known(at):
    assert services.plan_visits(SYSTEM, now=NOW) == ()
    assessed(at.inspector, at.case, "medium")
    (planned_id,) = services.plan_visits(SYSTEM, now=NOW + HOUR)
    made = standing(at.case)["visit.make"]
    assert (made.pk, made.due_at, made.level) == (planned_id, NOW + 14 * DAY, "2/4")
    assert made.assignee_id == at.inspector.post_id
    assert services.plan_visits(SYSTEM, now=NOW + HOUR) == ()


def test_a_visit_comes_sooner_once_the_level_rises(at):
    assessed(at.inspector, at.case, "medium")
    services.plan_visits(SYSTEM, now=NOW)
    assessed(at.inspector, at.case, "extreme", now=NOW + DAY)
    services.plan_visits(SYSTEM, now=NOW + DAY)
    assert (standing(at.case)["visit.make"].due_at, standing(at.case)["visit.make"].level) == (NOW + 2 * DAY, "4/4")


def test_a_visit_that_was_made_or_let_go_is_not_planned_a_second_time(at):
    assessed(at.inspector, at.case, "medium")
    visit(at.inspector, at.case, now=NOW + HOUR)
    assert services.plan_visits(SYSTEM, now=NOW + 2 * HOUR) == ()
    assert standing(at.case)["visit.make"].due_at == NOW + HOUR + 14 * DAY


def test_only_the_installation_itself_alarms_and_plans(at):
    for do in (services.missed, services.plan_visits):
        assert isinstance(refusal(lambda do=do: do(at.officer, now=NOW)), AccessDenied)


def test_a_visit_shows_no_words(at):
    assert WORDS not in repr(NewVisit(NOW, "both", told=WORDS))
    assert "inside" not in repr(NewVisit(NOW, "both", zone="inside"))


def test_of_the_place_nothing_is_kept_but_inside_or_outside_and_that_is_sealed_and_may_be_left_out(at):
    for zone in ("inside", "outside", ""):
        made = visit(at.inspector, at.case, zone=zone)
        stored = Visit.objects.get(pk=made.pk)
        assert zone.encode() not in bytes(stored.zone.blob) or not zone
        keys = access.unlock(at.inspector, [at.case.subject_id], what="test", now=NOW)
        assert (keys.get(stored, "zone") or "", keys.get(stored, "told")) == (zone, None)
    items = selectors.timeline(at.inspector, at.case.subject_id, now=NOW, keys=keys)
    assert {one.lines for one in items} == {(), *((str(words),) for words in labels.ZONES.values())}
    assert refusal(lambda: visit(at.inspector, at.case, zone="42.87,74.59")).facts == {"field": "zone"}
