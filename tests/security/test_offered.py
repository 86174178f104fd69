"""A whole journey written by somebody who attacks every field: each form ten times, with more than it asks for."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from config.policy import POLICY
from kalka.accounts.models import User
from kalka.vault import keys
from tests.security import flow, installed, offered
from tests.security.offered import CORPUS, OTHERS, TAG, Attacks, Stubborn
from tests.security.test_bad_input import rows

pytestmark = pytest.mark.both


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ours: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.ours += [f"<{tag}>"] if tag == TAG or tag in {"iframe", "marquee", "object", "embed", "base"} else []
        self.ours += [f"<{tag} {name}>" for name in names if name.startswith("on") or name in {"srcdoc", "style"}]
        leads = [value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}]
        self.ours += [value for value in leads if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)]


CLAIMED = offered.CLAIMED["subject_id"]


class Kept:
    """Not on the class of the tests: Django would copy it for each of them."""

    walk: Stubborn
    parts: dict[str, Any]


class Offered(TestCase):
    walk: Stubborn
    parts: dict[str, Any]

    @classmethod
    def setUpTestData(cls) -> None:
        keys.forget()
        keys.ensure_keks()
        walk = Stubborn(flow.begin().members, marker=Attacks(), rows=rows)
        report = flow.reports(walk)
        ref = flow.people(walk, report)
        flow.happened(walk, ref)
        flow.protection(walk, ref)
        flow.lines(walk)
        Kept.walk, Kept.parts = walk, installed.parts(ref)

    def setUp(self) -> None:
        keys.forget()
        self.walk, self.parts = Kept.walk, Kept.parts
        self.walk.clients.clear()

    def test_requirement_64_each_form_sent_ten_times_is_one(self) -> None:
        assert self.walk.changed == []
        assert self.walk.sent > 25

    def test_requirement_18_what_a_form_does_not_ask_for_changes_nothing(self) -> None:
        """Whose it is, of which file, and when it was written down are never taken from a form."""
        wrong = []
        for model in apps.get_models():
            names = {one.name for one in model._meta.concrete_fields}
            for name in names & {"author_id", "post_id", "actor_id", "user_id"}:
                if model._default_manager.filter(**{name: OTHERS}).exists():
                    wrong.append(f"{model._meta.label}.{name}")
            if "subject_id" in names and model._default_manager.filter(subject_id=CLAIMED).exists():
                wrong.append(f"{model._meta.label}.subject_id")
            for name in names & {"recorded_at", "opened_on"}:
                if model._default_manager.filter(**{f"{name}__year__lt": 2000}).exists():
                    wrong.append(f"{model._meta.label}.{name}")
        assert wrong == []

    def test_requirement_43_nothing_written_becomes_a_part_of_a_page(self) -> None:
        wrong, looked, met = [], 0, 0
        for name, wanted in installed.ADDRESSES:
            rule = POLICY[name]
            if "GET" not in rule.methods or name.startswith("api:") or not set(wanted) <= self.parts.keys():
                continue
            path = reverse(name, kwargs={part: self.parts[part] for part in wanted})
            for login in installed.readers(rule, "GET", self.walk):
                answer = self.walk.be(login).client.get(path)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    text, looked = answer.content.decode(), looked + 1
                    met += TAG in text
                    wrong += [f"{name} as {login}: {found}" for found in Page(text).ours]
        assert wrong == []
        assert looked > 100 and met > 15  # pages on which what was written stands

    def test_requirement_43_nothing_written_becomes_a_formula_in_a_file(self) -> None:
        tried = 0
        for path in ("/cases.csv", "/orders.csv", "/reports.csv", "/figures/all.csv"):
            for login in self.walk.members:
                answer = self.walk.be(login).client.get(path)
                if answer.status_code != 200 or not answer["Content-Type"].startswith("text/csv"):
                    continue
                tried += 1
                text = b"".join(answer.streaming_content).decode("utf-8-sig")
                cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
                assert [cell for cell in cells if re.match(r"\s*[=+@＝]|\s*-\D", cell) and TAG in cell] == []
        assert tried > 0

    def test_requirement_43_and_47_no_message_holds_a_word_of_it(self) -> None:
        assert [one for one in mail.outbox if TAG in f"{one.subject}{one.body}"] == []
        assert [path for path in self.walk.seen if TAG in path] == []


def test_there_are_five_hundred_ways_to_try() -> None:
    assert len(set(CORPUS)) > 500
    assert [
        one for one in offered.SHAPES if not Page(f'<p title="{one}">{one}</p><textarea>{one}</textarea>').ours
    ] == []


def test_requirement_23_there_is_no_superuser_and_no_second_door(settings) -> None:
    assert not {name for name in settings.INSTALLED_APPS if name.startswith("django.contrib.")} - {
        "django.contrib.staticfiles"
    }
    assert not {"is_superuser", "is_staff"} & {one.name for one in User._meta.get_fields()}
    assert {Client().get(path).status_code for path in ("/admin/", "/admin/login/", "/superuser/")} <= {302, 404}
    assert [name for name, _ in installed.ADDRESSES if "admin" in name.split(":")[0]] == []
