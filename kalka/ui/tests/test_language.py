"""Changing the language never loses a half-filled form."""

from typing import Any

import pytest
from django.test import Client

from kalka.ui import forms as ui

pytestmark = [pytest.mark.urls("kalka.ui.tests.urls")]


class NoteForm(ui.Form):
    words = ui.Words(label="Words")


@pytest.fixture
def client(settings: Any) -> Client:
    settings.MIDDLEWARE = []
    return Client()


def test_a_page_without_a_form_is_read_again(client: Client) -> None:
    answer = client.post("/language", {"to_language": "ru", "next": "/cases/x/"})
    assert (answer.status_code, answer["Location"]) == (303, "/cases/x/")
    assert answer.cookies["kalka-lang"].value == "ru"


def test_a_half_filled_form_is_sent_on_to_its_own_page(client: Client) -> None:
    answer = client.post("/language", {"to_language": "ru", "next": "/report", "words": "Кечинде"})
    assert (answer.status_code, answer["Location"]) == (307, "/report")


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", "", "/\\elsewhere.example"])
def test_the_way_back_never_leaves_this_host(client: Client, where: str) -> None:
    assert client.post("/language", {"to_language": "ru", "next": where})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert not client.post("/language", {"to_language": "xx", "next": "/"}).cookies


def test_the_form_that_comes_along_is_shown_again_without_being_judged() -> None:
    key = "6f1c2c58-8d47-4a86-b1a9-6c8f5dfd8a11"
    form = NoteForm({"key": key, "words": "", "to_language": "ru"})
    assert not form.is_valid()
    assert form.errors == {}
    assert str(form["key"].value()) == key
    assert NoteForm({"key": key, "words": "Кечинде", "to_language": "ru"})["words"].value() == "Кечинде"
