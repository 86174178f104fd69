import pytest

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases.models import ConsentWithdrawn
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.notices.models import Notice
from kalka.referrals import selectors, services
from kalka.referrals.models import Chase
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    DAY,
    HANDED,
    HOUR,
    NOW,
    TODAY,
    answered,
    asked,
    duties,
    referred,
    sent,
    steps,
    unagreed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return make.world()


def alerts(kind: str) -> list[int]:
    return list(Notice.objects.filter(kind=kind).order_by("created_at").values_list("to_post", flat=True))


def test_a_withdrawn_consent_ends_access_at_once_and_withdraws_the_referral(at):
    referral = sent(at)
    unagreed(at, referral, now=NOW + HOUR)
    for see in (
        lambda: selectors.received_page(at.psychologist, referral.pk, now=NOW + HOUR),
        lambda: answered(at, referral, "accepted", now=NOW + HOUR),
    ):
        with pytest.raises(AccessDenied):
            see()
    assert selectors.inbox(at.psychologist, now=NOW + HOUR) == ()
    line = selectors.of_case(at.inspector, at.case.subject_id, now=NOW + HOUR)[0]
    assert (line.state, line.open) == ("withdrawn", False)
    assert [step.step for step in services.follow_consents(SYSTEM, now=NOW + HOUR)] == ["withdrawn"]
    assert steps(referral)[-1] == ("withdrawn", "consent")
    assert duties(at) == {}
    assert services.follow_consents(SYSTEM, now=NOW + 2 * HOUR) == ()


def test_another_consent_of_the_same_organisation_brings_nothing_back(at):
    needs = asked(at, "psychological", "shelter")
    one, other = referred(at, needs["psychological"]), referred(at, needs["shelter"])
    unagreed(at, one)
    assert access.sees(at.psychologist, at.case.subject_id, now=NOW, scope=Scope.DUTIES)  # by the other one
    with pytest.raises(AccessDenied):
        selectors.received_page(at.psychologist, one.pk, now=NOW)
    assert selectors.received_page(at.psychologist, other.pk, now=NOW).handed == HANDED
    assert [line.id for line in selectors.inbox(at.psychologist, now=NOW)] == [other.pk]


def test_a_consent_that_has_ended_withdraws_what_rests_on_it(at):
    referral = sent(at, until=TODAY + DAY)
    after = NOW + 2 * DAY
    with pytest.raises(AccessDenied):
        answered(at, referral, "accepted", now=after)
    assert ConsentWithdrawn.objects.count() == 0
    services.follow_consents(SYSTEM, now=after)
    assert steps(referral)[-1] == ("withdrawn", "consent")


def test_nothing_that_is_done_is_withdrawn_by_a_consent_that_ends_later(at):
    referral = sent(at)
    answered(at, referral, "accepted")
    answered(at, referral, "done")
    unagreed(at, referral, now=NOW + DAY)
    assert services.follow_consents(SYSTEM, now=NOW + DAY) == ()
    assert steps(referral)[-1] == ("done", "")


def test_unanswered_it_is_chased_once_and_then_another_way_is_looked_for(at):
    referral = sent(at, code="psychological")
    assert services.chase(SYSTEM, now=NOW + 23 * HOUR) == ()
    assert [one.what for one in services.chase(SYSTEM, now=NOW + 24 * HOUR)] == ["again"]
    assert services.chase(SYSTEM, now=NOW + 25 * HOUR) == ()
    assert alerts("referral_late") == [at.psychologist.post_id]
    assert [one.what for one in services.chase(SYSTEM, now=NOW + 48 * HOUR)] == ["other"]
    assert services.chase(SYSTEM, now=NOW + 99 * HOUR) == ()
    assert duties(at) == {"referral.answer": at.lead.post_id, "referral.choose_again": at.inspector.post_id}
    assert alerts("duty_overdue") == [at.lead.post_id], (
        "whoever leads where it was asked has it since it was asked again"
    )
    answered(at, referral, "accepted", now=NOW + 100 * HOUR)
    assert duties(at) == {"referral.result": at.psychologist.post_id}


def test_a_run_that_comes_late_does_both_at_once_and_nothing_that_was_answered_is_chased(at):
    needs = asked(at, "psychological", "shelter")
    answered(at, referred(at, needs["psychological"]), "accepted")
    referred(at, needs["shelter"])
    assert [one.what for one in services.chase(SYSTEM, now=NOW + 90 * HOUR)] == ["again", "other"]
    assert Chase.objects.values("referral").distinct().count() == 1


def test_what_no_consent_carries_is_not_chased(at):
    unagreed(at, sent(at))
    assert services.chase(SYSTEM, now=NOW + 90 * HOUR) == ()
