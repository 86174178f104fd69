import pytest
from django.test import RequestFactory

from kalka.cases.models import StageChange
from kalka.closure import views
from kalka.closure.tests.factories import AFTER, WORD, done, planned, world
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return done(world())


def ask(view, actor, *args, told=None, now=AFTER):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, "en"
    return view(request, *args)


def closing(**more):
    return {"key": str(new_id()), "reason": "safe", "word": WORD, **more}


def test_what_blocks_is_listed_with_the_place_where_it_is_done(at):
    duty = planned(at.case, at.worker, due_at=None, kind="notice.social_service")
    text = ask(views.close, at.worker, at.case.ref).content.decode()
    assert f'href="/duties/{duty.pk}/done/"' in text
    assert "<textarea" not in text


def test_a_case_is_closed_and_opened_again(at):
    told = closing()
    for _ in range(2):
        answer = ask(views.close, at.worker, at.case.ref, told=told)
        assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/")
    assert StageChange.objects.filter(stage="closed").count() == 1
    assert ask(views.close, at.worker, at.case.ref).status_code == 302, "there is nothing left to close"
    assert ask(views.reopen, at.worker, at.case.ref).status_code == 200
    again = ask(views.reopen, at.worker, at.case.ref, told=closing(reason="asked"))
    assert again.status_code == 302
    assert StageChange.objects.latest("number").stage == "open"
    assert ask(views.reopen, at.worker, at.case.ref).status_code == 302


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "reconciliation"}, {"word": "аз"}, {"word": "ө" * 2001}])
def test_what_is_wrong_is_said_beside_its_field_and_the_words_stay(at, wrong):
    page = ask(views.close, at.worker, at.case.ref, told=closing(**wrong))
    text = page.content.decode()
    assert (page.status_code, StageChange.objects.filter(stage="closed").count()) == (200, 0)
    assert "field--bad" in text
    assert (wrong.get("word") or WORD) in text


def test_what_opened_meanwhile_is_said_and_the_words_stay(at):
    planned(at.case, at.worker, due_at=None, kind="notice.social_service")
    text = ask(views.close, at.worker, at.case.ref, told=closing()).content.decode()
    assert 'class="errors"' in text
    assert WORD in text


def test_what_may_not_be_seen_is_not_found(at):
    for view in (views.close, views.reopen):
        for ref in (at.case.ref, "0000000000"):
            with pytest.raises(AccessDenied):
                ask(view, at.stranger, ref)
