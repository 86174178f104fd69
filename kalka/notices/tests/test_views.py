import pytest
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.notices import views
from kalka.notices.models import Chosen, Invitation, Notice
from kalka.notices.tests.test_choosing import somebody
from kalka.people.tests.factories import NOW, STRANGER, WORKER

pytestmark = pytest.mark.django_db


def ask(view, actor, person, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, person.pk)


def test_what_she_chose_is_written_down_and_nothing_of_her_is_shown():
    _file, person = somebody()
    text = ask(views.way, WORKER, person).content.decode()
    assert "700123456" not in text
    told = {"key": str(new_id()), "way": "mail", "address": "her@example.org"}
    assert ask(views.way, WORKER, person, told).status_code == 200
    assert Chosen.objects.get().way == "mail"
    wrong = ask(views.way, WORKER, person, told | {"key": str(new_id()), "address": "her"})
    assert "field--bad" in wrong.content.decode() and Chosen.objects.count() == 1


def test_a_message_is_chosen_from_the_approved_ones_and_what_became_of_it_is_shown():
    _file, person = somebody()
    text = ask(views.tell, WORKER, person).content.decode()
    assert "Жакында сизге чалабыз" in text and "700123456" not in text
    told = {"key": str(new_id()), "kind": "we_will_call"}
    assert "notice--done" not in ask(views.tell, WORKER, person, told).content.decode()
    ask(views.way, WORKER, person, {"key": str(new_id()), "way": "sms", "address": ""})
    assert ask(views.tell, WORKER, person, told | {"key": str(new_id())}).status_code == 302
    assert (Notice.objects.get().kind, Notice.objects.get().to_person_id) == ("we_will_call", person.pk)
    assert "notice--done" in ask(views.tell, WORKER, person).content.decode()


def test_a_code_for_the_bot_is_shown_once():
    _file, person = somebody()
    text = ask(views.invite, WORKER, person, {}).content.decode()
    assert 'class="code"' in text and Invitation.objects.count() == 1
    assert Invitation.objects.get().code not in text


def test_whoever_does_not_see_the_person_finds_nothing():
    _file, person = somebody()
    for view in (views.way, views.invite, views.tell):
        with pytest.raises(AccessDenied):
            ask(view, STRANGER, person, {})
