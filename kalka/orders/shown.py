"""An order in words, for its pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kalka.cases.labels import BANDS, SEXES
from kalka.core.refs import show_ref
from kalka.core.timeline import TimelineItem
from kalka.orders import labels
from kalka.orders.rules import State
from kalka.orders.selectors import Found, OrderLine, OrderPage
from kalka.orders.selectors.listing import Entry
from kalka.people.selectors import PersonRef
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    url: str  # empty: there is no page of it for whoever reads
    line: OrderLine
    state: StrOrPromise
    chip: str
    by_name: bool = False  # somebody else may be called so


@dataclass(frozen=True, slots=True)
class Happened:
    item: TimelineItem
    what: StrOrPromise
    how: StrOrPromise


def row(entry: Entry) -> Row:
    url = reverse("orders:order", args=[entry.ref, entry.line.id]) if entry.opens else ""
    return Row(show_ref(entry.ref), url, entry.line, labels.STATES[entry.line.state], labels.CHIPS[entry.line.state])


def found(one: Found) -> Row:
    url = reverse("orders:order", args=[one.ref, one.line.id]) if one.ref else ""
    code = show_ref(one.ref) if one.ref else ""
    return Row(code, url, one.line, labels.STATES[one.line.state], labels.CHIPS[one.line.state], one.by_name)


def page(page: OrderPage) -> dict[str, Any]:
    return {
        "page": page,
        "line": page.line,
        "state": labels.STATES[page.line.state],
        "chip": labels.CHIPS[page.line.state],
        "over": page.line.state in (State.EXPIRED, State.REVOKED),
        "protected": [person(one) for one in page.protected],
        "respondent": person(page.respondent) if page.respondent else "",
        "overlaps": [(reverse("orders:order", args=[one.ref, one.id]), one) for one in page.overlaps],
        "happened": [_happened(item) for item in page.timeline],
    }


def person(one: PersonRef) -> str:
    return f"{SEXES[one.sex]} · {BANDS[one.age_band]}"


def _happened(item: TimelineItem) -> Happened:
    code = str(item.facts.get("how") or item.facts.get("by") or "")
    words: labels.Labels = {
        "orders.served": labels.HOWS,
        "orders.breached": labels.BREACHES,
        "orders.revoked": labels.BY,
    }.get(item.what, {})
    return Happened(item, labels.TIMELINE[item.what], words.get(code, ""))
