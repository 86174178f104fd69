from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import selectors as access
from kalka.cases.models import Consent
from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.notices.models import Notice
from kalka.sittings import selectors, services
from kalka.sittings.models import (
    Addendum,
    Carried,
    CaseDecision,
    Item,
    OwnDecision,
    Roll,
    Sitting,
    SittingEnd,
)
from kalka.sittings.rules import Became, Quorum, State
from kalka.sittings.tests import factories as made

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


def test_a_sitting_is_called_and_each_member_is_told_no_more_than_that(world):
    row = made.planned(world.secretary, at=NOW + 7 * DAY, kind="planning")

    told = Notice.objects.filter(subject_id=row.subject_id).values_list("to_post", "kind")
    assert set(told) == {(one.post_id, "sitting_called") for one in (world.member, world.third, world.fourth)}
    assert access.sees(world.third, row.subject_id, now=NOW)
    assert not access.sees(world.other, row.subject_id, now=NOW)


def test_sent_twice_it_is_one_sitting_with_one_notice_each(world):
    id, before = new_id(), Notice.objects.count()

    rows = [made.planned(world.secretary, at=NOW + DAY, id=id) for _ in range(2)]

    assert rows[0] == rows[1]
    assert (Sitting.objects.count(), Notice.objects.count()) == (2, before + 3)


def test_nobody_but_the_secretary_of_a_committee_calls_one(world):
    for actor in (world.member, world.worker):
        with pytest.raises(AccessDenied):
            made.planned(actor)
    assert Sitting.objects.count() == 1


def test_a_case_comes_onto_the_agenda_by_code_with_her_consent(world):
    item = made.put(world.secretary, world.sitting, ref=world.family.case_ref)

    consent = Consent.objects.get()
    assert (item.case_ref, item.about, item.consent) == (world.family.case_ref, world.family.subject_id, consent)
    assert (consent.purpose, consent.scope, consent.organisation_id) == (
        "committee",
        "duties",
        world.secretary.organisation_id,
    )
    assert not item.words


def test_without_her_consent_nothing_is_put(world):
    with pytest.raises(DomainError, match="no_consent"):
        made.put(world.secretary, world.sitting, ref=world.family.case_ref, agreed_until=None)

    assert (Item.objects.count(), Consent.objects.count()) == (0, 0)


def test_words_about_a_case_are_taken_nowhere(world, item):
    with pytest.raises(DomainError, match="no_words"):
        made.put(world.secretary, world.sitting, ref=world.family.case_ref, words="Күйөөсү ичет")
    with pytest.raises(DomainError, match="no_words"):
        made.decided(world, item, words="Күйөөсү ичет")

    assert "words" not in {field.name for field in CaseDecision._meta.get_fields()}
    assert Item.objects.count() == 1 and not CaseDecision.objects.exists()


def test_whoever_works_with_her_may_put_it_and_a_third_may_not(world):
    with pytest.raises(AccessDenied):
        made.put(world.third, world.sitting, ref=world.family.case_ref)
    with pytest.raises(AccessDenied):
        made.put(world.member, world.sitting, topic="results")

    assert made.put(world.member, world.sitting, ref=world.family.case_ref).number == 1


def test_an_unset_quorum_refuses_nothing(world):
    made.came(world, world.secretary)

    page = selectors.sitting(world.secretary, world.sitting, now=made.LATER)

    assert (page.present.came, page.present.members, page.present.quorum) == (1, 4, Quorum.UNSET)
    assert made.decided(world, made.put(world.secretary, world.sitting, topic="other"), "letter")


def test_own_work_is_decided_too_and_words_stay_sealed(world):
    made.came(world)
    item = made.put(world.secretary, world.sitting, topic="other", words="Айыл күнү")
    row = made.decided(world, item, "other", words="Сахна куруу")

    assert isinstance(row, OwnDecision)
    page = selectors.sitting(world.third, world.sitting, now=made.LATER)
    assert page.items[0].words == "Айыл күнү" and page.items[0].decisions[0].words == "Сахна куруу"
    assert _duties(subject_id=row.subject_id, about=str(row.pk)).count() == 1


