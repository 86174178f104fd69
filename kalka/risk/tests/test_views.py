"""The way through the pages: questions, own judgement, and only then a level."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from kalka.accounts import drafts
from kalka.accounts import services as accounts
from kalka.accounts.models import Session, User
from kalka.cases.tests import factories as cases
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.risk.models import Assessment, Countersign, Judgement, NotAlone
from kalka.risk.tests.factories import FORM, HOUR, NOW, WHY, assessed, judged, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
ASKED = [code for code, item in FORM.items.items() if not item.auto_filled]


@pytest.fixture
def at():
    with time_machine.travel(NOW, tick=False):
        found = world()
        found.browser = signed_in(found, "inspector")
        yield found


def signed_in(at, who, lang="en"):
    """A browser with a running session in that post; the actor of the same name becomes who sits at it."""
    actor = getattr(at, who)
    user = accounts.create_user(ADMIN, login=who, name="Б. Асанов", password="carpet thunder", now=NOW)
    setattr(at, who, replace(actor, user_id=user.pk))
    Holding.objects.filter(post_id=actor.post_id).update(user_id=user.pk)
    token = f"token of {who}"
    Session.objects.create(
        token=sha256(token.encode()).digest(),
        user=user,
        stage="full",
        post_id=actor.post_id,
        started_at=NOW,
        seen_at=NOW,
        ends_at=NOW + 8 * HOUR,
    )
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE] = token
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    return browser


def url(name, *args):
    return reverse(f"risk:{name}", args=args)


def questions(at, ref, **said):
    """The page of the questions: after it was said that he is far and nobody listens."""
    first = {"stage": "first", "near": "no", "alone": "yes", "key": str(new_id())} | said
    return at.browser.post(url("assess", ref), first)


def answers(*marked, alone="yes", near="no", **other):
    said = dict.fromkeys(ASKED, "no") | dict.fromkeys(marked, "yes") | other
    return said | {"alone": alone, "near": near, "key": str(new_id()), "instrument": "KG-DEMO"}


def judged_by_hand(at, *marked, level="high"):
    at.browser.post(url("assess", at.case.ref), answers(*marked))
    told = {"judged": level, "reason": WHY, "key": str(new_id())}
    return at.browser.post(url("judge", at.case.ref), told)


def test_the_whole_way_without_script(at):
    ref = at.case.ref
    page = at.browser.get(url("assess", ref)).content.decode()
    assert "checked" not in page, "nothing is chosen beforehand"
    assert escape(FORM.items["KG01"].text["en"]) not in page, "first whether he is near"
    page = questions(at, ref).content.decode()
    assert "checked" not in page
    assert escape(FORM.items["KG01"].text["en"]) in page
    assert "No. 417" in page
    answer = at.browser.post(url("assess", ref), answers("KG02"))
    assert (answer.status_code, answer.url) == (302, url("judge", ref))
    assert not Judgement.objects.exists()
    assert at.browser.get(url("judge", ref)).status_code == 200
    answer = at.browser.post(url("judge", ref), {"judged": "medium", "reason": WHY, "key": str(new_id())})
    row = Judgement.objects.get()
    assert (answer.status_code, answer.url) == (302, url("result", ref, row.pk))
    page = at.browser.get(url("result", ref, row.pk)).content.decode()
    assert escape(FORM.items["KG02"].text["en"]) in page
    assert 'value="medium"' not in page, "below what the form says nothing is offered"
    answer = at.browser.post(url("result", ref, row.pk), {"level": "high", "seen": "0", "key": str(new_id())})
    assert (answer.status_code, answer.url) == (302, reverse("desk:case", args=[ref]))
    made = Assessment.objects.get()
    assert made.level == "3/4"
    assert at.browser.get(url("result", ref, row.pk)).url == url("show", ref, made.pk)


def test_no_level_is_shown_before_the_judgement_is_written(at):
    ref = at.case.ref
    unknown = at.browser.get(url("result", ref, new_id()))
    nowhere = at.browser.get(url("result", "ZZZZZZZZZZ", new_id()))
    assert (unknown.status_code, nowhere.status_code) == (404, 404)
    assert unknown.content == nowhere.content
    at.browser.post(url("assess", ref), answers("KG01", "KG02"))
    assert at.browser.get(url("result", ref, new_id())).status_code == 404
    page = at.browser.get(url("judge", ref)).content.decode()
    assert "extreme" in page, "as one of the levels to choose from"
    assert "checked" not in page
    assert not Assessment.objects.exists()


def test_anothers_judgement_is_no_page(at):
    lead = signed_in(at, "lead")
    row = judged(at.inspector, at.case)
    cases.join(at.inspector, at.case, at.lead)
    assert lead.get(url("result", at.case.ref, row.pk)).status_code == 404
    assert (
        lead.post(url("result", at.case.ref, row.pk), {"level": "high", "seen": "0", "key": str(new_id())}).status_code
        == 404
    )
    assert not Assessment.objects.exists()


def test_who_is_not_alone_stops_and_goes_on_later(at):
    ref = at.case.ref
    answer = at.browser.post(url("assess", ref), answers("KG02", alone="no"))
    assert (answer.status_code, answer.url) == (302, reverse("desk:case", args=[ref]))
    assert (NotAlone.objects.count(), Judgement.objects.count()) == (1, 0)
    page = at.browser.get(url("assess", ref)).content.decode()
    assert "You go on where you stopped" in page
    assert "checked" not in page, "whether one is alone, and he far, is asked afresh"
    assert questions(at, ref).content.decode().count("checked") == len(ASKED), "the answers are kept"
    assert at.browser.get(url("judge", ref)).url == url("assess", ref)


def test_the_first_question_must_be_answered_and_nothing_is_lost(at):
    said = {name: value for name, value in answers("KG05").items() if name != "alone"}
    page = at.browser.post(url("assess", at.case.ref), said)
    assert page.status_code == 200
    text = page.content.decode()
    assert "data-errors" in text
    assert "checked" in text, "that he is far was said"
    assert escape(FORM.items["KG05"].text["en"]) not in text
    assert questions(at, at.case.ref).content.decode().count("checked") == len(ASKED)


def test_a_draft_is_kept_taken_up_and_thrown_away(at):
    ref = at.case.ref
    kept = at.browser.post(url("draft", ref), answers("KG07"))
    assert (kept.status_code, kept.content.decode()) == (200, "Saved, 08:40")
    assert "checked" in questions(at, ref).content.decode()
    at.browser.post(url("draft", ref), {"discard": "1"})
    assert "checked" not in questions(at, ref).content.decode()


def test_without_answers_there_is_nothing_to_judge(at):
    assert at.browser.get(url("judge", at.case.ref)).url == url("assess", at.case.ref)


def test_the_same_judgement_sent_twice_is_one_and_leads_to_the_same_page(at):
    ref = at.case.ref
    at.browser.post(url("assess", ref), answers())
    told = {"judged": "low", "reason": WHY, "key": str(new_id())}
    first, second = (at.browser.post(url("judge", ref), told) for _ in range(2))
    assert first.url == second.url
    assert Judgement.objects.count() == 1


def test_the_draft_is_gone_once_the_level_is_saved(at):
    answer = judged_by_hand(at)
    at.browser.post(answer.url, {"level": "high", "seen": "0", "key": str(new_id())})
    user = User.objects.get(pk=at.inspector.user_id)
    own = Actor(user.pk, frozenset(), subject_id=user.subject_id)
    assert drafts.latest_draft(own, kind="risk.assess", now=NOW) is None


def test_a_raise_needs_a_reason_at_its_field(at):
    answer = judged_by_hand(at)
    page = at.browser.post(answer.url, {"level": "extreme", "seen": "0", "key": str(new_id())})
    assert page.status_code == 200
    assert 'id="id_raised_reason_error"' in page.content.decode()
    told = {"level": "extreme", "raised_reason": "Кайра келди", "seen": "0", "key": str(new_id())}
    assert at.browser.post(answer.url, told).status_code == 302
    assert Assessment.objects.get().level == "4/4"


def test_the_official_form_is_named_as_not_loaded_and_the_screen_can_be_chosen(at):
    page = at.browser.get(url("assess", at.case.ref)).content.decode()
    assert "KG-417" in page
    assert "text not loaded" in page
    screen = questions(at, at.case.ref, instrument="LAP").content.decode()
    assert 'name="LAP01"' in screen
    assert 'name="KG01"' not in screen


def test_a_form_that_is_not_made_for_the_case_asks_nothing(at):
    cases.add(at.inspector, at.case, relation="parent")
    page = at.browser.get(f"{url('assess', at.case.ref)}?form=LAP").content.decode()
    assert 'name="LAP01"' not in page
    assert "not made for this case" in page


def test_what_the_register_knows_is_shown_and_not_asked(at):
    cases.incident(at.inspector, at.case)
    page = questions(at, at.case.ref).content.decode()
    assert "last on" in page, "counted, with the last day"
    assert escape(FORM.items["KG16"].text["en"]) in page
    assert 'name="KG16"' not in page
    assert 'name="KG17"' in page, "what is not known here is looked up elsewhere"


def test_a_second_person_agrees_on_a_page_of_their_own(at):
    lead = signed_in(at, "lead")
    assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low")
    page = url("countersign", at.case.ref, lower.pk)
    assert at.browser.get(page).url == url("show", at.case.ref, lower.pk), "not by oneself"
    assert lead.get(page).status_code == 200
    empty = lead.post(page, {"agreed": "yes", "reason": "", "key": str(new_id())})
    assert 'id="id_reason_error"' in empty.content.decode()
    told = {"agreed": "yes", "reason": "Ал адам камакта", "key": str(new_id())}
    assert lead.post(page, told).url == reverse("desk:today")
    assert Countersign.objects.get().agreed is True


def test_the_page_for_the_court_tells_no_answer(at):
    made = assessed(at.inspector, at.case, "extreme", "KG01", "KG03", victim_suicidality="yes")
    page = at.browser.get(url("court", at.case.ref, made.pk)).content.decode()
    assert "No. 417" in page
    assert "not evidence of guilt" in page
    for item in FORM.items.values():
        assert escape(item.text["en"]) not in page
    assert "own life" not in page
    assert WHY not in page


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_every_page_is_there_in_every_language(at, lang):
    at.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    ref = at.case.ref
    first = assessed(at.inspector, at.case, "extreme", "KG03", judged="high", why="Кайра келди")
    lower = assessed(at.inspector, at.case, "low")
    row = judged(at.inspector, at.case)
    lead = signed_in(at, "lead", lang)
    at.browser.post(url("assess", ref), answers())
    pages = [url("assess", ref), url("judge", ref), url("result", ref, row.pk)]
    pages += [url(name, ref, first.pk) for name in ("show", "court")] + [url("show", ref, lower.pk)]
    for page in pages:
        answer = at.browser.get(page)
        assert (page, answer.status_code) == (page, 200)
        assert f'<html lang="{lang}">' in answer.content.decode()
        with override(lang):
            assert FORM.banner[lang] in answer.content.decode()
    assert lead.get(url("countersign", ref, lower.pk)).status_code == 200


def test_the_pages_are_not_there_for_who_may_not_or_does_not_see(at):
    made = assessed(at.inspector, at.case, "low")
    stranger = signed_in(at, "stranger")
    officer = signed_in(at, "officer")
    for browser in (stranger, officer):
        for page in (url("assess", at.case.ref), url("show", at.case.ref, made.pk), url("court", at.case.ref, made.pk)):
            assert browser.get(page).status_code == 404
