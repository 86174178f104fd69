from datetime import timedelta

import pytest

from kalka.cases.tests.factories import MAN, join, opened, post
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.legalaid import selectors, services
from kalka.legalaid.models import GroupPresence, WaitingEnd
from kalka.legalaid.rules import NewSession
from kalka.legalaid.tests.factories import NOW, TODAY, a_case, refusal, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


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
    for one in (at.colleague, at.worker):
        assert refusal(lambda one=one: waits(at, psychologist=one.post_id)).code == "legalaid.not_in_team"


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
    elsewhere = post("psychologist")
    join(at.inspector, at.case, elsewhere)
    assert isinstance(refusal(lambda: services.add_member(elsewhere, id=new_id(), **add)), AccessDenied)
    assert opened(at).ref and selectors.groups(elsewhere, now=NOW) == ()