def test_what_is_over_takes_nothing_more(world, item):
    services.end_sitting(world.secretary, id=new_id(), sitting_id=world.sitting, how="held", now=made.LATER)

    for refused in (
        lambda: made.decided(world, item, now=made.LATER),
        lambda: made.put(world.secretary, world.sitting, now=made.LATER),
        lambda: made.came(world, now=made.LATER),
        lambda: services.end_sitting(
            world.secretary, id=new_id(), sitting_id=world.sitting, how="held", now=made.LATER
        ),
    ):
        with pytest.raises(DomainError, match="is_over"):
            refused()
    assert (SittingEnd.objects.count(), Roll.objects.count(), Item.objects.count()) == (1, 1, 1)


def test_a_correction_stands_beside_the_decision_and_its_duty_follows(world, item):
    row = made.decided(world, item)
    later = TODAY + 40 * DAY
    services.add_addendum(world.secretary, id=new_id(), decision_id=row.pk, change="term", by=later, now=made.LATER)
    services.add_addendum(
        world.secretary,
        id=new_id(),
        decision_id=row.pk,
        change="responsible",
        responsible=world.holdings[world.fourth.post_id],
        now=made.LATER,
    )

    line = selectors.sitting(world.secretary, world.sitting, now=made.LATER).items[0].decisions[0]
    assert (line.by, line.responsible, line.changed) == (later, world.holdings[world.fourth.post_id], True)
    assert CaseDecision.objects.get().by == TODAY + 14 * DAY  # as it was taken
    assert _duties().get().assignee_id == world.fourth.post_id


def test_what_is_withdrawn_is_nobodys_to_do(world, item):
    row = made.decided(world, item)

    services.add_addendum(world.secretary, id=new_id(), decision_id=row.pk, change="withdrawn", now=made.LATER)

    assert not _duties().exists()
    with pytest.raises(DomainError, match="decision_is_over"):
        services.carry_out(world.member, id=new_id(), decision_id=row.pk, how="done", on=TODAY, now=made.LATER)
    assert (Addendum.objects.count(), Carried.objects.count()) == (1, 0)


def test_the_next_sitting_shows_what_became_of_each_decision(world, item):
    late = made.decided(world, item, "visit", by=TODAY + DAY)
    done = made.decided(world, item, "talk")
    services.end_sitting(world.secretary, id=new_id(), sitting_id=world.sitting, how="held", now=made.LATER)
    services.carry_out(world.member, id=new_id(), decision_id=done.pk, how="done", on=TODAY, now=made.LATER)
    then = NOW + 30 * DAY
    following = made.planned(world.secretary, at=then, now=then).pk

    page = selectors.sitting(world.secretary, following, now=then)

    assert [(one.id, one.became) for one in page.before] == [(late.pk, Became.LATE), (done.pk, Became.DONE)]
    offered = selectors.proposals(world.secretary, page, now=then)
    assert [(one.case_ref, one.why, one.agreed) for one in offered] == [(world.family.case_ref, "carried", True)]
    before = selectors.sitting(world.secretary, world.sitting, now=then)
    assert (before.line.state, before.line.number, before.next.id) == (State.HELD, 1, following)


def test_what_is_due_is_proposed_to_whoever_works_with_it_and_to_nobody_else(world):
    page = selectors.sitting(world.secretary, world.sitting, now=NOW)

    offered = selectors.proposals(world.secretary, page, now=NOW)

    assert [(one.case_ref, one.why, one.agreed) for one in offered] == [(world.family.case_ref, "first", False)]
    assert selectors.proposals(world.third, page, now=NOW) == []


def test_a_sitting_called_off_takes_nothing_and_is_no_sitting_held(world):
    services.end_sitting(world.secretary, id=new_id(), sitting_id=world.sitting, how="cancelled", now=NOW)

    found = selectors.calendar(world.secretary, now=made.LATER)
    assert (found.held, [one.state for one in found.past]) == (0, [State.CANCELLED])


def test_the_page_costs_as_many_statements_however_much_was_decided(world):
    made.came(world)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            selectors.sitting(world.secretary, world.sitting, now=made.LATER)
        return len(asked)

    made.decided(world, made.put(world.secretary, world.sitting, ref=world.family.case_ref))
    statements()  # what a process keeps is read
    before = statements()
    for _time in range(3):
        own = made.put(world.secretary, world.sitting, topic="other")
        made.decided(world, own, "letter")
        made.decided(world, own, "meeting")

    assert statements() == before <= 40
