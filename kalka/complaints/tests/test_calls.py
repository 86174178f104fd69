from dataclasses import replace

import pytest
from django.test import RequestFactory

from kalka.access import selectors as access
from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW, post, wall
from kalka.complaints import facts, selectors, services, views
from kalka.complaints.models import Call, Reply
from kalka.complaints.tests.factories import DAY, HOUR, MINUTE, WORDS, called, replied, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.directory.models import Post
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.intake.tests.factories import received
from kalka.notices.models import Notice
from kalka.orders.models import Breach
from kalka.people.rules import Contact
from kalka.risk.models import Trigger

pytestmark = [pytest.mark.django_db, pytest.mark.both]
COUNTRY = "41700000000000"
WATCHED = (Call, Reply, Duty, Event, Notice, Breach, Trigger)


@pytest.fixture
def at():
    return world()


def refusal(do):
    before = [model.objects.count() for model in WATCHED]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in WATCHED] == before
    return refused.value


def clocks(case):
    standing = Duty.objects.standing().filter(subject_id=case.subject_id, kind__startswith="call.")
    return {(one.kind, one.assignee_id): one.due_at for one in standing}


@pytest.mark.parametrize(("what", "minutes"), [("here", 15), ("violence", 15), ("contact", 60), ("other", 60)])
def test_her_call_goes_at_once_to_the_inspector_and_to_whoever_is_above_each_with_a_clock(at, what, minutes):
    call = called(at.worker, at.case, what=what, told=f" {WORDS} ")
    due = NOW + minutes * MINUTE
    assert clocks(at.case) == {
        ("call.answer", at.inspector.post_id): due,
        ("call.watch", at.officer.post_id): due,
    }
    told = Notice.objects.filter(kind="call_in_order").values_list("to_post_id", flat=True)
    assert set(told) == {at.inspector.post_id, at.officer.post_id}
    assert Event.objects.filter(subject_id=at.case.subject_id, kind="call_in_order").count() == 1
    assert list(Trigger.objects.values_list("kind", flat=True)) == [
        "call_in_order" if what == "other" else "order_breached"
    ]
    keys = access.unlock(at.inspector, [at.case.subject_id], what="test", now=NOW)
    assert keys.get(call, "told") == WORDS
    assert WORDS.encode() not in bytes(Call.objects.get().told.blob)


def test_the_answer_ends_both_clocks_and_a_vain_attempt_ends_none(at):
    call = called(at.worker, at.case)
    replied(at.inspector, call, now=NOW + MINUTE, how="unreached", broken="")
    assert len(clocks(at.case)) == 2
    page = selectors.call_page(at.officer, at.case.ref, call.pk, now=NOW + MINUTE)
    assert (page.tried, page.answered_at) == ((NOW + MINUTE,), None)
    assert [one.code for one in selectors.open_work(at.worker, at.case.subject_id, now=NOW)] == ["complaints.call_open"]
    replied(at.officer, call, now=NOW + HOUR)
    assert clocks(at.case) == {}
    assert selectors.call_page(at.officer, at.case.ref, call.pk, now=NOW + HOUR).answered_at == NOW + HOUR
    assert selectors.open_work(at.worker, at.case.subject_id, now=NOW + HOUR) == ()
    assert not Breach.objects.exists()


def test_what_the_inspector_says_of_it_does_not_end_what_whoever_is_above_must_see_to(at):
    call = called(at.worker, at.case, what="here")
    seen = {"how": "seen", "broken": ""}
    assert refusal(lambda: replied(at.officer, call, now=NOW + MINUTE, **seen)).code == "complaints.nobody_answered"
    replied(at.inspector, call, now=NOW + MINUTE)
    watch = {("call.watch", at.officer.post_id): NOW + 15 * MINUTE}
    assert clocks(at.case) == watch
    assert refusal(lambda: replied(at.inspector, call, now=NOW + 2 * MINUTE, **seen)).facts == {"field": "how"}
    pages = {one.post_id: ask(views.call, one, at.case.ref, call.pk) for one in (at.inspector, at.officer)}
    assert ['value="seen"' in page.content.decode() for page in pages.values()] == [False, True]
    replied(at.officer, call, now=NOW + 3 * MINUTE, **seen)
    assert (clocks(at.case), Reply.objects.filter(how="seen").count()) == ({}, 1)
    assert selectors.call_page(at.officer, at.case.ref, call.pk, now=NOW + HOUR).answered_at == NOW + MINUTE


def test_whoever_answers_dates_no_answer_and_no_call(at):
    call = called(at.inspector, at.case, at=NOW - HOUR)
    replied(at.inspector, call, now=NOW + MINUTE, at=NOW - HOUR, how="unreached", broken="")
    replied(at.inspector, call, now=NOW + HOUR, at=NOW - HOUR)
    page = selectors.call_page(at.officer, at.case.ref, call.pk, now=NOW + HOUR)
    assert (page.line.at, page.tried, page.answered_at) == (NOW - HOUR, (NOW + MINUTE,), NOW + HOUR)


