"""What the components write. Exact, because every page is made of them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.utils.translation import override

from kalka.core.clock import BISHKEK
from kalka.ui import forms as ui
from kalka.ui import levels
from kalka.ui.tests.factories import filled

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK)


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def written(source: str, **context: object) -> str:
    """The HTML of a piece of template, with runs of white space made one."""
    html = engines["django"].from_string("{% load ui %}" + source).render({"now": NOW, **context})
    return re.sub(r"\s+", " ", html.replace("\u00a0", " ")).strip()


@dataclass(frozen=True)
class Article:
    cite: str
    url: str = ""


@dataclass(frozen=True)
class Duty:
    due: date | None
    title: str = "Visit"
    url: str = "/cases/x/"
    ref: str = "4827-16"
    level: str = "4/4"
    level_title: str = ""
    basis: object = Article("№ 63 Мыйзам, 29-берене")
    action: str = "Write down the visit"


def test_an_icon_is_beside_a_word() -> None:
    assert written('{% icon "visit" %}Visit') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#i-visit"/></svg>Visit'
    )


def test_a_level_is_a_shape_and_a_word() -> None:
    assert written('{% level "3/4" %}') == (
        '<span class="level level--high"><svg class="level__shape" aria-hidden="true">'
        '<use href="/static/icons.svg#l-high"/></svg><span class="vh">Risk: </span>High</span>'
    )
    assert written('{% level "extreme" "Өтө жогору" big=True %}').startswith(
        '<span class="level level--extreme level--big">'
    )


def test_no_level_is_never_no_risk() -> None:
    assert written('{% level "" %}').endswith('<span class="vh">Risk: </span>Not assessed yet</span>')


@pytest.mark.parametrize(
    ("count", "shapes"),
    [
        (2, ["low", "high"]),
        (3, ["low", "medium", "high"]),
        (4, ["low", "medium", "high", "extreme"]),
        (5, ["low", "raised", "medium", "high", "extreme"]),
    ],
)
def test_the_levels_of_an_edition_have_different_shapes(count: int, shapes: list[str]) -> None:
    assert [levels.shape(position, count) for position in range(1, count + 1)] == shapes


@pytest.mark.parametrize("code", ["0/4", "5/4", "1/6", "1/1", "x/4", "critical", "1/"])
def test_a_level_of_an_unknown_scale_does_not_pretend(code: str) -> None:
    assert levels.read(code) == "other"


def test_a_norm_leads_to_its_article_when_there_is_an_address() -> None:
    assert written("{% norm basis %}", basis=Article("Law 63, 27", "/law/63")) == (
        '<a class="norm" href="/law/63">Law 63, 27</a>'
    )
    assert written("{% norm 'Internal rule' %}") == '<span class="norm">Internal rule</span>'
    assert written("{% norm none %}") == ""


def test_a_late_duty_carries_the_plain_button() -> None:
    assert written("{% duty_row duty now %}", duty=Duty(NOW - timedelta(hours=15))) == (
        '<li class="duty"> <p class="duty__due"><time class="duty__time" datetime="2026-11-22T17:40:00+06:00">17:40'
        '</time> <span class="duty__rel">yesterday, 15 hours late</span></p> <div> <h3 class="duty__what">'
        '<a href="/cases/x/">Visit</a></h3> <p class="duty__meta"><span class="code">4827-16</span>'
        '<span class="level level--extreme"><svg class="level__shape" aria-hidden="true">'
        '<use href="/static/icons.svg#l-extreme"/></svg><span class="vh">Risk: </span>Extremely high</span>'
        '<span class="norm">№ 63 Мыйзам, 29-берене</span></p> </div> <a class="btn" href="/cases/x/">'
        'Write down the visit<span class="vh">, 4827-16</span></a> </li>'
    )


def test_a_duty_in_time_carries_the_soft_button() -> None:
    assert '<a class="btn btn--soft"' in written("{% duty_row duty now %}", duty=Duty(NOW + timedelta(hours=1)))


def test_a_duty_without_a_term_in_the_law_says_so() -> None:
    row = written("{% duty_row duty now %}", duty=Duty(None))
    assert '<span class="chip chip--open">term not established in law</span>' in row
    assert "<time" not in row


def test_what_a_person_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    pieces = (
        "{% notice evil %}{{ evil }}{% endnotice %}{% chip evil %}{% norm evil %}{% level '3/4' evil %}"
        "{% time_item evil evil who=evil %}{{ evil }}{% endtime_item %}"
        "{% empty evil action=evil url=evil %}{{ evil }}{% endempty %}"
        "{% glance evil %}{{ evil }}{% endglance %}{% passport evil evil evil evil evil %}{% pages evil evil evil %}"
    )
    assert "<script" not in written(pieces, evil=evil)


def test_markup_inside_of_a_block_stays_markup() -> None:
    assert "<p>later</p>" in written('{% time_item "Call" %}<p>later</p>{% endtime_item %}')
    assert "<p>later</p>" in written('{% notice "Done" kind="done" %}<p>later</p>{% endnotice %}')


def test_the_days_left_of_an_order_stand_out() -> None:
    html = written("{% span first last now %}", first=date(2026, 11, 5), last=date(2026, 12, 5))
    assert '<p class="days"><b>12</b><span> days left</span></p>' in html
    assert 'class="span__on" width="60"' in html
    ended = written("{% span first last now %}", first=date(2026, 10, 5), last=date(2026, 11, 4))
    assert "The term has ended" in ended and 'width="100" height="4"/></svg>' in ended


# fields


class EveryField(ui.Form):
    answer = ui.Answer(label="Danger?", shows={"yes": ["count"]}, help_text="Now")
    count = ui.Count(label="How many?")
    choices = ui.Choices([("a", "A"), ("b", "B")], label="Help")
    words = ui.Words(label="Words", rows=3, limit=5)
    line = ui.Words(label="Line", required=False)
    day = ui.DayField(label="Day")
    moment = ui.MomentField(label="Moment")
    place = ui.PlaceField([("1", "Нарын")], label="Place")
    phone = ui.PhoneField(label="Phone")
    file = ui.FileField(label="File")
    tick = ui.Tick(label="She agrees")
    secret = ui.Secret(label="Password", autocomplete="current-password")


PAGE = "{% errors form %}<form>{% hidden form %}{% for one in form.questions %}{% field one %}{% endfor %}</form>"


class Reader(HTMLParser):
    """Collects what an assistive technology would follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.described: set[str] = set()
        self.links: set[str] = set()
        self.wrapped: list[bool] = []
        self.inside_label = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.ids += [known["id"]] if "id" in known else []
        self.described |= set(known.get("aria-describedby", "").split())
        if tag == "label":
            self.inside_label += 1
            self.labelled.add(known.get("for", ""))
        if tag == "a":
            self.links.add(known["href"].removeprefix("#"))
        if tag in ("input", "select", "textarea") and known.get("type") != "hidden":
            self.controls.append(known)
            self.wrapped.append(bool(self.inside_label))

    def handle_endtag(self, tag: str) -> None:
        self.inside_label -= tag == "label"


