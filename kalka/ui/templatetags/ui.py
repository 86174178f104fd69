"""The components of every page. A page composes these; the markup of each is a small template in `ui/parts/`."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kalka.core import clock
from kalka.ui import levels, shown, writing
from kalka.ui.text import StrOrPromise

register = template.Library()

_NOTICE_ICONS = {"care": "warn", "danger": "warn", "done": "done", "": "info"}


# Small things


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word, never instead of it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def mark(css: str = "brand__mark", symbol: str = "mark") -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("icons.svg"), symbol)


@register.inclusion_tag("ui/parts/level.html")
def level(code: str, title: StrOrPromise = "", *, big: bool = False) -> dict[str, object]:
    """A risk level by shape and word. `code` is a shape, a position in its edition ("3/4") or empty: not assessed."""
    shape = levels.read(code)
    return {"shape": shape, "title": title or levels.TITLES[shape], "big": big}


@register.inclusion_tag("ui/parts/chip.html")
def chip(words: StrOrPromise, kind: str = "", icon: str = "") -> dict[str, object]:
    """A state in two words; kind is "", good, late, care or open (not known). Never a button."""
    return {"words": words, "kind": kind, "icon": icon}


@register.inclusion_tag("ui/parts/norm.html")
def norm(basis: object) -> dict[str, object]:
    """The article a duty rests on: an object with `cite` and perhaps `url`, or the text itself. Nothing for nothing."""
    cite = getattr(basis, "cite", basis) or ""
    return {"cite": cite() if callable(cite) else cite, "url": getattr(basis, "url", "") or ""}


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


def _render(name: str, context: dict[str, Any]) -> SafeString:
    return SafeString(get_template(name).render(context))
