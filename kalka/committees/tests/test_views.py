"""The pages of a committee, as its secretary opens them on a telephone, and as coordinators see all of them."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from kalka.cases.tests.factories import in_a_command
from kalka.committees import selectors, services
from kalka.committees.models import Approval, Behalf, Charter, Committee, MemberCard, PlanTarget, Project, Seat
from kalka.committees.rules import Card, Known
from kalka.committees.tests.factories import FAR, FOUNDED, NAME, NOW, RAION, TODAY, added, founded, world
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty

pytestmark = pytest.mark.django_db
BY_HAND = "cases.notify_child_protection"


@pytest.fixture
def at():
    return founded()


def ask(actor, name, *args, told=None, query=""):
    path = reverse(f"committees:{name}", args=args)
    request = RequestFactory().post(path, told) if told is not None else RequestFactory().get(path + query)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    request.resolver_match = resolve(path)
    return request.resolver_match.func(request, **request.resolver_match.kwargs)


def text_of(*args, **more):
    answer = ask(*args, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def day(name, on=FOUNDED):
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def sent(**told):
    return {"key": str(new_id()), **told}


FOUNDING = {**day("since"), "no_earlier": "yes", "no_other": "unknown"}


def test_an_organisation_that_is_not_written_down_is_led_to_its_first_step():
    at = world()
    text = text_of(at.secretary, "own")
    assert f'href="{reverse("committees:describe")}"' in text
    assert ask(at.secretary, "describe", told=sent(**FOUNDING)).status_code == 302
    assert Charter.objects.get().no_earlier == "yes"
    assert f'href="{reverse("committees:member_new")}"' in text_of(at.secretary, "own")


def test_a_secretary_gets_from_nothing_to_everything_a_first_sitting_needs(at):
    committee, secretary = at.committee, at.secretary
    member = sent(name=NAME, category="health", office="chair", channel="call", hours="any", phone="0555 12 34 56")
    assert ask(secretary, "member_new", told={**member, **day("since")}).status_code == 302
    holding = MemberCard.objects.get().holding_id
    assert ask(secretary, "undertaking", holding, told=sent(**day("signed_on"))).status_code == 302
    for by in ("head", "kenesh"):
        told = sent(what="founding", by=by, number="7", **day("on"))
        assert ask(secretary, "approve", committee, told=told).status_code == 302
    assert ask(secretary, "plan", told=sent(year="2026", sittings="4", contacts="90")).status_code == 302
    assert ask(secretary, "who", told=sent(subject="internal_affairs", name="Жумабек", phone="")).status_code == 302
    left = [line.step for line in selectors.guide(secretary, now=NOW) if not line.done]
    assert left == ["undertakings", "sitting"]
    assert sorted(PlanTarget.objects.values_list("target", "count")) == [("contacts", 90), ("sittings", 4)]
    assert "Жумабек" in text_of(secretary, "who")


def test_the_guide_goes_when_all_of_it_is_done(at):
    assert "guide" in text_of(at.secretary, "own")
    own = selectors.members(at.secretary, at.organisation, TODAY)
    added(at.secretary, office="chair")
    for one in selectors.members(at.secretary, at.organisation, TODAY):
        services.sign_undertaking(at.secretary, id=new_id(), holding_id=one.holding_id, signed_on=TODAY, now=NOW)
    for by in ("head", "kenesh"):
        ask(at.secretary, "approve", at.committee, told=sent(what="founding", by=by, **day("on")))
    services.name_contact(at.secretary, id=new_id(), subject="internal_affairs", told=Known("Ж"), now=NOW)
    services.set_plan(at.secretary, id=new_id(), year=2026, targets={"sittings": 4}, now=NOW)
    in_a_command(lambda: services.worked(at.organisation, "sitting", on=TODAY))
    assert len(own) == 2 and 'id="guide"' not in text_of(at.secretary, "own")


def test_members_stand_in_three_branches_with_their_names_for_the_secretary_alone(at):
    added(at.secretary, card=Card(on_paper=True))
    text = text_of(at.secretary, "own")
    assert text.count("<h3>") == 4 and NAME in text
    public = text_of(at.ministry, "one", at.committee)
    assert NAME not in public and public.count("<b>") >= 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "ө" * 121},
        {"category": "mullah"},
        {"office": "boss"},
        {"since_year": "2099"},
        {"phone": "12"},
        {"channel": ""},
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(at, wrong):
    told = sent(name=NAME, category="health", office="member", channel="call", hours="any", **day("since")) | wrong
    text = text_of(at.secretary, "member_new", told=told)
    assert "field--bad" in text and MemberCard.objects.count() == 0
    assert (wrong.get("name") or NAME) in text or wrong.get("name") == ""


def test_a_member_is_seen_changed_given_an_office_and_taken_leave_of(at):
    holding = added(at.secretary, card=Card(phone="+996555121234")).holding_id
    assert 'value="0555 12 12 34"' in text_of(at.secretary, "member", holding) or "555" in text_of(
        at.secretary, "member", holding
    )
    card = sent(on_paper="on", channel="person", hours="evening", phone="", discreet="on")
    assert ask(at.secretary, "member", holding, told=card).status_code == 302
    assert selectors.card(at.secretary, holding, now=NOW) == Card(True, "person", "evening", True, "")
    told = sent(office="deputy", handed=["plan"], **day("since", TODAY))
    assert ask(at.secretary, "office", holding, told=told).status_code == 302
    assert Seat.objects.get().office == "deputy"
    assert NAME in text_of(at.secretary, "undertaking", holding)
    assert ask(at.secretary, "leave", holding, told=sent(**day("until", TODAY))).status_code == 302
    assert Seat.objects.get().until == TODAY
    again = ask(at.secretary, "leave", holding, told=sent(**day("until", TODAY)))
    assert (again.status_code, again.url) == (302, reverse("committees:own"))
    assert ask(at.secretary, "leave", holding).status_code == 302


def test_the_sheet_of_a_member_without_a_device_has_codes_alone_and_what_was_done_is_entered_for_them(at):
    card = added(at.secretary, card=Card(on_paper=True))
    member = selectors.member(at.secretary, card.holding_id, now=NOW)
    duty = in_a_command(
        lambda: duties.assign(
            BY_HAND, subject_id=new_id(), post_id=member.post_id, due_at=NOW, basis=None, now=NOW, about="0123456789"
        )
    )
    assert "01234-56789" in text_of(at.secretary, "tasks", card.holding_id)
    told = sent(task=str(duty.pk), **day("done_on", TODAY))
    for _ in range(2):
        assert ask(at.secretary, "tasks", card.holding_id, told=told).status_code == 302
    assert (Behalf.objects.get().done_on, Duty.objects.get(pk=duty.pk).ended_at) == (TODAY, NOW)
    assert selectors.entered_for(at.secretary, card.holding_id, now=NOW) == [(TODAY, NOW)]


def test_nothing_is_entered_for_a_member_who_has_a_device(at):
    card = added(at.secretary)
    member = selectors.member(at.secretary, card.holding_id, now=NOW)
    duty = in_a_command(
        lambda: duties.assign(
            BY_HAND, subject_id=new_id(), post_id=member.post_id, due_at=NOW, basis=None, now=NOW, about="0123456789"
        )
    )
    text = text_of(at.secretary, "tasks", card.holding_id, told=sent(task=str(duty.pk), **day("done_on", TODAY)))
    assert "errors" in text and Behalf.objects.count() == 0


def test_the_country_shows_who_has_one_who_sleeps_and_who_has_none(at):
    text = text_of(at.ministry, "list")
    assert "<svg" in text and reverse("committees:one", args=[at.committee]) not in text
    assert reverse("committees:one", args=[at.committee]) in text_of(at.ministry, "list", query=f"?place={RAION}")
    assert reverse("committees:one", args=[at.committee]) in text_of(at.ministry, "list", query="?state=has")
    assert reverse("committees:one", args=[at.committee]) not in text_of(at.ministry, "list", query="?state=sleeping")
    assert "ДаткАйым" in text_of(at.ministry, "list", query=f"?project={at.project}")
    there = reverse("committees:one", args=[at.committee])
    for query, found in (
        ("since=2026-10-01&until=2026-12-31", True),  # its term runs since September
        ("since=2026-01-01&until=2026-08-31", False),
        ("year=2025", False),
        (f"year=2026&organisation={at.organisation}&region=north", True),
        ("organisation=7", False),
        ("region=south", False),
    ):
        assert (there in text_of(at.ministry, "list", query=f"?{query}")) == found
    assert ask(at.ministry, "list", query="?place=nowhere&state=%27&project=x").status_code == 200


def test_a_coordinator_founds_in_a_project_and_only_in_the_own_territory(at):
    words = {f"{part}_{lang}": "Долбоор" for part in ("name", "donor", "north") for lang in ("ky", "ru", "en")}
    assert ask(at.ministry, "project", told=sent(**words, **day("since"))).status_code == 302
    assert Project.objects.count() == 2
    told = sent(place=FAR, project=str(at.project), **FOUNDING)
    assert ask(at.raion, "found", told=told).status_code == 200
    assert ask(at.ministry, "found", told=told).status_code == 302
    assert Committee.objects.filter(place=FAR).count() == 1
    again = ask(at.ministry, "found", told=sent(place=FAR, **FOUNDING))
    assert (again.status_code, Committee.objects.count()) == (409, 2)


def test_an_approval_that_stands_already_is_not_written_over(at):
    told = sent(what="founding", by="head", number="7", **day("on"))
    assert ask(at.raion, "approve", at.committee, told=told).status_code == 302
    assert ask(at.raion, "approve", at.committee, told={**told, "key": str(new_id())}).status_code == 409
    plan = sent(what="plan", by="head", number="8", **day("on"))
    assert ask(at.secretary, "approve", at.committee, told=plan).status_code == 302
    assert sorted(Approval.objects.values_list("year", "act")) == [(0, "7"), (2026, "8")]


def test_what_may_not_be_seen_is_not_found(at):
    holding = added(at.secretary).holding_id
    for do in (
        lambda: ask(at.stranger, "member", holding),
        lambda: ask(at.stranger, "tasks", holding),
        lambda: ask(at.stranger, "undertaking", holding),
        lambda: ask(at.stranger, "approve", at.committee),
        lambda: ask(at.secretary, "member", 999_999),
        lambda: ask(at.secretary, "one", new_id()),
        lambda: ask(at.stranger, "plan"),
    ):
        with pytest.raises(AccessDenied):
            do()
