from dataclasses import replace
from datetime import date, timedelta

import pytest

from kalka.committees import selectors, services
from kalka.committees.models import Charter, Committee, LocalContact, MemberCard, PlanTarget, Seat, Undertaking, Worked
from kalka.committees.rules import Approval, Approver, Card, Founding, Known, NewMember, Office, Region
from kalka.committees.tests.factories import (
    AIMAK,
    FAR,
    FOUNDED,
    NAME,
    NOW,
    PROJECT,
    RAION,
    TODAY,
    added,
    founded,
    in_a_command,
    world,
)
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.refs import new_id
from kalka.directory import selectors as directory

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return founded()


def refusal(do):
    with pytest.raises(DomainError) as found:
        do()
    return found.value


def test_a_coordinator_writes_down_that_a_unit_has_a_committee_in_a_project():
    at = world()
    project = services.start_project(at.ministry, id=new_id(), told=PROJECT, now=NOW)
    told = Founding(FOUNDED, proposed_on=date(2026, 8, 20), proposal="№ 12", no_earlier="yes", project=str(project.pk))
    made = services.found(at.raion, id=new_id(), place=AIMAK, told=told, now=NOW, organisation_id=at.organisation)
    (view,) = selectors.committees(at.ministry)
    assert (view.id, view.place, view.region, view.since, view.worked) == (made.pk, AIMAK, Region.NORTH, FOUNDED, None)
    assert (view.project.name_here, view.supporter_here) == ("ДаткАйым", "Түндүк уюму")
    assert selectors.founding(at.raion, made.pk) == told


def test_a_new_committee_comes_with_the_vacant_post_of_its_secretary():
    at = world()
    made = services.found(at.ministry, id=new_id(), place=FAR, told=Founding(FOUNDED), now=NOW)
    (post,) = directory.posts_at(made.organisation_id)
    assert (post.role, post.place, post.leads, post.held) == ("committee_secretary", FAR, True, 0)
    assert post.organisation_name("ky").startswith("Жергиликтүү комитет: ")


def test_a_committee_is_founded_once_also_when_sent_twice(at):
    told, id = Founding(FOUNDED), new_id()
    first = services.found(at.ministry, id=id, place=FAR, told=told, now=NOW)
    assert services.found(at.ministry, id=id, place=FAR, told=told, now=NOW) == first
    again = refusal(lambda: services.found(at.ministry, id=new_id(), place=FAR, told=told, now=NOW))
    assert (again.code, isinstance(again, Stale)) == ("committees.unit_has_one", True)
    assert Committee.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "told", "code"),
    [
        (RAION, {}, "committees.not_a_unit"),
        ("nowhere", {}, "committees.not_a_unit"),
        (FAR, {}, "committees.outside_territory"),
        (AIMAK, {"since": TODAY + DAY}, "committees.day_to_come"),
        (AIMAK, {"until": FOUNDED - DAY}, "committees.ends_before_it_begins"),
        (AIMAK, {"proposed_on": FOUNDED + DAY}, "committees.proposed_after_founding"),
        (AIMAK, {"no_other": "perhaps"}, "committees.not_an_answer"),
        (AIMAK, {"proposal": "1" * 41}, "committees.too_long"),
        (AIMAK, {"project": "none"}, "committees.not_an_answer"),
    ],
)
def test_what_cannot_be_a_committee_is_refused_and_nothing_is_written(place, told, code):
    at = world()
    given = replace(Founding(FOUNDED), **told)
    assert refusal(lambda: services.found(at.raion, id=new_id(), place=place, told=given, now=NOW)).code == code
    assert (Committee.objects.count(), len(directory.organisations("committee"))) == (0, 2)


def test_a_secretary_says_herself_what_her_committee_is_founded_on_and_may_say_it_anew():
    at = world()
    services.describe(at.secretary, id=new_id(), told=Founding(FOUNDED), now=NOW)
    id, better = new_id(), Founding(FOUNDED, until=date(2028, 8, 31), proposal="№ 3")
    for _ in range(2):
        services.describe(at.secretary, id=id, told=better, now=NOW)
    own = selectors.own(at.secretary)
    assert (own.place, own.until) == (AIMAK, date(2028, 8, 31))
    assert selectors.founding(at.secretary, own.id) == better
    assert sorted(Charter.objects.values_list("number", "proposal")) == [(1, ""), (2, "№ 3")]


