"""The curious neighbour: another member, the secretary who is not of the two, somebody behind a wall."""

from datetime import UTC, datetime

import pytest

from kalka.access import services as access
from kalka.cases import selectors as cases
from kalka.cases import services as case_services
from kalka.cases.tests.factories import in_a_command, wall
from kalka.core.actors import SYSTEM, organisation_holder
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.duties import services as duty_services
from kalka.families import selectors, services
from kalka.families.rules import State
from kalka.families.tests.factories import DAY, NOW, TODAY, contact, ended, noted, paired, seated, work, world
from kalka.notices import selectors as notices
from kalka.people.rules import Contact, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEXT_MONTH = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def at():
    return world()


def refused(do):
    with pytest.raises(AccessDenied) as no:
        do()
    return no.value.code


def everything(actor, ref, *, now=NOW):
    """What the modules tell this actor of families: nothing of it may differ by whether there is one."""
    return (
        selectors.register(actor, now=now),
        selectors.asked(actor, now=now),
        selectors.due(actor, TODAY + 30 * DAY, now=now),
        selectors.about(actor, ref, now=now),
        selectors.counts(actor, actor.organisation_id, now=now),
        cases.knows(actor, ref, now=now),
        duties.counts(actor, now=now),
        duties.today(actor, now=now),
    )


NEIGHBOURS = ("secretary", "fourth", "other")


@pytest.mark.parametrize("somebody", NEIGHBOURS)
def test_whoever_is_not_of_the_two_is_told_the_same_as_if_there_were_no_family(at, somebody):
    actor = getattr(at, somebody)
    before = everything(actor, "0000000000")
    family = paired(at.member, at.third, next_on=TODAY)
    contact(at.third, family, next_on=TODAY + DAY)
    assert everything(actor, family.case_ref) == before
    no = refused(lambda: selectors.family_page(actor, "0000000000", now=NOW))
    assert refused(lambda: selectors.family_page(actor, family.case_ref, now=NOW)) == no == "families.unknown"
    assert refused(lambda: selectors.asked_seat(actor, family.case_ref, now=NOW)) == no


@pytest.mark.parametrize("somebody", NEIGHBOURS)
def test_no_step_of_theirs_goes_through_and_each_answers_alike(at, somebody):
    actor, family = getattr(at, somebody), paired(at.member, at.third)
    told = {"id": new_id(), "now": NOW}
    for ref in (family.case_ref, "0000000000"):
        for do in (
            lambda ref=ref: services.take_seat(actor, case_ref=ref, **told),
            lambda ref=ref: services.ask_second(actor, case_ref=ref, post_id=at.member.post_id, **told),
            lambda ref=ref: services.step_back(actor, case_ref=ref, why="kin", **told),
            lambda ref=ref: contact(actor, type("F", (), {"case_ref": ref})),
            lambda ref=ref: work(actor, type("F", (), {"case_ref": ref}), "talk"),
            lambda ref=ref: ended(actor, type("F", (), {"case_ref": ref})),
        ):
            assert refused(do) == "families.unknown"


def test_a_wall_hides_it_from_one_of_the_two_as_if_it_were_never_there(at):
    before = everything(at.third, "0000000000")
    family = paired(at.member, at.third)
    wall(family.subject_id, at.third.user_id)
    assert everything(at.third, family.case_ref) == before
    assert refused(lambda: selectors.family_page(at.third, family.case_ref, now=NOW)) == "families.unknown"


def test_whoever_is_too_near_by_their_own_telephone_is_asked_nothing_and_the_other_is_not_told(at):
    """The telephone is compared and kept nowhere; the page says the same as of somebody who does not answer."""
    case_services.say_who_i_am(at.third, told=NewPerson(contact=Contact(phone="+996555121234")), now=NOW)
    family = noted(at.member, at.third, phone="+996555121234")
    plain = noted(at.member, at.fourth)
    assert selectors.asked(at.third, now=NOW) == ()
    assert refused(lambda: selectors.asked_seat(at.third, family.case_ref, now=NOW)) == "families.unknown"
    near, far = (selectors.family_page(at.member, one.case_ref, now=NOW).pair[1] for one in (family, plain))
    assert (near.taken, near.own) == (far.taken, far.own) == (False, False)
    assert [notices.for_post(one, now=NOW) for one in (at.member, at.third)] == [[], []]
    assert [one.kind for one in notices.for_post(at.fourth, now=NOW)] == ["family_asked"]


