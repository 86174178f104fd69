import pytest

from kalka.cases.services import mark_closed
from kalka.cases.tests.factories import NOW, in_a_command, protected_of
from kalka.complaints import services
from kalka.complaints.models import Foretold
from kalka.complaints.tests.factories import DAY, HOUR, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.history import services as history
from kalka.notices.models import Notice

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
