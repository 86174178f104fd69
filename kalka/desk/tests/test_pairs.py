"""One person in two files: on the page each side says what it knows, with a reason, and may say otherwise later."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kalka.core.refs import new_id, show_ref
from kalka.people import facts
from kalka.people.models import Joining, Pair, PairWord
from tests.matrix import world as worlds

LIST = "/same/"
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def world(together):
    return worlds.build()


@pytest.fixture
def page(world):
    return at(world, "social_worker")


@pytest.fixture
def pair(world) -> Pair:
    return Pair.objects.get(pk=world.bundles["own"].parts["pair_id"])


def at(world, role: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def sent(page, pair, **told):
    seen = re.search(r'name="seen" value="(\d+)"', text(page.get(address(pair))))
    return page.post(address(pair), {"key": str(new_id()), "seen": seen[1] if seen else "", **told})


def address(pair) -> str:
    return reverse("desk:pair", args=[pair.pk])


def text(answer) -> str:
    return answer.content.decode()


def test_the_page_shows_the_own_file_what_is_the_same_and_what_may_be_said(page, world, pair):
    shown = text(page.get(address(pair)))
    ref = world.bundles["own"].parts["ref"]
    assert show_ref(ref) in shown and f'href="/cases/{ref}/"' in shown
    assert [says for says in ("same", "other", "ask") if f'value="{says}"' in shown] == ["same", "other", "ask"]
    assert 'name="named"' in shown and 'name="reason"' in shown


def test_without_a_reason_or_an_answer_nothing_is_said(page, pair):
    before = PairWord.objects.count()
    for told in ({}, {"says": "same"}, {"reason": "Документ"}, {"says": "same", "reason": "  "}):
        assert 'class="errors"' in text(sent(page, pair, **told))
    assert PairWord.objects.count() == before


def test_said_it_stands_in_the_list_with_its_reason_and_is_taken_back_the_same_way(page, pair):
    listed = text(page.get(LIST))
    assert address(pair) in listed
    answer = sent(page, pair, says="same", reason="Паспорту бирдей")
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    shown = text(page.get(address(pair)))
    assert "Паспорту бирдей" in shown
    both = set(facts.roots([pair.first_id, pair.second_id]).values())
    assert len(both) == (1 if Joining.objects.filter(pair=pair, joined=True).exists() else 2)
    assert sent(page, pair, says="other", reason="Башка аял экен").status_code == 302
    shown = text(page.get(address(pair)))
    assert "Башка аял экен" in shown and "Паспорту бирдей" in shown, "nothing that was said is lost"
    assert len(set(facts.roots([pair.first_id, pair.second_id]).values())) == 2


def test_whoever_may_not_know_of_it_is_told_that_there_is_none(page, world, pair):
    hidden = Pair.objects.get(pk=world.bundles["foreign"].parts["pair_id"])
    answers = [page.get(address(hidden)), page.post(address(hidden), {"says": "same", "reason": "x"})]
    answers.append(page.get(address(pair).replace(str(pair.pk), str(new_id()))))
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert answers[0].content == answers[2].content