def test_nothing_moves_up_to_whoever_leads_the_committee_however_late_it_is(at):
    family = paired(at.member, at.third, next_on=TODAY)
    before = everything(at.secretary, family.case_ref, now=NOW + 20 * DAY)
    duty_services.roll(SYSTEM, now=NOW + 20 * DAY)
    wall(family.subject_id, at.member.user_id)
    duty_services.roll(SYSTEM, now=NOW + 20 * DAY)
    assert everything(at.secretary, family.case_ref, now=NOW + 20 * DAY) == before
    assert not cases.knows(at.secretary, family.case_ref, now=NOW + 20 * DAY)


def test_numbers_stand_still_within_a_month(at):
    before = selectors.counts(at.fourth, at.committee.pk, now=NOW)
    for _ in range(6):
        noted(at.member)
    assert selectors.counts(at.fourth, at.committee.pk, now=NOW + DAY) == before
    assert selectors.counts(at.fourth, at.committee.pk, now=NEXT_MONTH).shown.total == 6


def test_a_small_number_is_hidden_from_members_and_coordinators(at):
    for _ in range(6):
        noted(at.member)
    ended(at.member, noted(at.member))
    for actor in (at.fourth, at.region):
        shown = selectors.counts(actor, at.committee.pk, now=NEXT_MONTH).shown
        assert (shown.total, shown.parts[State.ENDED], shown.parts[State.UNSET]) == (7, None, None)


def test_numbers_are_of_the_own_committee_and_of_the_territory_coordinated(at):
    assert {one.organisation_id for one in selectors.committees(at.region, now=NOW)} == {at.committee.pk}
    assert {one.organisation_id for one in selectors.committees(at.far_region, now=NOW)} == {at.elsewhere.pk}
    for actor, whose in ((at.fourth, at.elsewhere), (at.region, at.elsewhere), (at.worker, at.committee)):
        assert (
            refused(lambda actor=actor, whose=whose: selectors.counts(actor, whose.pk, now=NOW)) == "families.unknown"
        )


def test_what_is_due_is_by_code_and_of_the_own_families_alone(at):
    family = paired(at.member, at.third, next_on=TODAY + 2 * DAY)
    noted(at.fourth, next_on=TODAY)
    assert selectors.due(at.member, TODAY + DAY, now=NOW) == ()
    (found,) = selectors.due(at.third, TODAY + 2 * DAY, now=NOW)
    assert (found.case_ref, found.why, found.since) == (family.case_ref, "contact", TODAY + 2 * DAY)


def test_the_register_has_the_latest_word_and_the_late_ones_first(at):
    late, soon = noted(at.member, next_on=TODAY), noted(at.member, next_on=TODAY + 3 * DAY)
    contact(at.member, soon, next_on=TODAY + 5 * DAY)
    over = noted(at.member)
    ended(at.member, over)
    lines = selectors.register(at.member, now=NOW + DAY)
    assert [one.case_ref for one in lines] == [late.case_ref, soon.case_ref, over.case_ref]
    assert [(one.late, one.spoke, one.state) for one in lines] == [
        (True, None, State.UNSET),
        (False, TODAY, State.UNSET),
        (False, None, State.ENDED),
    ]


def test_a_consent_given_to_the_committee_shows_the_family_to_no_third_member(at):
    """What an organisation was let see is not what two were seated for."""

    family = paired(at.member, at.third)
    holder = organisation_holder(at.committee.pk)
    in_a_command(lambda: access.grant(family.subject_id, holder, why="consent:1", now=NOW))
    assert refused(lambda: selectors.family_page(at.fourth, family.case_ref, now=NOW)) == "families.unknown"


def test_whoever_joins_the_committee_later_sees_nothing_of_before(at):
    family = paired(at.member, at.third)
    new = seated(at.committee, "committee_member", "mucho-n", "Нурбек Садыков")
    assert refused(lambda: selectors.family_page(new, family.case_ref, now=NOW)) == "families.unknown"
