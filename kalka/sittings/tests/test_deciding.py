from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases import services as cases
from kalka.cases.tests.factories import NOW, TODAY, opened
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.families.means import with_means
from kalka.referrals.models import Need
from kalka.sittings import selectors, services
from kalka.sittings.models import (
    Carried,
    CaseDecision,
    Conflict,
)
from kalka.sittings.tests import factories as made
from kalka.support import selectors as support
from kalka.support.models import AidGiven, Decided, DecidedEnd, DocumentStep

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return made.world()


@pytest.fixture
def item(world):
    made.came(world)
    return made.put(world.secretary, world.sitting, ref=world.family.case_ref)


def _duties(**only):
    return Duty.objects.standing().filter(kind="committee.decision", **only)


def test_a_decision_is_a_duty_of_one_member_by_code(world, item):
    row = made.decided(world, item)

    duty = _duties().get()
    assert (duty.subject_id, duty.assignee_id, duty.about) == (
        world.family.subject_id,
        world.member.post_id,
        f"{world.family.case_ref}/{row.pk}",
    )
    assert (row.measure, row.sort, row.responsible_id, row.by, row.som, row.record) == (
        "talk",
        "task",
        world.holdings[world.member.post_id],
        TODAY + 14 * DAY,
        0,
        None,
    )
    assert AuditEntry.objects.filter(command="sittings.decide").count() == 1


def test_sent_twice_it_is_decided_once(world, item):
    id = new_id()

    rows = [made.decided(world, item, "money", som=5000, id=id) for _ in range(2)]

    assert rows[0] == rows[1]
    assert (CaseDecision.objects.count(), _duties().count(), Decided.objects.count()) == (1, 1, 1)


def test_a_referral_is_a_need_that_she_is_asked_about(world, item):
    row = made.decided(world, item, "psychologist")

    need = Need.objects.get()
    assert (row.record, need.code, need.wish, need.case_ref) == (
        need.pk,
        "psychological",
        "not_asked",
        world.family.case_ref,
    )
    duty = Duty.objects.standing().get(kind="families.ask_her")  # the two ask her: it is their work
    assert (duty.assignee_id, duty.about) == (world.secretary.post_id, f"{world.family.case_ref}/{need.pk}")
    assert not Duty.objects.standing().filter(kind="referral.ask_need").exists()


def test_of_a_case_others_work_on_the_committee_knows_the_code_alone_and_they_ask_her(world):
    case = opened(world, by=world.worker)
    made.came(world)
    with pytest.raises(DomainError, match="no_consent"):
        made.put(world.secretary, world.sitting, "fact", ref=case.ref, agreed_until=None)
    made.agrees(world, case)
    item = made.put(world.secretary, world.sitting, "fact", ref=case.ref, agreed_until=None)

    row = made.decided(world, item, "lawyer", who=world.third)

    need = Need.objects.get()
    assert (row.record, need.code, need.wish, need.case_id) == (need.pk, "legal", "not_asked", case.pk)
    assert Duty.objects.standing().get(kind="referral.ask_need").assignee_id == world.worker.post_id
    assert not access.sees(world.secretary, case.subject_id, now=made.LATER)
    assert made.decided(world, item, "food", som=900).record == Decided.objects.get().pk
    again = made.decided(world, item, "lawyer")
    assert (again.record, Need.objects.count()) == (need.pk, 1)


def test_aid_is_decided_and_given_once_out_of_a_named_source(world, item):
    row = made.decided(world, item, "money", som=5000)
    decided = Decided.objects.get(pk=row.record)
    assert (decided.subject_id, decided.what, decided.som) == (world.family.subject_id, "money", 5000)
    able = with_means(world.secretary, Permission.SUPPORT_WORK)
    waiting = support.help_page(able, world.family.case_ref, now=made.LATER).decided
    assert [(one.what, one.som, one.by) for one in waiting] == [("money", 5000, TODAY + 14 * DAY)]

    services.carry_out(
        world.member, id=new_id(), decision_id=row.pk, how="done", on=TODAY, budget="local", now=made.LATER
    )

    aid = AidGiven.objects.get()
    assert (aid.what, aid.som, aid.budget, aid.decision, aid.organisation_id) == (
        "money",
        5000,
        "local",
        row.pk,
        world.secretary.organisation_id,
    )
    assert DecidedEnd.objects.get().aid == aid
    assert not _duties().exists()
    with pytest.raises(DomainError, match="decision_is_over"):
        services.carry_out(
            world.secretary, id=new_id(), decision_id=row.pk, how="done", on=TODAY, budget="local", now=made.LATER
        )
    assert (Carried.objects.count(), AidGiven.objects.count()) == (1, 1)


