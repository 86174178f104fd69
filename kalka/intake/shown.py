"""A report in the words of the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.directory import selectors as directory
from kalka.intake import labels, rules
from kalka.intake.rules import happened_between
from kalka.intake.selectors import ReportLine, ReportPage
from kalka.places import selectors as places
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

# A danger in two words, for a list.
CHIPS: labels.Labels = {
    "screams_now": _("Danger now"),
    "yes": _("Danger now"),
    "second_hand": _("Danger not known"),
    "unsure": _("Danger not known"),
}


@dataclass(frozen=True, slots=True)
class Line:
    report: ReportLine
    way: StrOrPromise
    place: str
    outcome: StrOrPromise
    danger: StrOrPromise
    urgent: bool


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: StrOrPromise
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """A correction or what became of the report: who, when, what."""

    at: datetime
    who: str
    what: StrOrPromise
    text: str
    to: str = ""


def line(report: ReportLine) -> Line:
    return Line(
        report=report,
        way=labels.label(labels.WAYS, report.way),
        place=places.name(report.place) if report.place else "",
        outcome=labels.label(labels.OUTCOMES, report.outcome),
        danger=CHIPS.get(report.danger, ""),
        urgent=report.danger in rules.URGENT,
    )


def page(report: ReportPage, *, lang: str) -> dict[str, Any]:
    """The context of the report's page and of every page that shows the report again."""
    told = report.told
    exact = told.get("place") or report.place
    return {
        "report": report,
        "danger": labels.label(labels.DANGERS, report.danger),
        "urgent": report.danger in rules.URGENT,
        "unsure": report.danger in ("unsure", "second_hand"),
        "way": labels.label(labels.WAYS, report.way),
        "children": labels.label(labels.ANSWERS, report.children),
        "place": places.name(exact) if exact else "",
        "happened": happened(told.get("happened") or ""),
        "needs": [
            labels.label(labels.NEEDS, code)
            for code in ("interpreter", "sign_language", "escort")
            if report.needs.get(code)
        ],
        "steps": _steps(report, lang),
    }


def happened(iso: str) -> str:
    """A day as far as it is known: 22 November 2026, November 2026, 2026."""
    if not iso:
        return ""
    first = happened_between(iso)[0]
    if len(iso) == 4:
        return writing.year(first.year)
    return writing.month(first) if len(iso) == 7 else writing.day(first)


def _steps(report: ReportPage, lang: str) -> list[Step]:
    ids = {c.post_id for c in report.corrections} | {id for t in report.triage for id in (t.post_id, t.to_post)}
    posts = directory.posts([id for id in ids if id is not None])
    names = {id: post.label(lang) for id, post in posts.items()}
    steps = [Step(c.at, names.get(c.post_id or 0, ""), _("Added"), c.text) for c in report.corrections]
    steps += [
        Step(
            t.at,
            names.get(t.post_id or 0, ""),
            labels.label(labels.OUTCOMES, t.outcome),
            t.reason,
            names.get(t.to_post or 0, ""),
        )
        for t in report.triage
    ]
    return sorted(steps, key=lambda step: step.at)
