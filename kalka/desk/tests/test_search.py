"""The search page: from a case or a duty, which is what it is for; from nowhere it asks."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core import clock
from kalka.core.refs import new_id, show_ref
from kalka.duties.models import Duty
from kalka.people import limits as dated
from kalka.people.models import SearchAsk, SearchMade, SearchReason
from kalka.people.rules import Name, NewPerson
from tests.matrix import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def world(together):
    made = worlds.build()
    SearchMade.objects.all().delete()  # nobody has searched yet
    SearchAsk.objects.all().delete()
    told = NewPerson(names=(Name("Төлөгөнова", "Айсулуу"),))
    worker, ref = made.members["social_worker"].actor, made.bundles["own"].parts["ref"]
    cases.add_participant(worker, id=new_id(), case_ref=ref, person=told, part=Part.OTHER, now=clock.now())
    return made


@pytest.fixture
def page(world):
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = world.tokens["social_worker"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def ref(world):
    return world.bundles["own"].parts["ref"]


def sent(page, path="/search/", **told):
    return page.post(path, {"key": str(new_id()), **told})


def text(answer) -> str:
    return answer.content.decode()


def test_from_a_case_one_button_carries_the_case_and_only_the_words_are_asked(page, ref):
    assert f'name="case" value="{ref}"' in text(page.get(f"/cases/{ref}/"))
    first = text(page.post("/search/", {"case": ref}))
    assert f"For the case {show_ref(ref)}" in first
    assert 'name="why"' not in first
    assert not SearchMade.objects.exists(), "nothing was looked for yet"
    found = text(sent(page, case=ref, words="Тологонова"))
    assert f'href="/cases/{ref}/"' in found
    assert "Төлөгөнова Айсулуу" in found
    assert SearchMade.objects.get().why == "case"


def test_from_a_duty_the_duty_is_carried(page, world):
    duty = Duty.objects.get(pk=world.bundles["own"].parts["duty_id"])
    assert f'name="from_duty" value="{duty.pk}"' in text(page.get(reverse("duties:finish", args=[duty.pk])))
    assert "For the duty" in text(page.post("/search/", {"from_duty": str(duty.pk)}))
    assert sent(page, from_duty=str(duty.pk), words="Тологонова").status_code == 200
    assert SearchMade.objects.get().duty == duty.pk


def test_from_the_top_of_a_page_a_code_leads_to_the_case_and_a_name_is_asked_what_for(page, ref):
    assert page.post("/search/", {"words": show_ref(ref).lower()})["Location"] == f"/cases/{ref}/"
    asked = text(page.post("/search/", {"words": "Тологонова"}))
    assert 'value="Тологонова"' in asked
    assert 'name="why"' in asked
    assert 'class="errors"' not in asked
    assert not SearchMade.objects.exists()


def test_without_a_purpose_or_its_reason_nothing_is_looked_for(page):
    for told in ({}, {"why": "reason"}, {"why": "duty"}, {"why": "duty", "duty": str(new_id())}, {"why": "no"}):
        assert 'class="errors"' in text(sent(page, words="Тологонова", **told))
    assert not SearchMade.objects.exists()
    assert "Төлөгөнова" in text(sent(page, words="Тологонова", why="reason", reason="Туугандары издеп келди"))


def test_an_own_duty_can_be_chosen(page):
    choices = re.findall(r'<option value="([0-9a-f-]{36})"', text(page.get("/search/")))
    assert sent(page, words="Тологонова", why="duty", duty=choices[0]).status_code == 200
    assert str(SearchMade.objects.get().duty) == choices[0]


def test_in_an_emergency_the_hits_come_at_once_and_the_reason_after(page):
    found = text(sent(page, words="Тологонова", why="emergency"))
    made = SearchMade.objects.get()
    assert "Төлөгөнова" in found
    assert f"/search/made/{made.pk}/" in found
    assert "Write why you searched in an emergency" in text(page.get("/"))
    assert sent(page, f"/search/made/{made.pk}/", reason="").status_code == 200
    answer = sent(page, f"/search/made/{made.pk}/", reason="Үйүнөн качып чыкты")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert SearchReason.objects.filter(search=made).exists()
    assert "Write why you searched in an emergency" not in text(page.get("/"))


@pytest.mark.parametrize("relation", ["foreign", "walled"])
def test_a_case_one_may_not_know_of_is_not_there_as_a_purpose_either(page, world, relation):
    hidden, nowhere = world.bundles[relation].parts["ref"], "ZZZZZZZZZZ"
    answers = [page.post("/search/", {"case": one}) for one in (hidden, nowhere)]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_when_the_budget_is_spent_the_page_says_why_until_when_and_who_can_give_more(page, world, ref, monkeypatch):
    numbers = dated.Limits(date(2020, 1, 1), 1, 5, 1, timedelta(hours=24))
    monkeypatch.setattr(dated, "_all", lambda: (numbers,))
    assert "1 search left today" in text(page.get("/search/"))
    sent(page, case=ref, words="Тологонова")
    spent = text(sent(page, case=ref, words="Тологонова"))
    assert 'class="errors"' in spent
    assert "An internal rule, not law" in spent
    assert "can give you 5 more for today" in spent or "Nobody leads above your post" in spent
    assert "If somebody is in danger now" in spent
    assert "Төлөгөнова Айсулуу" not in spent
    if "Ask for more" in spent:
        assert sent(page, "/search/more/").status_code == 302
        assert "Your head was asked" in text(page.get("/search/"))
        ask = SearchAsk.objects.get()
        lead = Duty.objects.get(kind="people.more_searches").assignee_id
        role = next(role for role, member in world.members.items() if member.actor.post_id == lead)
        client = Client()
        client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert "A yes gives 5 more" in text(client.get(f"/search/more/{ask.pk}/"))
        assert sent(client, f"/search/more/{ask.pk}/", more="yes").status_code == 302
        assert "4 searches left today" in text(page.get("/search/"))


def test_what_was_searched_for_is_seen_by_whoever_did_and_whoever_leads(page, world):
    sent(page, words="Тологонова", why="emergency")
    shown = text(page.get("/search/made/"))
    assert "in an emergency" in shown
    assert "why is not written" in shown
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = world.tokens["police_inspector"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Nobody searched" in text(client.get("/search/made/"))
