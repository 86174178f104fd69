"""The page of what is sealed to a post: words, a key, and a colleague who is asked on Today to give it on."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.core import clock, rootfile
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import handing
from kalka.directory.models import Holding
from kalka.duties.models import Duty
from kalka.strongroom import services
from kalka.strongroom.models import HeldKey, HolderKey, PostKey
from kalka.strongroom.tests.test_strongroom import OTHER_WORDS, WORDS, somebody
from kalka.vault import boxes

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PATH, ASKED = "/me/strongroom/", "waits for the key to what is sealed"


@pytest.fixture(autouse=True)
def _lighter(monkeypatch):
    monkeypatch.setattr(rootfile, "MEMORY_KIB", 64)


@pytest.fixture
def aida() -> Actor:
    services.set_recovery(SYSTEM, public=boxes.pair()[1], now=clock.now())
    return somebody("aida")


def at(actor: Actor) -> Client:
    client = Client()
    token = open_session(User.objects.get(pk=actor.user_id), stage=Stage.FULL, now=clock.now()).token
    Session.objects.filter(user_id=actor.user_id).update(post_id=actor.post_id)
    client.cookies[settings.SESSION_COOKIE] = token
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def sent(client, **told):
    return client.post(PATH, {"key": str(new_id()), **told})


def chosen(client, words=WORDS):
    return sent(client, do="choose", words=words, again=words)


def text(answer) -> str:
    return answer.content.decode()


def asked() -> list[tuple[str, int]]:
    return list(Duty.objects.standing().filter(kind="strongroom.give").values_list("kind", "assignee_id"))


def test_the_first_holder_chooses_words_and_makes_the_key_of_the_post(aida):
    page = at(aida)
    assert "First choose words of your own" in text(page.get(PATH)) and PATH in text(page.get("/me/"))
    assert chosen(page).status_code == 302 and "Your post has no key yet" in text(page.get(PATH))
    assert sent(page, do="make").status_code == 302
    assert "You can open what is sealed to your post" in text(page.get(PATH))
    assert (HeldKey.objects.count(), PostKey.objects.get().post_id, asked()) == (1, aida.post_id, [])


def test_a_new_holder_waits_and_a_present_one_is_asked_and_gives_it(aida):
    chosen(at(aida))
    sent(at(aida), do="make")
    new = somebody("cholpon", like=aida)
    assert chosen(at(new), OTHER_WORDS).status_code == 302
    assert "You wait for the key of your post" in text(at(new).get(PATH))
    assert asked() == [("strongroom.give", aida.post_id)] and ASKED in text(at(aida).get("/"))
    page = at(aida)
    assert "cholpon" in text(page.get(PATH))
    wrong = sent(page, do="give", to=str(new.user_id), words="quite other words")
    assert 'class="errors"' in text(wrong) and "quite other words" not in text(wrong) and HeldKey.objects.count() == 1
    assert sent(page, do="give", to=str(new.user_id), words=WORDS).status_code == 302
    assert HeldKey.objects.count() == 2 and asked() == []
    assert "You can open what is sealed to your post" in text(at(new).get(PATH))


def test_whoever_is_appointed_later_with_words_is_asked_for_by_the_hour_and_no_more_once_left(aida):
    chosen(at(aida))
    sent(at(aida), do="make")
    new = somebody("cholpon")
    chosen(at(new), OTHER_WORDS)
    assert handing.ask_to_give(SYSTEM, now=clock.now()) == [] == asked()
    held = Holding.objects.create(post_id=aida.post_id, user_id=new.user_id, since=date(2020, 1, 1))
    assert len(handing.ask_to_give(SYSTEM, now=clock.now())) == 1 == len(asked())
    handing.ask_to_give(SYSTEM, now=clock.now())
    assert len(asked()) == 1, "once"
    Holding.objects.filter(pk=held.pk).update(until=date(2021, 1, 1))
    handing.ask_to_give(SYSTEM, now=clock.now())
    assert asked() == []


def test_words_that_are_short_or_not_the_same_choose_nothing(aida):
    page = at(aida)
    for words, again in (("short", "short"), (WORDS, OTHER_WORDS), ("", "")):
        assert 'class="errors"' in text(sent(page, do="choose", words=words, again=again))
    assert not HolderKey.objects.exists()


def test_before_there_is_a_way_back_nothing_is_offered():
    page = at(somebody("aida"))
    assert PATH not in text(page.get("/me/"))
    shown = text(page.get(PATH))
    assert "Nothing can be sealed here yet" in shown and 'name="words"' not in shown


def test_it_asks_once_more_who_is_there(aida):
    page = at(aida)
    Session.objects.update(confirmed_at=None)
    assert chosen(page)["Location"].startswith("/me/confirm/") and not HolderKey.objects.exists()


def test_nobody_gives_what_they_have_not_and_nobody_but_the_installation_asks_for_all(aida):
    with pytest.raises(AccessDenied):
        handing.ask_to_give(aida, now=clock.now())
    stranger = Actor(
        aida.user_id, frozenset({Permission.OWN_ACCOUNT}), post_id=aida.post_id, subject_id=aida.subject_id
    )
    with pytest.raises(AccessDenied):
        handing.give_key(stranger, to_user=aida.user_id, words=WORDS, now=clock.now())