def test_the_head_and_the_kenesh_approve_once_each(at):
    for by, who in (("head", at.secretary), ("kenesh", at.raion)):
        told = Approval(by, FOUNDED, " 7/2 ")
        services.approve(who, id=new_id(), committee_id=at.committee, told=told, now=NOW)
    assert selectors.approvals(at.ministry, at.committee) == {
        Approver.HEAD: (FOUNDED, "7/2"),
        Approver.KENESH: (FOUNDED, "7/2"),
    }
    twice = Approval("head", FOUNDED)
    for who in (at.secretary, at.raion):
        refused = refusal(
            lambda who=who: services.approve(who, id=new_id(), committee_id=at.committee, told=twice, now=NOW)
        )
        assert isinstance(refused, Stale)
    services.approve(at.secretary, id=new_id(), committee_id=at.committee, told=twice, now=NOW, year=2026)
    refused = refusal(
        lambda: services.approve(at.stranger, id=new_id(), committee_id=at.committee, told=twice, now=NOW)
    )
    assert isinstance(refused, AccessDenied)


def test_a_member_is_added_with_an_office_and_counted_in_one_category(at):
    services.add_member(
        at.secretary, id=new_id(), told=NewMember(NAME, "health", FOUNDED, "chair", Card(on_paper=True)), now=NOW
    )
    found = selectors.members(at.secretary, at.organisation, TODAY)
    assert [(one.office, one.category, one.on_paper, one.undertaken) for one in found] == [
        (Office.CHAIR, "health", True, False),
        (Office.SECRETARY, "", False, False),
        (Office.MEMBER, "", False, False),
    ]
    assert directory.members_by_category(at.organisation, TODAY) == {"health": 1}
    assert selectors.named(at.secretary, found[:1])[0].name == NAME
    assert found[0].name == ""


def test_a_member_sent_twice_is_added_once(at):
    id, told = new_id(), NewMember(NAME, "health", FOUNDED)
    assert services.add_member(at.secretary, id=id, told=told, now=NOW) == services.add_member(
        at.secretary, id=id, told=told, now=NOW
    )
    assert MemberCard.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": "  "}, "committees.name_missing"),
        ({"name": "а" * 121}, "committees.too_long"),
        ({"category": "mullah"}, "committees.not_an_answer"),
        ({"office": "boss"}, "committees.not_an_answer"),
        ({"since": TODAY + DAY}, "committees.day_to_come"),
        ({"card": Card(channel="drum")}, "committees.not_an_answer"),
        ({"card": Card(phone="0" * 25)}, "committees.too_long"),
    ],
)
def test_what_is_no_member_is_refused_and_nobody_is_added(at, told, code):
    given = replace(NewMember(NAME, "health", FOUNDED), **told)
    assert refusal(lambda: services.add_member(at.secretary, id=new_id(), told=given, now=NOW)).code == code
    assert len(selectors.members(at.secretary, at.organisation, TODAY)) == 2


def test_an_office_is_handed_over_with_what_went_with_it(at):
    old = added(at.secretary, office="chair").holding_id
    new = added(at.secretary, name="Бакыт").holding_id
    seat = services.take_office(
        at.secretary, id=new_id(), holding_id=new, office="chair", since=TODAY, now=NOW, handed=("stamp", "register")
    )
    assert (seat.before.holding_id, seat.before.until, seat.handed) == (old, TODAY - DAY, ["register", "stamp"])
    offices = {one.holding_id: one.office for one in selectors.members(at.secretary, at.organisation, TODAY)}
    assert (offices[new], offices[old]) == (Office.CHAIR, Office.MEMBER)
    before = {one.holding_id: one.office for one in selectors.members(at.secretary, at.organisation, TODAY - DAY)}
    assert (before[new], before[old]) == (Office.MEMBER, Office.CHAIR)


def test_two_are_never_chair_at_once(at):
    added(at.secretary, office="chair")
    assert refusal(lambda: added(at.secretary, office="chair")).code == "committees.office_is_held"
    assert Seat.objects.count() == 1


def test_an_undertaking_is_signed_once(at):
    holding = added(at.secretary).holding_id
    services.sign_undertaking(at.secretary, id=new_id(), holding_id=holding, signed_on=TODAY, now=NOW)
    again = refusal(
        lambda: services.sign_undertaking(at.secretary, id=new_id(), holding_id=holding, signed_on=TODAY, now=NOW)
    )
    assert isinstance(again, Stale) and Undertaking.objects.count() == 1
    assert selectors.member(at.secretary, holding, now=NOW).undertaken


def test_whoever_leaves_is_a_member_no_more_and_their_office_is_free(at):
    holding = added(at.secretary, office="chair").holding_id
    services.leave(at.secretary, holding_id=holding, until=TODAY - DAY, now=NOW)
    assert holding not in {one.holding_id for one in selectors.members(at.secretary, at.organisation, TODAY)}
    assert Seat.objects.get().until == TODAY - DAY
    assert services.leave(at.secretary, holding_id=holding, until=TODAY, now=NOW + DAY) == []
    assert Seat.objects.get().until == TODAY - DAY
    added(at.secretary, office="chair")


def test_the_secretary_is_not_taken_out_of_her_post_here(at):
    own = next(one for one in selectors.members(at.secretary, at.organisation, TODAY) if one.keeps)
    refused = refusal(lambda: services.leave(at.secretary, holding_id=own.holding_id, until=TODAY, now=NOW))
    assert refused.code == "committees.secretary_by_administrator"


