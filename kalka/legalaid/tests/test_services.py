from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kalka.cases.services import mark_closed
from kalka.cases.tests.factories import MAN, VILLAGE, opened, wall
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.legalaid import selectors, services
from kalka.legalaid.models import (
    Appointment,
    AppointmentAnswer,
    ConsultationDay,
    ConsultationHeld,
    CounselSession,
    Group,
    GroupMeeting,
    GroupMember,
    GroupPresence,
    LegalRequest,
    LegalResult,
    OfficeMark,
    Waiting,
    WaitingEnd,
)
from kalka.legalaid.rules import Held, NewSession, State
from kalka.legalaid.states import state
from kalka.legalaid.tests.factories import (
    DAY,
    HER,
    HIM,
    NOW,
    TODAY,
    a_case,
    agreed,
    appointed,
    asked,
    standing,
    took,
    world,
)
from kalka.people.rules import Name, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TABLES = (LegalRequest, Appointment, AppointmentAnswer, LegalResult, OfficeMark, ConsultationDay, ConsultationHeld)
TABLES += (Waiting, WaitingEnd, CounselSession, Group, GroupMember, GroupMeeting, GroupPresence)


@pytest.fixture
def at():
    return world()


def refusal(do):
    before = [table.objects.count() for table in TABLES]
    with pytest.raises(DomainError) as refused:
        do()
    assert [table.objects.count() for table in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def test_a_request_leads_to_an_advocate_a_term_and_a_result(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    duty = standing(at.case)["legalaid.appoint"]
    assert (duty.assignee_id, duty.due_at, duty.basis["key"]) == (
        at.worker.post_id,
        None,
        "legal_aid.appoint_within_days",
    )
    row = appointed(at, request, at.advocate)
    assert "legalaid.appoint" not in standing(at.case)
    assert standing(at.case)["legalaid.answer"].assignee_id == at.advocate.post_id
    took(row, at.advocate)
    assert standing(at.case)["legalaid.result"].due_at == datetime(2026, 12, 23, 18, tzinfo=UTC)
    told = {"case_ref": at.case.ref, "request_id": request.pk, "how": "won", "on": TODAY, "now": NOW}
    services.record_result(at.advocate, id=new_id(), **told)
    assert (state(request), standing(at.case).get("legalaid.result")) == (State.DONE, None)
    assert refusal(lambda: services.record_result(at.advocate, id=new_id(), **told)).code == "legalaid.has_result"


def test_sent_twice_is_written_once(at):
    agreed(at, at.case, at.office.pk)
    id = new_id()
    request = asked(at, id=id)
    assert asked(at, id=id) == request
    assert appointed(at, request, at.advocate, id=id) == appointed(at, request, at.advocate, id=id)
    assert (LegalRequest.objects.count(), Appointment.objects.count()) == (1, 1)


def test_an_office_is_told_only_what_she_agreed_to(at):
    request = asked(at)
    assert refusal(lambda: appointed(at, request, at.advocate)).code == "cases.no_consent"


def test_one_advocate_at_a_time_and_another_after_a_no(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    row = appointed(at, request, at.advocate)
    assert refusal(lambda: appointed(at, request, at.partner)).code == "legalaid.is_appointed"
    took(row, at.advocate, accepted=False)
    assert (state(request), OfficeMark.objects.count()) == (State.DECLINED, 0)
    assert "legalaid.appoint" in standing(at.case)
    took(appointed(at, request, at.partner), at.partner)
    assert state(request) == State.ACCEPTED


def test_only_whoever_was_asked_answers_and_once(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    assert refusal(lambda: took(row, at.partner)).code == "legalaid.not_your_case"
    took(row, at.advocate)
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.answered"


# Never for both sides


def crossed(at):
    """He is the one who suffers in another file, where she is said to have done it."""
    return a_case(at, her=HIM, him=HER)


def test_an_office_that_acts_for_her_never_acts_for_him_in_another_file(at):
    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    request = asked(at, other)
    for advocate in (at.advocate, at.partner):
        refused = refusal(lambda advocate=advocate: appointed(at, request, advocate))
        assert (refused.code, refused.facts) == ("legalaid.both_sides", {"field": "advocate"})
    agreed(at, other, at.other.organisation_id)
    assert appointed(at, request, at.other).organisation_id == at.other.organisation_id


def test_it_is_asked_again_when_the_advocate_takes_it(at):
    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    OfficeMark.objects.all().delete()  # as if nobody had known of it when it was asked
    took(appointed(at, asked(at, other), at.partner), at.partner)
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.both_sides"


def test_one_name_is_not_enough_and_one_telephone_neither(at):
    namesake = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), birth_year=1950)
    other = a_case(at, her=namesake, him=None)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    assert appointed(at, asked(at, other), at.partner).number == 1


def test_nothing_of_whom_an_office_acts_for_is_kept_in_clear(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    marks = OfficeMark.objects.all()
    assert {one.side for one in marks} == {"for", "against"}
    for one in marks:
        assert bytes(one.mac) not in {row.subject_id.bytes, row.request.client_id.bytes}
        assert not hasattr(one, "subject_id")


# Who may


def test_whoever_does_not_see_the_case_asks_for_nothing(at):
    wall(at.case.subject_id, at.worker.user_id)
    assert isinstance(refusal(lambda: asked(at)), AccessDenied)


def test_in_a_closed_case_nothing_is_written(at):
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert refusal(lambda: asked(at)).code == "legalaid.case_closed"


def test_the_database_keeps_an_answer_whole(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    same = {"subject_id": row.subject_id, "author_id": 5, "digest": b"", "recorded_at": NOW, "appointment": row}
    for odd in ({"accepted": True, "reason": "", "until": None}, {"accepted": False, "reason": "", "until": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppointmentAnswer.objects.create(**same, **odd)


# Days in villages


def test_a_day_in_a_village_is_planned_and_told_in_figures(at):
    day = services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY, now=NOW)
    again = refusal(lambda: services.plan_day(at.partner, id=new_id(), place=VILLAGE, on=TODAY, now=NOW))
    assert again.code == "legalaid.day_is_planned"
    told = {"day_id": day.pk, "told": Held(9, 2, {"family": 6, "violence": 3}), "now": NOW}
    assert isinstance(refusal(lambda: services.note_held(at.other, id=new_id(), **told)), AccessDenied)
    services.note_held(at.partner, id=new_id(), **told)
    assert ConsultationHeld.objects.values_list("women", "men", "family", "violence").get() == (9, 2, 6, 3)
    assert refusal(lambda: services.note_held(at.partner, id=new_id(), **told)).code == "legalaid.day_was_told"


def test_a_day_to_come_has_come_to_nothing_yet(at):
    day = services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY + DAY, now=NOW)
    told = {"day_id": day.pk, "told": Held(1, 0, {}), "now": NOW}
    assert refusal(lambda: services.note_held(at.advocate, id=new_id(), **told)).code == "legalaid.day_to_come"


# Counselling


def waits(at, **said):
    told = {"case_ref": at.case.ref, "psychologist": at.psychologist.post_id, "urgency": "week", "now": NOW, **said}
    return services.put_on_list(at.worker, id=new_id(), **told)


def session(at, minutes=50, came=True, by=None):
    told = NewSession("first", minutes, TODAY, came)
    return services.hold_session(by or at.psychologist, id=new_id(), case_ref=at.case.ref, told=told, now=NOW)


def test_the_first_session_ends_the_waiting(at):
    waits(at)
    duty = standing(at.case)["counsel.begin"]
    assert (duty.assignee_id, duty.due_at) == (at.psychologist.post_id, None)
    assert refusal(lambda: waits(at)).code == "legalaid.waits_already"
    session(at, 0, came=False)
    assert "counsel.begin" in standing(at.case), "whoever did not come still waits"
    session(at)
    assert ("counsel.begin" in standing(at.case), WaitingEnd.objects.get().how) == (False, "begun")


def test_she_waits_for_a_psychologist_who_works_on_her_case(at):
    for post in (at.colleague, at.worker):
        assert refusal(lambda post=post: waits(at, psychologist=post.post_id)).code == "legalaid.not_in_team"


def test_whoever_waits_no_longer_says_why(at):
    row = waits(at)
    told = {"case_ref": at.case.ref, "waiting_id": row.pk, "how": "elsewhere", "now": NOW}
    services.leave_list(at.psychologist, id=new_id(), **told)
    assert refusal(lambda: services.leave_list(at.psychologist, id=new_id(), **told)).code == "legalaid.waits_no_more"


def test_a_session_is_a_day_and_minutes(at):
    made = session(at)
    assert (made.kind, made.minutes, made.came) == ("first", 50, True)
    assert not [name for name in made.privacy if made.privacy[name] == "sealed"], "nothing of what was said is kept"
    assert isinstance(refusal(lambda: session(at, by=at.worker)), AccessDenied)


def group(at, seats=2):
    told = {"circle": "women", "seats": seats, "since": TODAY, "now": NOW}
    return services.begin_group(at.psychologist, id=new_id(), **told)


def test_a_group_has_its_seats_and_who_was_there(at):
    made = group(at)
    add = {"group_id": made.pk, "now": NOW}
    member = services.add_member(at.psychologist, id=new_id(), case_ref=at.case.ref, **add)
    again = refusal(lambda: services.add_member(at.psychologist, id=new_id(), case_ref=at.case.ref, **add))
    assert again.code == "legalaid.in_group"
    second = a_case(at, her=MAN, him=None)
    services.add_member(at.psychologist, id=new_id(), case_ref=second.ref, **add)
    third = a_case(at, her=MAN, him=None)
    full = refusal(lambda: services.add_member(at.psychologist, id=new_id(), case_ref=third.ref, **add))
    assert full.code == "legalaid.group_is_full"
    told = {"group_id": made.pk, "on": TODAY, "minutes": 90, "now": NOW}
    id = new_id()
    for _ in range(2):
        services.hold_meeting(at.psychologist, id=id, present=[member.pk], **told)
    assert GroupPresence.objects.values_list("member_id", flat=True).get() == member.pk
    stranger = refusal(lambda: services.hold_meeting(at.psychologist, id=new_id(), present=[new_id()], **told))
    assert isinstance(stranger, AccessDenied)


def test_another_office_has_no_part_in_a_group(at):
    made = group(at)
    add = {"group_id": made.pk, "case_ref": at.case.ref, "now": NOW + timedelta(hours=1)}
    from kalka.cases.tests.factories import join, post

    elsewhere = post("psychologist")
    join(at.inspector, at.case, elsewhere)
    assert isinstance(refusal(lambda: services.add_member(elsewhere, id=new_id(), **add)), AccessDenied)
    assert opened(at).ref and selectors.groups(elsewhere, now=NOW) == ()
