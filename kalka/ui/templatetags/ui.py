"""The components of every page. The markup of each is a small template in `ui/parts/`; the smallest, which stand in
every row of a list, are written here."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kalka.core import clock, refs
from kalka.ui import levels, shown, writing
from kalka.ui.text import StrOrPromise

register = template.Library()

_NOTICE_ICONS = {"care": "warn", "danger": "warn", "done": "done", "": "info"}


# Small things


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word, never instead of it."""
    return _icon(name)


@register.simple_tag
def mark(css: str = "brand__mark", symbol: str = "mark") -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, _icons(), symbol)


@register.simple_tag
def level(code: str, title: StrOrPromise = "", *, big: bool = False) -> SafeString:
    """A risk level by shape and word. `code` is a shape, a position in its edition ("3/4") or empty: not assessed."""
    shape = levels.read(code)
    return _level(shape, capfirst(str(title or levels.TITLES[shape])), _("Risk:"), big)


@register.simple_tag
def chip(words: StrOrPromise, kind: str = "", icon: str = "") -> SafeString:
    """A state in two words; kind is "", good, late, care or open (not known). Never a button."""
    css = f"chip chip--{kind}" if kind else "chip"
    return format_html('<span class="{}">{}{}</span>', css, _icon(icon) if icon else "", words)


@register.simple_tag
def norm(basis: object) -> SafeString:
    """The article a duty rests on: an object with `cite` and perhaps `url`, or the text itself. Nothing for nothing."""
    cite = getattr(basis, "cite", basis) or ""
    url = getattr(basis, "url", "")
    if callable(cite):
        cite = cite()
    if url:
        return format_html('<a class="norm" href="{}">{}</a>', url, cite)
    return format_html('<span class="norm">{}</span>', cite) if cite else SafeString("")


@register.simple_block_tag
def notice(content: SafeString, title: StrOrPromise, kind: str = "", icon: str = "") -> SafeString:
    """After an action or before a danger, at the top of what it is about. kind: "", care, danger or done."""
    return _render(
        "ui/parts/notice.html",
        {"content": content, "title": title, "kind": kind, "icon": icon or _NOTICE_ICONS.get(kind, "info")},
    )


@register.inclusion_tag("ui/parts/status.html")
def status(words: StrOrPromise, icon: str = "info") -> dict[str, object]:
    return {"words": words, "icon": icon}


# Forms


@register.inclusion_tag("ui/parts/errors.html")
def errors(form: BaseForm, heading: int = 2) -> dict[str, object]:
    """The summary of what to mend, each line leading to its field; empty when there is nothing."""
    return {"lines": shown.error_lines(form), "heading": heading}


@register.inclusion_tag("ui/parts/hidden.html")
def hidden(form: BaseForm) -> dict[str, object]:
    """The hidden fields of a form and its token: the first line inside every `<form>`."""
    return {"form": form}


@register.simple_tag
def field(bound: BoundField | str, *, big: bool = False, hint: StrOrPromise = "") -> SafeString:
    """Any bound field: label or legend, hint, error, control, and the questions its answers bring up."""
    if not isinstance(bound, BoundField):
        return SafeString("")
    return _render("ui/parts/field.html", shown.field_context(bound, big=big, hint=hint))


# Duties, time, figures


@register.inclusion_tag("ui/parts/duty.html")
def duty_row(duty: object, now: datetime | None = None) -> dict[str, object]:
    """One duty of a list: `due` (or `due_at`; None = the law sets no term), `title`, `url`, `ref`, `level`,
    `level_title`, `basis`, `action`, `action_url`. What the object does not have is left out. A late duty carries
    the plain button."""
    return shown.duty_context(duty, now or clock.now())


@register.simple_block_tag
def time_item(
    content: SafeString,
    what: StrOrPromise,
    when: StrOrPromise = "",
    *,
    icon: str = "info",
    who: StrOrPromise = "",
    **kinds: bool,
) -> SafeString:
    """One entry of a case's time. Kinds: `next` (above today), `key` (changes the case), `alarm`."""
    context = {"content": SafeString(content.strip()), "what": what, "when": when, "icon": icon, "who": who, **kinds}
    return _render("ui/parts/time_item.html", context)


