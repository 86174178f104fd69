"""The records that decisions make in the file: a referral or a need, aid, an action; how corrections change them."""

from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases.tests.factories import NOW, TODAY, opened, post
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import services as directory
from kalka.duties.models import Duty
from kalka.families.means import with_means
from kalka.referrals import services as referrals
from kalka.referrals.models import Need, Referral
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.tests.factories import service
from kalka.sittings import selectors, services
from kalka.sittings.tests import factories as made
from kalka.support import selectors as support
from kalka.support.models import Action, ActionEnd, AidGiven, Decided

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


def _known_to_the_committee(world):
    case = opened(world, by=world.worker)
    made.came(world)
    made.agrees(world, case)
    return case, made.put(world.secretary, world.sitting, "fact", ref=case.ref, agreed_until=None)


def test_to_one_that_helps_and_that_she_agreed_to_it_is_a_referral_and_they_are_asked(world):
    case, item = _known_to_the_committee(world)
    psychologist = post("psychologist")
    offer = service("Айкөл", ("psychological",), psychologist.organisation_id)
    made.agrees(world, case, psychologist.organisation_id, "psychological")

    row = made.decided(world, item, "psychologist")

    referral, need = Referral.objects.staged().get(), Need.objects.wished().get()
    assert (row.record, referral.need, referral.service_id, referral.asked_id, referral.last) == (
        referral.pk,
        need,
        offer.pk,
        psychologist.post_id,
        "sent",
    )
    assert (need.says, referral.post_id, referral.author_id) == ("wants", world.worker.post_id, world.secretary.user_id)
    duties = Duty.objects.standing().filter(subject_id=case.subject_id).exclude(kind="notice.social_service")
    asked = {(one.kind, one.assignee_id) for one in duties if one.kind.startswith(("referral", "committee"))}
    assert asked == {("referral.answer", psychologist.post_id), ("committee.decision", world.member.post_id)}
    assert not access.sees(world.secretary, case.subject_id, now=made.LATER)
    assert selectors.decision(world.member, row.pk, now=made.LATER).to == referral.provider_name
    assert made.decided(world, item, "psychologist").record == referral.pk
    assert Referral.objects.count() == 1


def test_where_two_could_be_meant_or_she_agreed_to_none_nobody_is_told_and_she_is_asked(world):
    case, item = _known_to_the_committee(world)
    first = made.decided(world, item, "lawyer")
    for name in ("Айкөл", "Ак Жүрөк"):
        psychologist = post("psychologist")
        service(name, ("psychological",), psychologist.organisation_id)
        made.agrees(world, case, psychologist.organisation_id, "psychological")
    second = made.decided(world, item, "psychologist")

    assert not Referral.objects.exists()
    assert set(Need.objects.values_list("pk", "wish")) == {(first.record, "not_asked"), (second.record, "not_asked")}
    assert {one.assignee_id for one in Duty.objects.standing().filter(kind="referral.ask_need")} == {
        world.worker.post_id
    }


def test_who_refused_is_not_asked_again(world):
    case, item = _known_to_the_committee(world)
    needs = NewIntake((NewNeed("legal", wish="refuses"),))
    referrals.note_needs(world.worker, id=new_id(), case_ref=case.ref, told=needs, now=NOW)

    row = made.decided(world, item, "lawyer")

    assert (row.record, Need.objects.wished().get().says) == (Need.objects.get().pk, "refuses")
    assert not (Referral.objects.exists() or Duty.objects.standing().filter(kind="referral.ask_need").exists())


def test_an_action_is_one_of_her_plan_and_ends_where_it_was_decided(world, item):
    row = made.decided(world, item, "housing")

    action = Action.objects.get()
    assert (row.record, action.goal, action.help, action.decision, action.owner_id, action.by, action.case_ref) == (
        action.pk,
        None,
        "house",
        row.pk,
        world.member.post_id,
        TODAY + 14 * DAY,
        world.family.case_ref,
    )
    able = with_means(world.secretary, Permission.SUPPORT_WORK)
    page = support.help_page(able, world.family.case_ref, now=made.LATER)
    assert ([one.what for one in page.decided], page.goals) == (["house"], ())
    with pytest.raises(AccessDenied):
        support.get_action(able, world.family.case_ref, action.pk, now=made.LATER)

    given = {"on": TODAY, "budget": "community", "now": made.LATER}
    services.carry_out(world.member, id=new_id(), decision_id=row.pk, how="done", **given)

    assert ActionEnd.objects.get().how == "done"
    aid = AidGiven.objects.get()
    assert (aid.what, aid.som, aid.budget, aid.decision) == ("house", 0, "community", row.pk)
    assert support.help_page(able, world.family.case_ref, now=made.LATER).decided == ()


@pytest.mark.parametrize("measure", ["food", "transport", "birth"])
def test_what_was_promised_follows_a_correction_and_is_given_once_or_not_at_all(world, item, measure):
    row = made.decided(world, item, measure, **({"som": 900} if measure == "food" else {}))
    change = {"decision_id": row.pk, "now": made.LATER}
    by = TODAY + 40 * DAY
    services.add_addendum(world.secretary, id=new_id(), change="term", by=by, **change)
    holding = world.holdings[world.third.post_id]
    services.add_addendum(world.secretary, id=new_id(), change="responsible", responsible=holding, **change)

    standing = Decided.objects.filter(end=None) if measure == "food" else Action.objects.filter(end=None)
    assert [(one.by, one.owner_id) for one in standing.all()] == [(by, world.third.post_id)]
    given = {"on": TODAY, "budget": "local", "now": made.LATER}
    services.carry_out(world.third, id=new_id(), decision_id=row.pk, how="done", **given)
    assert (standing.count(), AidGiven.objects.count()) == (0, 0 if measure == "birth" else 1)

    again = made.decided(world, item, measure, **({"som": 100} if measure == "food" else {}))
    services.add_addendum(world.secretary, id=new_id(), change="withdrawn", decision_id=again.pk, now=made.LATER)
    assert (standing.count(), AidGiven.objects.count()) == (0, 0 if measure == "birth" else 1)


def test_of_whoever_has_left_nothing_is_lost(world, item):
    row = made.decided(world, item, "transport", who=world.fourth)
    holding = world.holdings[world.fourth.post_id]
    directory.unseat_member(world.secretary, holding_id=holding, until=TODAY, now=NOW)
    later = NOW + 2 * DAY
    change = {"change": "term", "by": TODAY + 40 * DAY, "now": later}
    services.add_addendum(world.secretary, id=new_id(), decision_id=row.pk, **change)
    assert not _duties().exists()
    assert [one.code for one in selectors.open_work(world.secretary, world.family.subject_id, now=later)] == [
        "sittings.decided_and_open"
    ]

    given = {"on": TODAY, "budget": "local", "now": later}
    services.carry_out(world.secretary, id=new_id(), decision_id=row.pk, how="done", **given)

    assert (ActionEnd.objects.count(), AidGiven.objects.count()) == (1, 1)
    assert selectors.open_work(world.secretary, world.family.subject_id, now=later) == ()
    assert selectors.open_work(world.other, world.family.subject_id, now=later) == ()
