from dataclasses import replace
from datetime import date, timedelta

import pytest

from kalka.access import selectors as access
from kalka.access.models import Grant
from kalka.cases import practice, selectors, services
from kalka.cases.models import GlassDecision, GlassRequest
from kalka.cases.rules import Circle, NewNote
from kalka.cases.tests import factories as f
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.duties.models import Duty
from kalka.notices import selectors as notices
from kalka.notices import services as notice_steps
from kalka.notices.models import Notice
from kalka.vault.classes import Klass

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LATER = f.NOW + timedelta(minutes=5)
WHY = "Ал азыр борбордо отурат, иши башка жерде."


@pytest.fixture
def world():
    made = f.raion()
    made.asker = f.post("crisis_worker", place=f.RAION, organisation=made.centre)
    made.second = f.post("window_coordinator", place=f.RAION, leads=True)
    made.auditor = f.post("auditor", place="41700000000000", leads=True)
    return made


def ask(world, ref: str, *, by=None, reason: str = WHY, now=LATER) -> GlassRequest:
    return services.ask_glass(by or world.asker, id=new_id(), typed_ref=ref, reason=reason, now=now)


def decide(actor, request: GlassRequest, *, agreed: bool = True, now=LATER) -> GlassDecision:
    return services.decide_glass(actor, id=new_id(), request_id=request.pk, agreed=agreed, now=now)


def unwraps(actor, case, *klasses: Klass, now=LATER) -> bool:
    """Whether the data key of the case is unwrapped for this actor: the key, not a page."""
    try:
        keys = access.unlock(actor, [case.subject_id], what="test", now=now, klasses=klasses or (Klass.NARRATIVE,))
    except AccessDenied:
        return False
    return keys.has(case.subject_id, (klasses or (Klass.NARRATIVE,))[0])


def test_requirement_21_without_a_second_person_no_key_is_unwrapped(world):
    case = f.opened(world)
    request = ask(world, case.ref)
    assert not unwraps(world.asker, case)
    decide(world.second, request)
    assert unwraps(world.asker, case)


def test_requirement_21_it_ends_by_itself_after_the_hours_of_the_practice(world):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    end = LATER + timedelta(hours=practice.break_glass_hours(f.TODAY))
    assert unwraps(world.asker, case, now=end - timedelta(seconds=1))
    assert not unwraps(world.asker, case, now=end)


def test_requirement_21_nineteen_characters_are_no_reason(world):
    case = f.opened(world)
    with pytest.raises(DomainError, match="reason_short"):
        ask(world, case.ref, reason="а" * 19)
    with pytest.raises(DomainError, match="reason_short"):
        ask(world, case.ref, reason="а" + " " * 30)
    assert GlassRequest.objects.count() == 0
    assert ask(world, case.ref, reason="а" * 20).hours == 8


@pytest.mark.parametrize("change", ["oneself", "post", "organisation", "no lead"])
def test_requirement_21_the_second_person_is_another_in_a_leading_post_of_another_organisation(world, change):
    case = f.opened(world)
    request, second = ask(world, case.ref), world.second
    second = {
        "oneself": replace(second, user_id=world.asker.user_id),
        "post": replace(second, post_id=world.asker.post_id),
        "organisation": replace(second, organisation_id=world.asker.organisation_id),
        "no lead": replace(second, leads=False),
    }[change]
    with pytest.raises(DomainError, match="own_glass"):
        decide(second, request)
    assert GlassDecision.objects.count() == 0 and not unwraps(world.asker, case)


def test_requirement_21_the_owner_is_told_and_the_asker_cannot_dismiss_it(world):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    told = Notice.objects.get(kind="glass_opened")
    assert told.to_post_id == world.inspector.post_id
    with pytest.raises(AccessDenied):
        notice_steps.see_notices(world.asker, ids=[told.pk], now=LATER)
    assert [one.kind for one in notices.for_post(world.inspector, now=LATER)].count("glass_opened") == 1


def test_the_second_person_and_the_auditor_have_it_on_their_lists(world):
    case = f.opened(world)
    request = ask(world, case.ref)
    assert [line.kind for line in duties.of_subject(world.second, request.subject_id, now=LATER)] == [
        "cases.approve_glass"
    ]
    decide(world.second, request)
    standing = Duty.objects.filter(subject_id=request.subject_id, ended_at=None)
    assert [(duty.kind, duty.assignee_id) for duty in standing] == [("oversight.review_opening", world.auditor.post_id)]


