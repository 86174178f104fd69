"""What a joint conference decided and nobody did; who was asked to it and did not come."""

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import services as duty
from kalka.duties.models import Duty
from kalka.referrals import services
from kalka.referrals.models import Decision
from kalka.referrals.rules.conferences import NewDecision
from kalka.referrals.tests.factories import DAY, HOUR, NOW, TODAY, called, duties, minutes, sent, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    made = world()
    sent(made)  # the centre knows of the case by her consent
    return made


def decided(at, *, came=()):
    row = called(at, at.crisis)
    minutes(at, row, NewDecision(at.crisis.post_id, TODAY + 3 * DAY, "Ага чалат"), came=came)
    return Decision.objects.get(conference=row)


def test_it_rises_within_the_organisation_and_then_comes_back_to_whoever_wrote_the_minutes(at):
    row = decided(at, came=[at.crisis])
    late = NOW + 4 * DAY + 48 * HOUR
    moved = [one for one in duty.roll(SYSTEM, now=late) if one.kind == "referral.decision"]
    assert [one.to_post for one in moved] == [at.lead.post_id]
    assert services.raise_undone(SYSTEM, now=NOW + 6 * DAY) == 0
    back = NOW + 7 * DAY
    assert (day_of(back) - row.by).days == 4
    assert services.raise_undone(SYSTEM, now=back) == 1
    assert duties(at)["referral.undone"] == at.inspector.post_id
    assert services.raise_undone(SYSTEM, now=back) == 0
    services.carry_out(at.crisis, id=new_id(), decision_id=row.pk, told="", now=back)
    assert not {"referral.undone", "referral.decision"} & set(duties(at))


def test_once_found_out_it_is_not_asked_again(at):
    decided(at, came=[at.crisis])
    back = NOW + 7 * DAY
    services.raise_undone(SYSTEM, now=back)
    found = Duty.objects.standing().get(kind="referral.undone")
    duty.finish_duty(at.inspector, id=new_id(), duty_id=found.pk, now=back)
    assert services.raise_undone(SYSTEM, now=back + DAY) == 0
    assert "referral.undone" not in duties(at)
    with pytest.raises(AccessDenied):
        services.raise_undone(at.inspector, now=back)


def test_what_was_let_go_with_a_reason_comes_back_to_nobody(at):
    decided(at, came=[at.crisis])
    found = Duty.objects.standing().get(kind="referral.decision")
    duty.waive_duty(at.crisis, id=new_id(), duty_id=found.pk, reason="Башка уюм аткарды", now=NOW + 2 * DAY)
    assert services.raise_undone(SYSTEM, now=NOW + 7 * DAY) == 0


def test_of_who_did_not_come_the_lead_of_the_same_organisation_is_told(at):
    decided(at)
    assert duties(at)["referral.absent"] == at.lead.post_id
    assert "referral.come" not in duties(at)


def test_of_who_came_nobody_is_told(at):
    decided(at, came=[at.crisis])
    assert "referral.absent" not in duties(at)
