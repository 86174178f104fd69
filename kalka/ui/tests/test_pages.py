"""The frames of the pages, and rules that hold for every template in the tree."""

import re
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

import kalka
from kalka.core.clock import BISHKEK
from kalka.ui import bundle, problems

pytestmark = [pytest.mark.urls("kalka.ui.tests.urls")]

TREE = Path(kalka.__file__).parent
TEMPLATES = sorted(TREE.glob("*/templates/**/*.html"))
SYMBOLS = set(re.findall(r'symbol id="([\w-]+)"', (bundle.ASSETS / "icons.svg").read_text("utf-8")))
NAV = [SimpleNamespace(url="/", icon="today", label="Today", current=True, count=3)]


@pytest.fixture(autouse=True)
def _plain_context(settings: Any) -> None:
    """Without what the desk adds to every page."""
    options = {**settings.TEMPLATES[0]["OPTIONS"]}
    options["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]


def page(source: str, *, language: str = "en", finds: bool = True) -> str:
    request = RequestFactory().get("/report?page=2")
    request.actor = SimpleNamespace(user_id=1)  # type: ignore[attr-defined]  # set by middleware
    request.now = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK)  # type: ignore[attr-defined]  # set by middleware
    request.post_label, request.person_name = "Inspector\nАк-Жар", "Б. Асанов"  # type: ignore[attr-defined]  # set by middleware
    context = {"nav": NAV, "finds": finds, "LANGUAGE_CODE": language, "LANGUAGES": settings.LANGUAGES}
    with override(language):
        return engines["django"].from_string(source).render(context, request)


@pytest.mark.parametrize("name", ["base", "task", "door", "portal_base", "print"])
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_frame_is_a_whole_page(name: str, language: str) -> None:
    html = page(f"{{% extends 'ui/{name}.html' %}}{{% block main %}}<p>here</p>{{% endblock %}}", language=language)
    assert html.startswith(f'<!doctype html>\n<html lang="{language}">')
    assert "<p>here</p>" in html and '<main id="main"' in html or "<main" in html
    assert html.count("<main") == html.count("</main>") == 1


def test_the_frame_of_the_staff_has_a_way_past_itself() -> None:
    html = page("{% extends 'ui/base.html' %}")
    assert html.index('class="skip" href="#main"') < html.index("<header")
    assert '<span class="count">3<span class="vh"> overdue</span></span>' in html
    assert "Inspector<br>Ак-Жар" in html


def test_the_words_of_a_search_never_stand_in_an_address() -> None:
    assert 'class="find" role="search" method="post"' in page("{% extends 'ui/base.html' %}")
    assert 'role="search"' not in page("{% extends 'ui/base.html' %}", finds=False)


def test_the_language_buttons_of_a_task_send_its_form_along() -> None:
    html = page("{% extends 'ui/task.html' %}")
    assert '<input type="hidden" name="next" value="/report?page=2" form="task">' in html
    assert 'name="to_language" value="ru" lang="ru" aria-label="Русский" form="task" formaction="/language"' in html
    plain = page("{% extends 'ui/base.html' %}")
    assert '<form class="languages" method="post" action="/language">' in plain
    assert 'value="en"' not in plain


def test_the_public_frame_tells_nothing_over_a_shoulder() -> None:
    html = page("{% extends 'ui/portal_base.html' %}")
    head = html[: html.index("<body>")]
    assert "<title>Information</title>" in head
    assert 'href="/static/portal-icon.svg"' in head
    assert not re.search(r"kalka|violence|зомбулук", head, re.IGNORECASE)
    assert html.index('id="leave"') < html.index("<main")


@pytest.mark.parametrize("status", sorted(problems.WORDS))
def test_a_problem_page_repeats_nothing_and_is_always_the_same(status: int) -> None:
    with override("ky"):
        first, second = problems.problem(status), problems.problem(status)
    assert first.status_code == status
    assert first.content == second.content
    assert b"csrf" not in first.content and b"<form" not in first.content and b"<script" not in first.content
    assert first["Cache-Control"] == "no-store"


def test_the_problem_pages_are_the_handlers_of_django() -> None:
    request = RequestFactory().get("/cases/АЙНУРА/")
    answers = [
        problems.bad_request(request, ValueError()),
        problems.forbidden(request, ValueError()),
        problems.not_found(request, ValueError()),
        problems.server_error(request),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 404, 500]
    assert not any("АЙНУРА" in answer.content.decode() for answer in answers)


# Printed from a file by the console, never served: it has nothing to fetch a style from.
ON_PAPER = {"custody/templates/custody/part.html"}


def named(path: Path) -> str:
    return path.relative_to(TREE).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_short_and_holds_neither_style_nor_script(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 60
    source = source if named(path) not in ON_PAPER else re.sub(r"<style>.*?</style>", "", source, flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"\|safe\b|autoescape off", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_icon_a_template_asks_for_exists(path: Path) -> None:
    asked = re.findall(r'{% icon "([\w-]+)" %}', path.read_text("utf-8"))
    assert {f"i-{name}" for name in asked} <= SYMBOLS


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_the_form_of_a_task_can_be_sent_along_with_a_change_of_language(path: Path) -> None:
    source = path.read_text("utf-8")
    if '{% extends "ui/task.html" %}' in source and "<form" in source:
        assert source.count('id="task"') == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_can_be_read(path: Path) -> None:
    inside = path.parts[path.parts.index("templates") + 1 :]
    engines["django"].get_template("/".join(inside))