def test_what_is_opened_can_be_read_and_not_worked_on(world):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    assert selectors.case_page(world.asker, case.ref, now=LATER).head.ref == case.ref
    with pytest.raises(AccessDenied):
        f.join(world.asker, case, world.colleague, now=LATER)
    with pytest.raises(AccessDenied):
        services.write_note(world.asker, id=new_id(), case_ref=case.ref, told=NewNote(Circle.TEAM, "Окудум"), now=LATER)


@pytest.mark.parametrize("klass", [Klass.NOTE, Klass.REPORTER])
def test_who_told_and_what_a_profession_keeps_are_never_opened_so(world, klass):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    assert not unwraps(world.asker, case, klass)
    assert unwraps(world.inspector, case, Klass.NOTE)


def test_the_report_stays_shut(world):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    assert not access.sees(world.asker, case.report.subject_id, now=LATER)


def answer(actor, request: GlassRequest) -> list[object]:
    """All that the asker can see of a request."""
    (line,) = (line for line in selectors.my_requests(actor, now=LATER) if line.id == request.pk)
    return [line.state, line.hours, line.until, line.decider]


def test_a_code_nobody_has_and_a_case_one_is_shut_out_of_wait_like_any_other(world):
    case, walled = f.opened(world), f.opened(world)
    f.wall(walled.subject_id, world.asker.user_id)
    requests = [ask(world, ref) for ref in (case.ref, "ZZZZZZZZZZ", walled.ref)]
    assert len({str(answer(world.asker, request)) for request in requests}) == 1
    entries = AuditEntry.objects.filter(command="cases.ask_glass").values_list("kind", "object", "count")
    assert set(entries) == {("done", "cases.GlassRequest", 1)}
    asked = Duty.objects.filter(kind="cases.approve_glass").values_list("subject_id", flat=True)
    assert list(asked) == [requests[0].subject_id]


def test_over_a_wall_nothing_is_opened_whoever_agrees(world):
    case = f.opened(world)
    request = ask(world, case.ref)
    f.wall(case.subject_id, world.asker.user_id)
    with pytest.raises(DomainError, match="glass_lapsed"):
        decide(world.second, request)
    f.in_a_command(lambda: f.access.grant(case.subject_id, world.asker.holders[0], why="break_glass", now=f.NOW))
    assert not unwraps(world.asker, case)


def test_a_wall_that_comes_later_ends_what_is_open(world):
    case = f.opened(world)
    decide(world.second, ask(world, case.ref))
    services.declare_conflict(world.asker, typed_ref=case.ref, why="kin", now=LATER)
    assert not unwraps(world.asker, case)


def test_whoever_is_shut_out_of_the_case_is_not_asked_and_finds_no_paper_about_it(world):
    case = f.opened(world)
    f.wall(case.subject_id, world.second.user_id)
    request = ask(world, case.ref)
    assert not Duty.objects.filter(kind="cases.approve_glass").exists()
    for read in (selectors.get_request, selectors.glass_page):
        with pytest.raises(AccessDenied):
            read(world.second, request.pk, now=LATER)


def test_after_a_day_nobody_can_agree_any_more(world):
    case = f.opened(world)
    request = ask(world, case.ref)
    with pytest.raises(DomainError, match="glass_lapsed"):
        decide(world.second, request, now=LATER + timedelta(hours=24, seconds=1))
    assert not Grant.objects.filter(why="break_glass").exists()


def test_whoever_sees_the_case_is_told_so(world):
    case = f.opened(world)
    with pytest.raises(DomainError, match="seen_already"):
        ask(world, case.ref, by=world.inspector)


def test_asked_twice_with_one_key_is_asked_once(world):
    case, id = f.opened(world), new_id()
    told = {"id": id, "typed_ref": case.ref, "reason": WHY, "now": LATER}
    assert services.ask_glass(world.asker, **told).pk == services.ask_glass(world.asker, **told).pk
    assert GlassRequest.objects.count() == 1


def test_the_hours_are_dated():
    assert practice.break_glass_hours(date(2026, 1, 1)) == 8