def heard(at, by=None, *, now=NOW + HOUR, **told):
    """A report to the 5200 line. Returns what became of it in her file, and the report."""
    line = by or post("hotline_operator", place=COUNTRY)
    told = {"way": "call", "phone": cases.WOMAN.contact.phone, "told_on": NOW.date(), **told}
    report = received(line, now=now, **told)
    return services.hear_reports(SYSTEM, now=now + MINUTE), report


@pytest.mark.parametrize(("danger", "what", "minutes"), [("screams_now", "rep_now", 15), ("unsure", "report", 60)])
def test_a_report_to_the_line_by_her_telephone_is_her_call_at_once(at, danger, what, minutes):
    (call,), report = heard(at, danger=danger, by_whom="neighbour")
    assert (call.subject_id, call.case_ref, call.what, call.by) == (at.case.subject_id, at.case.ref, what, "report")
    assert (call.at, call.recorded_at, call.post_id) == (NOW + HOUR, NOW + HOUR + MINUTE, None)
    due = NOW + HOUR + MINUTE + minutes * MINUTE
    assert clocks(at.case) == {
        ("call.answer", at.inspector.post_id): due,
        ("call.watch", at.officer.post_id): due,
    }
    told = Notice.objects.filter(kind="call_in_order").values_list("to_post_id", flat=True)
    assert set(told) == {at.inspector.post_id, at.officer.post_id}
    assert list(Trigger.objects.values_list("kind", flat=True)) == [
        "order_breached" if minutes == 15 else "call_in_order"
    ]
    assert services.hear_reports(SYSTEM, now=NOW + 2 * HOUR) == ()
    assert ask(views.call, at.inspector, at.case.ref, call.pk).status_code == 200
    assert not Event.objects.filter(subject_id=report.subject_id, source__startswith="intake.her").exists()
    replied(at.inspector, call, now=NOW + 2 * HOUR, how="went", broken="yes")
    assert Breach.objects.get().order_id == at.order


@pytest.mark.parametrize(
    "told",
    [{"phone": "+996555000001"}, {"phone": ""}, {"way": "file"}, {"told_on": NOW.date() - 3 * DAY}],
)
def test_another_telephone_an_old_report_and_a_table_are_nobodys_call(at, told):
    found, _report = heard(at, **told)
    assert (found, Event.objects.filter(source__startswith="intake.her").count()) == ((), 0)


def test_his_telephone_is_not_hers_and_without_an_order_a_report_is_looked_at_as_any_other(at):
    his = replace(cases.MAN, contact=Contact(phone="+996555000002"))
    cases.add(at.inspector, at.case, his)
    assert heard(at, phone="+996555000002")[0] == ()
    assert heard(at, now=NOW + 40 * DAY, told_on=(NOW + 40 * DAY).date())[0] == ()
    assert heard(at, now=NOW - 2 * HOUR)[0] == (), "before the order was issued"
    with pytest.raises(AccessDenied):
        services.hear_reports(at.officer, now=NOW)
    assert not Call.objects.exists()


def test_a_file_nobody_of_the_police_answers_for_keeps_no_other_one_waiting(at):
    for actor in (at.inspector, at.officer):
        Post.objects.filter(pk=actor.post_id).update(until=NOW.date())
    (found, _report) = heard(at, now=NOW + 2 * DAY, told_on=(NOW + 2 * DAY).date())
    assert (found, Call.objects.count()) == ((), 0)


def test_nobody_writes_such_a_call_down_by_hand(at):
    assert refusal(lambda: called(at.worker, at.case, what="report")).facts == {"field": "what"}
    assert refusal(lambda: called(at.worker, at.case, by="report")).facts == {"field": "by"}


def test_two_calls_have_two_clocks_and_each_ends_by_its_own_answer(at):
    first, second = called(at.worker, at.case), called(at.worker, at.case, now=NOW + MINUTE, what="here")
    replied(at.inspector, first, now=NOW + 2 * MINUTE)
    standing = Duty.objects.standing().filter(kind="call.answer").get()
    assert standing.about == f"{at.case.ref}/{second.pk}"


def test_what_is_found_broken_is_a_breach_of_the_day_she_called(at):
    call = called(at.worker, at.case, what="violence")
    row = replied(at.inspector, call, now=NOW + DAY, how="went", broken="yes")
    breach = Breach.objects.get()
    assert (breach.order_id, breach.how, breach.on) == (at.order, "violence", NOW.date())
    assert replied(at.inspector, call, id=row.pk, now=NOW + DAY, how="went", broken="yes") == row
    assert Breach.objects.count() == 1


