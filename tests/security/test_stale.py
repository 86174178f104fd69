"""Two people open the same page. What the first one saves, the second one does not write over without knowing it: the
answer is 409, with every word of the second one in it, and nothing was written."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.policy import POLICY
from kalka.accounts import services as accounts
from kalka.accounts.rules import Lost
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.demo.staffing import FOUNDER
from kalka.directory import selectors as posts
from kalka.risk import services as risk
from kalka.risk.rules import NewAssessment
from tests.matrix import world as worlds
from tests.matrix.test_matrix import program_of
from tests.matrix.world import World
from tests.security import forms
from tests.security.installed import ADDRESSES
from tests.security.overtaken import OVERTAKEN
from tests.security.stale import AS, CASE_WORKERS, CHANGES, Parts, a_duty_by_hand, a_fresh_report, whoever_holds
from tests.security.writes import ADDS, ASKS, MAKES, OWN
from tests.security.written import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both]

WROTE = ("Биринчи сөз", "Экинчи сөз")  # what each of the two writes into every field of words


@pytest.fixture(scope="module")
def world(together: None) -> World:
    return worlds.build()


# These name in the form what they change, or are sent by a program: each has a test of its own below.
APART = {"api:duty_end", "api:order_number", "api:order_service", "api:report_case", "desk:appoint", "desk:recoveries"}
APART |= {"notices:way", "shelters:address"}


def writing() -> set[str]:
    return {
        name
        for name, _ in ADDRESSES
        if {"POST", "PUT", "PATCH", "DELETE"} & POLICY[name].methods.keys() and not name.startswith("accounts:")
    }


def test_requirement_25_of_every_address_that_writes_it_is_said_what_it_does_to_what_is_there() -> None:
    """A new page that changes something has a test of two, or this one fails."""
    said = [MAKES, ADDS, OWN, ASKS, set(ALL), APART]
    assert sorted(name for one in said for name in one) == sorted(writing())


def client(token: str) -> Client:
    made = Client(headers={"accept-encoding": "identity"})
    made.cookies[settings.SESSION_COOKIE] = token
    return made


def path_of(world: World, name: str, there: Parts) -> str:
    known = world.bundles["own"].parts
    known = {**known, **there}
    return reverse(name, kwargs={one: known.get(f"{name} {one}", known.get(one)) for one in dict(ADDRESSES)[name]})


def asked(client: Client, path: str) -> forms.HtmlForm:
    answer = client.get(path)
    assert answer.status_code == 200, f"GET {path} answered {answer.status_code}"
    return forms.asking(answer.content.decode(), path)


def said(form: forms.HtmlForm, word: str, given: Parts) -> Parts:
    sent = forms.filled(form, lambda one: {"tel": "0555835090", "numeric": "3"}.get(one.kind, word), {})
    wanted = {name: value for name, value in given.items() if name in form.controls}
    return {**sent, **wanted}


ALL = CHANGES | OVERTAKEN


@pytest.mark.parametrize("name", sorted(ALL))
def test_requirement_25_a_stale_page_is_refused_with_409_and_the_text_comes_back(world, name):
    two = ALL[name]
    there = two.there(world) if two.there else {}
    path, token = path_of(world, name, there), whoever_holds(there[AS]) if AS in there else ""
    first, second = (client(token or world.tokens[role]) for role in two.roles)
    ours, theirs = asked(first, path), asked(second, path)
    done = first.post(path, said(ours, WROTE[0], two.given))
    assert done.status_code == 302, forms_errors(done)
    before = rows()
    sent = said(theirs, WROTE[1], two.second or two.given)
    stale = second.post(path, sent)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert page.count(WROTE[1]) >= sum(value == WROTE[1] for value in sent.values())
    assert rows() == before
    if two.again:
        told = forms.filled(forms.asking(page, path), lambda one: one.value, {})
        assert second.post(path, {**told, **said_again(sent)}).status_code == 302
        assert rows() != before


def said_again(sent: Parts) -> Parts:
    return {name: value for name, value in sent.items() if name not in {"seen", "corrects"}}


def forms_errors(answer: Any) -> object:
    return dict(answer.context["form"].errors) if answer.context and "form" in answer.context else answer.content[:500]


def test_requirement_25_a_level_somebody_else_set_meanwhile_is_not_passed_over(world):
    """Two officers have judged; the second one to confirm is told, and then may."""
    ref, officer = str(world.bundles["own"].parts["ref"]), world.members["supervising_officer"].actor
    calm = NewAssessment(judged="high", reason="Дагы коркутту")
    theirs = risk.record_judgement(officer, id=new_id(), case_ref=ref, told=calm, now=clock.now())
    path = reverse("risk:result", kwargs={"ref": ref, "judgement": theirs.pk})
    second = client(world.tokens["supervising_officer"])
    page = asked(second, path)
    ours = path_of(world, "risk:result", {})
    first = client(world.tokens["police_inspector"])
    assert first.post(ours, said(asked(first, ours), WROTE[0], {})).status_code == 302
    before, sent = rows(), said(page, WROTE[1], {})
    stale = second.post(path, sent)
    assert (stale.status_code, rows()) == (409, before)
    again = forms.filled(forms.asking(stale.content.decode(), path), lambda one: one.value, {})
    assert second.post(path, again).status_code == 302


@pytest.mark.parametrize("name", ["cases:correct", "support:safety"])
def test_requirement_25_what_somebody_else_wrote_is_shown_beside_what_was_typed(world, name):
    path = path_of(world, name, {})
    first, second = (client(world.tokens[role]) for role in CASE_WORKERS)
    ours, theirs = asked(first, path), asked(second, path)
    assert first.post(path, said(ours, "Ак-Суу көчөсү", {})).status_code == 302
    page = second.post(path, said(theirs, "Көк-Жар көчөсү", {})).content.decode()
    assert "Ак-Суу көчөсү" in page and "Көк-Жар көчөсү" in page


def test_requirement_25_two_who_write_down_how_somebody_wants_to_be_told(world):
    path = path_of(world, "notices:way", {})
    first, second = (client(world.tokens[role]) for role in CASE_WORKERS)
    given = {"way": "mail", "address": "ayim@example.kg"}
    ours, theirs = asked(first, path), asked(second, path)
    assert first.post(path, said(ours, WROTE[0], given)).status_code == 200
    before, sent = rows(), said(theirs, WROTE[1], {**given, "address": "ene@example.kg"})
    stale = second.post(path, sent)
    assert (stale.status_code, rows()) == (409, before)
    assert "ene@example.kg" in stale.content.decode()
    again = forms.filled(forms.asking(stale.content.decode(), path), lambda one: one.value, {})
    assert second.post(path, {**again, **said_again(sent)}).status_code == 200
    assert rows() != before


def test_requirement_25_two_who_write_down_where_a_shelter_is(world):
    """What was typed comes back on no page, also not to whoever was too late."""
    path = path_of(world, "shelters:address", {})
    first, second = (client(world.tokens[role]) for role in ("shelter_worker", "crisis_worker"))
    ours, theirs = asked(first, path), asked(second, path)
    assert first.post(path, said(ours, WROTE[0], {})).status_code == 302
    before = rows()
    stale = second.post(path, said(theirs, WROTE[1], {}))
    assert (stale.status_code, rows()) == (409, before)
    assert WROTE[1] not in stale.content.decode()


def test_requirement_25_two_who_name_a_substitute(world):
    post = world.members["social_worker"].actor.post_id or 0
    path = reverse("desk:appoint", kwargs={"post_id": post})
    others = [one.id for one in posts.posts_at(posts.posts([post])[post].organisation_id) if one.id != post]
    admin = client(world.tokens["administrator"])
    seen = next(one for one in forms.read(admin.get(path).content.decode()) if "substitute" in one.controls)
    sent = forms.filled(seen, lambda one: one.value, {"do": "substitute", "substitute": str(others[0])})
    assert admin.post(path, sent).status_code == 302
    late = admin.post(path, {**sent, "substitute": ""})
    assert late.status_code == 409
    assert posts.posts([post])[post].substitute_id == others[0]
    told = next(one for one in forms.read(late.content.decode()) if "substitute" in one.controls)
    again = forms.filled(told, lambda one: one.value, {"do": "substitute", "substitute": ""})
    assert admin.post(path, again).status_code == 302
    assert posts.posts([post])[post].substitute_id is None


def test_requirement_25_two_who_let_a_colleague_in_again(world):
    login = world.members["social_worker"].login
    asked_for, _word = accounts.ask_recovery(FOUNDER, login=login, why=Lost.PASSWORD, now=clock.now())
    admin = client(world.tokens["administrator"])
    sent = {"key": str(new_id()), "recovery": str(asked_for.pk)}
    assert admin.post(reverse("desk:recoveries"), sent).status_code == 200
    before = rows()
    assert admin.post(reverse("desk:recoveries"), {**sent, "key": str(new_id())}).status_code == 409
    assert rows() == before


@pytest.mark.parametrize("name", ["api:duty_end", "api:order_number", "api:order_service", "api:report_case"])
def test_requirement_25_a_program_that_comes_too_late_is_told_so(world, name):
    own = world.bundles["own"].parts
    role = {"api:duty_end": "social_worker", "api:report_case": "social_worker"}.get(name, "police_inspector")
    program = program_of(world, role)
    now = clock.now().isoformat()
    told: dict[str, Parts] = {
        "api:duty_end": {"how": "done"},
        "api:order_number": {"authority": world.members[role].actor.organisation_id, "number": "ВОО-"},
        "api:order_service": {"at": now, "how": "handed"},
        "api:report_case": {},
    }
    there = {"order": own["order"]}
    if name == "api:duty_end":
        there = {"duty": a_duty_by_hand(world)["duty_id"]}
    elif name == "api:report_case":
        there = a_fresh_report(world)
    answers: list[Any] = []
    before: list[dict[str, int]] = []
    for number in (1, 2):
        body = told[name] | ({"number": f"ВОО-{number}"} if "number" in told[name] else {})
        path = reverse(name, kwargs={**there, "id": new_id()})
        answers.append(program.put(path, json.dumps(body), content_type="application/json"))
        before.append(rows())
    assert [one.status_code for one in answers] == [201, 409], answers[-1].content
    assert answers[1].json()["errors"][0]["code"]
    assert before[0] == before[1]