@pytest.mark.parametrize("form", [EveryField(), EveryField({"answer": "yes", "words": "ыыыыыы"})])
def test_every_control_has_its_label_and_every_error_its_control(form: EveryField) -> None:
    read = Reader(written(PAGE, form=form))
    assert len(read.ids) == len(set(read.ids))
    for control, wrapped in zip(read.controls, read.wrapped, strict=True):
        assert wrapped or control["id"] in read.labelled, control
    assert read.described <= set(read.ids)
    assert read.links <= set(read.ids)
    wrong = {name for name in form.errors if name != "key"}
    assert {f"id_{name}_error" for name in wrong} <= read.described
    assert len(read.links) == len(wrong)


def test_dependents_stand_inside_of_their_question() -> None:
    html = written("{% field form.answer %}", form=EveryField())
    assert 'value="yes" id="id_answer_0" data-shows="1"' in html
    assert '<div class="shows shows--1 stack"><div class="field"> <label class="label" for="id_count">' in html
    assert html.endswith("</fieldset>")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [({"met": "yes", "why": "ы" * 41}, True), ({"met": "yes", "why": "old"}, True), ({"met": "yes", "why": ""}, False)],
)
def test_a_text_that_comes_back_is_seen_whatever_was_chosen(typed: dict[str, str], seen: bool) -> None:
    html = written("{% field form.met %}", form=filled(**typed))
    assert ("shows--2 shows--told" in html) == seen


def test_a_plain_field_of_django_is_shown_as_well() -> None:
    from django import forms

    class Plain(forms.Form):
        name = forms.CharField(help_text="As in the passport")
        when = forms.DateField(required=False)

    html = written("{% field form.name %}{% field form.when %}", form=Plain({}))
    assert 'class="input"' in html and 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "(may be left out)" in html


def test_the_summary_says_that_nothing_was_lost() -> None:
    html = written("{% errors form %}", form=EveryField({"line": "kept"}))
    assert "All that you wrote is still here." in html
    assert 'role="alert" tabindex="-1"' in html
    assert written("{% errors form %}", form=EveryField()) == ""


def test_a_password_is_never_shown_again() -> None:
    assert "tulpar" not in written("{% field form.secret %}", form=EveryField({"secret": "tulpar"}))