def test_aid_without_a_source_is_not_given(world, item):
    row = made.decided(world, item, "food", som=1500)

    with pytest.raises(DomainError):
        services.carry_out(world.member, id=new_id(), decision_id=row.pk, how="done", on=TODAY, now=made.LATER)

    assert not (Carried.objects.exists() or AidGiven.objects.exists()) and _duties().count() == 1


def test_a_paper_is_missing_when_it_is_decided_and_restored_when_it_is_done(world, item):
    row = made.decided(world, item, "passport")
    services.carry_out(world.secretary, id=new_id(), decision_id=row.pk, how="done", on=TODAY, now=made.LATER)

    steps = DocumentStep.objects.order_by("recorded_at").values_list("kind", "state")
    assert list(steps) == [("passport", "missing"), ("passport", "restored")]


def test_what_she_did_not_want_is_not_given(world, item):
    row = made.decided(world, item, "food", som=1500)

    services.carry_out(world.member, id=new_id(), decision_id=row.pk, how="refused", on=TODAY, now=made.LATER)

    assert not AidGiven.objects.exists()
    assert DecidedEnd.objects.get().done is False


def test_a_third_member_does_not_say_how_it_went(world, item):
    row = made.decided(world, item)

    for stranger in (world.third, world.other):
        with pytest.raises(AccessDenied):
            services.carry_out(stranger, id=new_id(), decision_id=row.pk, how="done", on=TODAY, now=made.LATER)
    assert not Carried.objects.exists()


def test_who_declared_a_conflict_sees_nothing_and_answers_for_nothing(world, item):
    holding = world.holdings[world.third.post_id]

    services.declare_conflict(world.third, id=new_id(), item_id=item.pk, holding_id=holding, now=NOW)

    assert world.third.user_id in access.walled_users(world.family.subject_id)
    assert selectors.sitting(world.third, world.sitting, now=made.LATER).items == []
    page = selectors.sitting(world.secretary, world.sitting, now=made.LATER)
    found = page.present_for(page.items[0])
    assert (found.came, found.members) == (2, 3)
    with pytest.raises(DomainError, match="conflicted"):
        made.decided(world, item, who=world.third)
    assert not CaseDecision.objects.exists()
    row = made.decided(world, item)
    with pytest.raises(AccessDenied):
        services.carry_out(world.third, id=new_id(), decision_id=row.pk, how="done", on=TODAY, now=made.LATER)


def test_the_secretary_writes_a_conflict_down_for_a_member_and_a_member_only_their_own(world, item):
    theirs, other = world.holdings[world.fourth.post_id], world.holdings[world.member.post_id]

    services.declare_conflict(world.secretary, id=new_id(), item_id=item.pk, holding_id=theirs, now=NOW)
    with pytest.raises(AccessDenied):
        services.declare_conflict(world.third, id=new_id(), item_id=item.pk, holding_id=other, now=NOW)

    assert list(Conflict.objects.values_list("user_id", flat=True)) == [world.fourth.user_id]


def test_nothing_is_decided_before_it_was_written_down_who_came(world):
    item = made.put(world.secretary, world.sitting, ref=world.family.case_ref)

    with pytest.raises(DomainError, match="nobody_came"):
        made.decided(world, item)


def test_nothing_is_decided_once_she_took_her_consent_back(world, item):
    able = with_means(world.secretary, Permission.CASE_WORK)
    cases.withdraw_consent(
        able, id=new_id(), case_ref=world.family.case_ref, consent_id=item.consent_id, now=NOW + timedelta(minutes=1)
    )

    with pytest.raises(DomainError, match="consent_is_over"):
        made.decided(world, item, now=made.LATER)
    assert not (CaseDecision.objects.exists() or _duties().exists())