@register.inclusion_tag("ui/parts/time_now.html")
def time_now(now: datetime) -> dict[str, object]:
    """Today, between what is next and what has been."""
    return {"now": now}


@register.simple_block_tag
def glance(content: SafeString, title: StrOrPromise) -> SafeString:
    """One part of the quiet card of a case: at most three, no fourth thing."""
    return format_html("<div>\n<h2>{}</h2>\n{}</div>", title, content)


@register.inclusion_tag("ui/parts/span.html")
def span(first: date, last: date, now: datetime) -> dict[str, object]:
    """Days left of a period, and how much of it has passed."""
    whole = (last - first).days or 1
    passed = min(max((clock.day_of(now) - first).days, 0), whole)
    # The number stands out wherever the language puts it.
    pieces = re.split(r"(\d+)", writing.left(last, now))
    return {"first": first, "last": last, "pieces": pieces, "per_cent": round(100 * passed / whole)}


@register.simple_block_tag
def empty(content: SafeString, title: StrOrPromise, action: StrOrPromise = "", url: str = "") -> SafeString:
    """Nothing here yet: what to do next, and one button for it."""
    return _render("ui/parts/empty.html", {"content": content, "title": title, "action": action, "url": url})


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[object], label: StrOrPromise) -> dict[str, object]:
    """Each state at its own address: items with `url`, `label`, `count`, `current`."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/pages.html")
def pages(previous: str = "", following: str = "", shown: StrOrPromise = "") -> dict[str, object]:
    """The way through a long list by address: the page before, the page after, and what is shown in between."""
    return {"previous": previous, "following": following, "shown": shown}


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: StrOrPromise, ident: str = "progress") -> dict[str, object]:
    """Long work: how far it is. Beside it the page says that it may be left."""
    share = round(100 * done / total) if total else 0
    return {"done": done, "total": total, "share": min(max(share, 0), 100), "label": label, "ident": ident}


@register.inclusion_tag("ui/parts/passport.html")
def passport(
    unit: StrOrPromise, stage: StrOrPromise, agency: StrOrPromise, period: StrOrPromise, places: StrOrPromise
) -> dict[str, object]:
    """What a figure is: unit, stage, agency, period, territories. A figure never stands without it."""
    pairs = (
        (_("Unit"), unit),
        (_("Stage"), stage),
        (_("Agency"), agency),
        (_("Period"), period),
        (_("Territories"), places),
    )
    return {"pairs": pairs}


# Dates and numbers, as people write them

register.filter("day", writing.day, expects_localtime=True)
register.filter("day_short", writing.day_short, expects_localtime=True)
register.filter("weekday", writing.weekday)
register.filter("month", writing.month)
register.filter("clock", writing.clock_time)
register.filter("number", writing.number)
register.filter("per_cent", writing.per_cent)
register.filter("code", refs.show_ref)


@register.filter
def moment(value: date | None, now: datetime | None = None) -> str:
    return writing.moment(value, now or clock.now()) if value else ""


@register.filter
def near(value: date | None, now: datetime | None = None) -> str:
    return writing.near(value, now or clock.now()) if value else ""


@register.filter
def late(due: date | None, now: datetime | None = None) -> str:
    return writing.late(due, now or clock.now()) if due else ""


@register.filter
def left(due: date | None, now: datetime | None = None) -> str:
    return writing.left(due, now or clock.now()) if due else ""


@register.simple_tag
def days(first: date, last: date) -> str:
    return writing.days(first, last)


@cache
def _icons() -> str:
    return static("icons.svg")


@cache
def _icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', _icons(), name)


# A page of fifty rows asks for the same five levels; they are written once.
@lru_cache(maxsize=256)
def _level(shape: str, title: str, spoken: str, big: bool) -> SafeString:
    return format_html(
        '<span class="level level--{}{}"><svg class="level__shape" aria-hidden="true"><use href="{}#l-{}"/></svg>'
        '<span class="vh">{} </span>{}</span>',
        shape,
        " level--big" if big else "",
        _icons(),
        shape,
        spoken,
        title,
    )


def _render(name: str, context: dict[str, Any]) -> SafeString:
    return SafeString(get_template(name).render(context))
