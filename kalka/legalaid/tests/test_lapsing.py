"""A request nobody answers goes up within the office, and then back to whoever asked."""

from datetime import timedelta

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.duties import services as duties
from kalka.legalaid import services
from kalka.legalaid.models import AppointmentAnswer, OfficeMark
from kalka.legalaid.rules import State
from kalka.legalaid.states import state
from kalka.legalaid.tests.factories import NOW, agreed, appointed, asked, post, refusal, standing, took, world
from kalka.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)


@pytest.fixture
def at():
    return world()


def test_it_rises_to_whoever_leads_the_office_and_then_goes_back_to_whoever_asked(at):
    lead = post("lawyer", place=at.advocate.place, organisation=at.office, leads=True)
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    row = appointed(at, request, at.advocate)
    assert duties.roll(SYSTEM, now=NOW + 47 * HOUR) == ()
    assert [one.to_post for one in duties.roll(SYSTEM, now=NOW + 48 * HOUR)] == [lead.post_id]
    assert services.lapse(SYSTEM, now=NOW + 95 * HOUR) == ()
    (answer,) = services.lapse(SYSTEM, now=NOW + 96 * HOUR)
    assert (answer.appointment_id, answer.accepted, answer.reason) == (row.pk, False, "silent")
    assert (state(request), OfficeMark.objects.count()) == (State.DECLINED, 0)
    left = standing(at.case)
    assert "legalaid.answer" not in left
    assert left["legalaid.appoint"].assignee_id == at.worker.post_id
    assert Notice.objects.filter(to_post=at.worker.post_id, kind="referral_unanswered").count() == 1
    assert services.lapse(SYSTEM, now=NOW + 96 * HOUR) == ()
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.answered"
    assert appointed(at, request, at.partner).number == 2


def test_what_was_answered_or_is_no_longer_wanted_does_not_lapse(at):
    agreed(at, at.case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    assert services.lapse(SYSTEM, now=NOW + 999 * HOUR) == ()
    assert AppointmentAnswer.objects.count() == 1
    with pytest.raises(AccessDenied):
        services.lapse(at.worker, now=NOW + 999 * HOUR)
