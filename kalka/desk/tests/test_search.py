"""The search page: from a case or a duty, which is what it is for; from nowhere it asks."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kalka.cases import services as cases
from kalka.cases.models import Case, StageChange
from kalka.cases.rules import Part
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.duties.models import Duty
from kalka.people import limits as dated
from kalka.people.models import SearchAsk, SearchDay, SearchMade, SearchReason
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
    assert "You have not searched" in text(client.get("/search/made/")), "who leads nobody sees their own alone"


def test_requirement_22_with_a_case_or_a_duty_no_other_reason_is_taken(page, world, ref):
    """The file is the purpose: words beside it are not, and none are asked for."""
    duty = world.bundles["own"].parts["duty_id"]
    for told in ({"case": ref}, {"from_duty": str(duty)}):
        assert 'name="reason"' not in text(page.post("/search/", told))
        assert sent(page, words="Тологонова", why="reason", reason="Жөн эле", **told).status_code == 200
    assert list(SearchMade.objects.order_by("at").values_list("why", flat=True)) == ["case", "duty"]
    assert not SearchReason.objects.exists()


def test_requirement_22_a_closed_case_and_a_duty_that_has_ended_are_no_purpose(page, world, ref):
    parts = world.bundles["own"].parts
    case = Case.objects.get(ref=ref)
    StageChange.objects.create(
        case=case,
        number=90,
        stage="closed",
        why="safe",
        subject_id=case.subject_id,
        author_id=1,
        recorded_at=clock.now(),
    )
    Duty.objects.filter(pk=parts["duty_id"]).update(ended_at=clock.now())
    for told in ({"case": ref}, {"from_duty": str(parts["duty_id"])}):
        answer = sent(page, words="Тологонова", **told)
        assert answer.status_code == 404 or "no reason to search any more" in text(answer)
        assert "Төлөгөнова Айсулуу" not in text(answer)
    assert not SearchMade.objects.exists()


def test_requirement_22_every_search_is_in_the_record_with_its_purpose_and_without_its_words(page, world, ref):
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    sent(page, case=ref, words="Тологонова")
    sent(page, words="Тологонова", why="reason", reason="Туугандары издеп келди")
    sent(page, words="Тологонова", why="emergency")
    new = AuditEntry.objects.exclude(pk__in=before)
    who = world.members["social_worker"].actor.user_id
    made = list(new.filter(command__startswith="people.search_", kind="done").order_by("at", "id"))
    assert [(one.command, one.actor_id) for one in made] == [
        ("people.search_from_case", who),
        ("people.search_with_reason", who),
        ("people.search_in_emergency", who),
    ]
    assert new.filter(command="people.search", kind="read").count() == 3, "and whom each of them opened"
    assert not any("ологонов" in str(value) for row in new.values() for value in row.values())


def test_requirement_22_the_budget_is_of_one_person_and_of_one_day(page, world, ref, monkeypatch):
    numbers = dated.Limits(date(2020, 1, 1), 1, 5, 1, timedelta(hours=24))
    monkeypatch.setattr(dated, "_all", lambda: (numbers,))
    sent(page, case=ref, words="Тологонова")
    assert "are used up" in text(page.get("/search/"))
    other = Client()
    other.cookies[settings.SESSION_COOKIE] = world.tokens["police_inspector"]
    other.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "1 search left today" in text(other.get("/search/"))
    SearchDay.objects.update(on=clock.day_of(clock.now()) - timedelta(days=1))
    assert "1 search left today" in text(page.get("/search/"))


def test_a_reason_beside_the_words_is_asked_for_in_words_that_say_what_to_do(page):
    said = text(sent(page, words="Тологонова", why="reason", reason=" "))
    assert 'class="errors"' in said and 'href="#id_reason"' in said
    assert not SearchMade.objects.exists()