def test_without_an_order_in_a_closed_case_or_in_time_to_come_nothing_is_noted(at):
    Breach.objects.all().delete()
    later = NOW + 40 * DAY
    assert refusal(lambda: called(at.worker, at.case, now=later)).code == "complaints.no_order_runs"
    assert refusal(lambda: called(at.worker, at.case, at=NOW + HOUR)).facts["field"] == "at"
    assert refusal(lambda: called(at.worker, at.case, what="somebody")).facts == {"field": "what"}
    assert refusal(lambda: called(at.worker, at.case, told="ө" * 2001)).code == "complaints.too_long"
    call = called(at.worker, at.case)
    early = refusal(lambda: replied(at.inspector, call, now=NOW + HOUR, at=NOW - MINUTE))
    assert early.code == "complaints.before_the_call"
    assert refusal(lambda: replied(at.inspector, call, now=NOW, how="unreached")).facts == {"field": "broken"}
    assert refusal(lambda: replied(at.inspector, call, now=NOW, broken="")).facts == {"field": "broken"}


def test_sent_twice_is_one_call_and_whoever_may_not_see_the_case_notes_none(at):
    id = new_id()
    assert called(at.worker, at.case, id=id) == called(at.worker, at.case, id=id)
    assert Call.objects.count() == 1
    assert isinstance(refusal(lambda: called(at.stranger, at.case)), AccessDenied)
    call = Call.objects.get()
    assert isinstance(refusal(lambda: replied(at.worker, call, now=NOW)), AccessDenied)
    wall(at.case.subject_id, at.inspector.user_id)
    assert isinstance(refusal(lambda: replied(at.inspector, call, now=NOW)), AccessDenied)
    assert AuditEntry.objects.latest("id").refusal


def test_both_stand_in_the_time_of_the_case(at):
    call = called(at.worker, at.case, what="here", told=WORDS)
    replied(at.inspector, call, now=NOW + MINUTE, how="went", told=WORDS)
    keys = access.unlock(at.worker, [at.case.subject_id], what="test", now=NOW)
    items = selectors.timeline(at.worker, at.case.subject_id, now=NOW + HOUR, keys=keys)
    assert [(one.what, one.at, one.alarm, one.lines) for one in items] == [
        ("complaints.call_here", NOW, True, (WORDS,)),
        ("complaints.went", NOW + MINUTE, False, (WORDS,)),
    ]
    assert [one.recorded_at for one in items] == [None, None]
    assert selectors.timeline(at.stranger, at.case.subject_id, now=NOW + HOUR) == []


def test_an_answer_dated_back_stands_with_the_time_it_was_written_down(at):
    call = called(at.worker, at.case)
    for minutes in (15, 16):
        replied(at.inspector, call, now=NOW + minutes * MINUTE, at=NOW)
    _call, *replies = selectors.timeline(at.worker, at.case.subject_id, now=NOW + HOUR)
    assert sorted((one.at, str(one.recorded_at)) for one in replies) == [
        (NOW, str(NOW + 16 * MINUTE)),
        (NOW, "None"),
    ]


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def filled(**more):
    day = {"at_day": "23", "at_month": "11", "at_year": "2026", "at_time": "08:10"}
    return {"key": str(new_id()), "told": WORDS, **day, **more}


def test_on_the_page_a_call_is_sent_in_one_step_and_what_is_wrong_stands_beside_its_field(at):
    assert ask(views.call_new, at.worker, at.case.ref).status_code == 200
    bad = ask(views.call_new, at.worker, at.case.ref, told=filled(what="", by="phone"))
    assert (bad.status_code, Call.objects.count(), WORDS in bad.content.decode()) == (200, 0, True)
    told = filled(what="here", by="phone")
    for _ in range(2):
        assert ask(views.call_new, at.worker, at.case.ref, told=told).url == f"/cases/{at.case.ref}/"
    call = Call.objects.get()
    shown = ask(views.call, at.inspector, at.case.ref, call.pk).content.decode()
    assert WORDS in shown and "<form" in shown
    assert 'id="task"' not in ask(views.call, at.worker, at.case.ref, call.pk).content.decode()
    sent = ask(views.call, at.inspector, at.case.ref, call.pk, told=filled(how="went", broken="yes"))
    assert (sent.status_code, Reply.objects.get().broken, Breach.objects.count()) == (302, "yes", 1)
    with pytest.raises(AccessDenied):
        ask(views.call, at.stranger, at.case.ref, call.pk)


def test_the_time_from_the_call_to_the_answer_is_a_figure_and_an_attempt_is_no_answer(at):
    for hours, told in ((1, {}), (5, {}), (30, {}), (2, {"how": "unreached", "broken": ""})):
        replied(at.inspector, called(at.worker, at.case), now=NOW + hours * HOUR, at=NOW, **told)
    (batch,) = facts.calls(Extract(before=NOW + 2 * DAY, until=NOW.date() + 2 * DAY, salt=b"s" * 16))
    assert sorted(one.answered for one in batch.rows) == ["day", "hour", "later", "none"]
    assert {one.on for one in batch.rows} == {NOW.date()}
