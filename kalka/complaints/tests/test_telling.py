import pytest

from kalka.cases.models import Member
from kalka.cases.services import mark_closed, remove_member
from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW, in_a_command, protected_of
from kalka.complaints import coming, services
from kalka.complaints.models import Foretold
from kalka.complaints.tests.factories import DAY, HOUR, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties import batches
from kalka.duties import services as duties
from kalka.duties.kinds import KINDS
from kalka.duties.models import Duty
from kalka.duties.rules import About
from kalka.history import services as history
from kalka.notices.models import Notice
from kalka.proceedings.rules import NewCustody
from kalka.proceedings.services import release, take_into_custody
from kalka.support.services import write_safety_plan

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def asked(at):
    standing = Duty.objects.standing().filter(subject_id=at.case.subject_id, kind="next.tell")
    return [(one.assignee_id, one.due_at) for one in standing.order_by("due_at")]


def test_three_days_before_an_order_ends_somebody_outside_the_police_is_asked_to_tell_her_and_she_gets_a_neutral_word(
    at,
):
    before = Duty.objects.get(kind="order.before_expiry").due_at
    assert services.tell_next(SYSTEM, now=before - HOUR) == ()
    (row,) = services.tell_next(SYSTEM, now=before + HOUR)
    assert (row.what, row.until, row.subject_id) == ("order_ends", before, at.case.subject_id)
    assert asked(at) == [(at.worker.post_id, before + 25 * HOUR)]
    notice = Notice.objects.get(to_person=protected_of(at.case))
    assert (notice.kind, notice.state) == ("please_call", "waiting")
    assert services.tell_next(SYSTEM, now=before + 2 * HOUR) == ()
    assert Foretold.objects.count() == 1


def test_however_many_are_coming_all_are_told_some_at_a_time(at, monkeypatch):
    monkeypatch.setattr(coming, "AT_ONCE", 1)
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    due, files = NOW - HOUR, [cases.opened(at) for _ in range(3)]
    for case in files:
        given = {"subject_id": case.subject_id, "post_id": at.inspector.post_id, "due_at": due, "about": case.ref}
        in_a_command(lambda given=given: duties.assign("order.before_expiry", basis=None, now=NOW - DAY, **given))
    found = [services.tell_next(SYSTEM, now=NOW, coming=some) for some in coming.coming_next(SYSTEM, now=NOW)]
    assert sorted(row.subject_id for (row,) in found) == sorted(case.subject_id for case in files)
    assert services.tell_next(SYSTEM, now=NOW + HOUR) == ()


def test_her_safety_plan_is_renewed_by_writing_it_anew_and_by_nothing_else(at):
    before = Duty.objects.get(kind="order.before_expiry").due_at
    services.tell_next(SYSTEM, now=before + HOUR)
    duty = Duty.objects.standing().get(kind="plan.renew")
    assert (duty.assignee_id, duty.due_at, duty.about) == (at.worker.post_id, before + 25 * HOUR, at.case.ref)
    assert KINDS["plan.renew"].url(About(at.case.ref), duty.pk) == f"/cases/{at.case.ref}/help/safety/"
    with pytest.raises(DomainError, match="duties.ends_by_its_step"):
        duties.finish_duty(at.worker, id=new_id(), duty_id=duty.pk, now=before + 2 * HOUR)
    told = {"case_ref": at.case.ref, "told": {"home": "Кошунага"}, "corrects": 0}
    write_safety_plan(at.worker, id=new_id(), now=before + 2 * HOUR, **told)
    assert not Duty.objects.standing().filter(kind="plan.renew").exists()


def test_whoever_works_on_the_case_is_asked_before_whoever_answers_for_the_place(at):
    worker = Member.objects.get(subject_id=at.case.subject_id, holder=at.worker.post_id)
    remove_member(at.inspector, id=new_id(), case_ref=at.case.ref, member_id=worker.pk, now=NOW)
    cases.join(at.inspector, at.case, at.crisis)
    before = Duty.objects.get(kind="order.before_expiry").due_at
    services.tell_next(SYSTEM, now=before + HOUR)
    assert [post for post, _due in asked(at)] == [at.crisis.post_id]


def test_a_release_nobody_foresaw_tells_her_by_the_way_she_chose_within_minutes(at):
    him = cases.add(at.inspector, at.case)
    held = NewCustody(person=him.person_id, kind="detention", keeper="police", begun_at=NOW - HOUR)
    custody = take_into_custody(at.inspector, id=new_id(), case_ref=at.case.ref, told=held, now=NOW)
    freed = release(at.inspector, id=new_id(), custody_id=custody.pk, at=NOW + HOUR, how="fled", now=NOW + HOUR)
    assert freed.unforeseen
    (row,) = services.tell_free(SYSTEM, now=NOW + HOUR + HOUR / 60)
    assert (row.what, row.until) == ("free", NOW + HOUR)
    assert asked(at) == [(at.worker.post_id, NOW + 2 * HOUR + HOUR / 60)]
    notice = Notice.objects.get(to_person=protected_of(at.case))
    assert (notice.kind, notice.state) == ("please_call", "waiting")
    assert Duty.objects.standing().filter(kind="plan.renew").count() == 1
    assert services.tell_next(SYSTEM, now=NOW + 2 * HOUR) == ()


def test_once_he_is_free_she_is_told_within_the_hour(at):
    freed = {"subject_id": at.case.subject_id, "kind": "released", "at": NOW, "source": "test"}
    in_a_command(lambda: history.append(at.inspector, now=NOW, **freed))
    (row,) = services.tell_next(SYSTEM, now=NOW + HOUR / 4)
    assert (row.what, row.until) == ("free", NOW)
    assert asked(at) == [(at.worker.post_id, NOW + HOUR / 4 + HOUR)]
    assert services.tell_next(SYSTEM, now=NOW + HOUR / 2) == ()
    assert services.tell_next(SYSTEM, now=NOW + 3 * DAY) == ()


def test_of_a_closed_case_nothing_is_asked_and_only_the_installation_asks(at):
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    before = Duty.objects.get(kind="order.before_expiry").due_at
    assert services.tell_next(SYSTEM, now=before + HOUR) == ()
    with pytest.raises(AccessDenied):
        services.tell_next(at.officer, now=before + HOUR)
    assert not Foretold.objects.exists()