def test_nobody_touches_the_members_of_another_committee(at):
    services.describe(at.stranger, id=new_id(), told=Founding(FOUNDED), now=NOW)
    holding = added(at.secretary).holding_id
    for do in (
        lambda: services.change_card(at.stranger, id=new_id(), holding_id=holding, card=Card(), now=NOW),
        lambda: services.take_office(
            at.stranger, id=new_id(), holding_id=holding, office="chair", since=TODAY, now=NOW
        ),
        lambda: services.sign_undertaking(at.stranger, id=new_id(), holding_id=holding, signed_on=TODAY, now=NOW),
        lambda: services.leave(at.stranger, holding_id=holding, until=TODAY, now=NOW),
        lambda: selectors.card(at.stranger, holding, now=NOW),
        lambda: selectors.named(at.stranger, selectors.members(at.stranger, at.organisation, TODAY)),
        lambda: added(at.member),
        lambda: added(at.raion),
    ):
        assert isinstance(refusal(do), AccessDenied)


def test_how_a_member_may_be_reached_is_said_anew_and_the_number_is_sealed(at):
    holding = added(at.secretary).holding_id
    card = Card(True, "person", "evening", True, "+996555121234")
    services.change_card(at.secretary, id=new_id(), holding_id=holding, card=card, now=NOW)
    assert selectors.card(at.secretary, holding, now=NOW) == card
    assert "555" not in repr(card)
    assert b"555" not in bytes(MemberCard.objects.get(number=2).phone.blob)


def test_who_answers_here_for_a_subject_of_the_law_is_kept_for_the_committee_alone(at):
    told = Known("Жумабек", "+996700000000")
    services.name_contact(at.secretary, id=new_id(), subject="internal_affairs", told=told, now=NOW)
    assert selectors.contacts(at.secretary, now=NOW) == {"internal_affairs": told}
    services.name_contact(at.secretary, id=new_id(), subject="internal_affairs", told=Known(), now=NOW)
    assert selectors.contacts(at.secretary, now=NOW) == {}
    wrong = refusal(lambda: services.name_contact(at.secretary, id=new_id(), subject="army", told=told, now=NOW))
    assert (wrong.code, LocalContact.objects.count()) == ("committees.not_an_answer", 2)


def test_only_own_work_is_planned_and_a_target_is_said_anew(at):
    id = new_id()
    for _ in range(2):
        services.set_plan(at.secretary, id=id, year=2026, targets={"sittings": 4, "people": 200}, now=NOW)
    services.set_plan(at.secretary, id=new_id(), year=2026, targets={"sittings": 6, "people": 200}, now=NOW)
    assert selectors.plan(at.ministry, at.organisation, 2026) == {"sittings": 6, "people": 200}
    for targets in ({"families": 80}, {"reports": 5}, {"sittings": -1}):
        wrong = refusal(lambda t=targets: services.set_plan(at.secretary, id=new_id(), year=2026, targets=t, now=NOW))
        assert wrong.code == "committees.not_an_answer"
    assert PlanTarget.objects.count() == 3


def test_work_that_was_written_down_wakes_a_committee_and_the_last_day_counts(at):
    in_a_command(lambda: services.worked(at.organisation, "sitting", on=TODAY))
    in_a_command(lambda: services.worked(at.organisation, "sitting", on=TODAY - DAY))
    assert Worked.objects.get().on == TODAY
    assert selectors.own(at.secretary).worked == TODAY
    assert not in_a_command(lambda: services.worked(at.raion.organisation_id, "event", on=TODAY))
    with pytest.raises(AccessDenied):
        services.worked(at.organisation, "sitting", on=TODAY)


def test_an_id_that_somebody_used_is_theirs_and_a_plan_sent_again_changes_nothing_back(at):
    id, key = new_id(), new_id()
    services.start_project(at.ministry, id=id, told=PROJECT, now=NOW)
    assert services.start_project(at.ministry, id=id, told=PROJECT, now=NOW).pk == id
    assert isinstance(refusal(lambda: services.start_project(at.raion, id=id, told=PROJECT, now=NOW)), AccessDenied)
    told = Approval("head", FOUNDED)
    services.approve(at.secretary, id=key, committee_id=at.committee, told=told, now=NOW)
    other = refusal(lambda: services.approve(at.raion, id=key, committee_id=at.committee, told=told, now=NOW))
    assert isinstance(other, AccessDenied)
    services.set_plan(at.secretary, id=key, year=2026, targets={"sittings": 4}, now=NOW)
    services.set_plan(at.secretary, id=new_id(), year=2026, targets={"sittings": 6}, now=NOW)
    services.set_plan(at.secretary, id=key, year=2026, targets={"sittings": 4}, now=NOW)
    assert selectors.plan(at.ministry, at.organisation, 2026) == {"sittings": 6}
