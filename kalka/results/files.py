"""Results as files for a conference: a spreadsheet, a paper for a word processor, a PDF. The same figures in each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.papers import docx, printing
from kalka.results import shown
from kalka.results.info import Results
from kalka.results.shown import Section
from kalka.sheets.writing import Table, Value, xlsx_bytes
from kalka.ui import writing

OWN = "R"  # papers of results carry no number of a case


@dataclass(frozen=True, slots=True)
class Kind:
    type: str
    make: Callable[..., bytes]


def name(found: Results) -> str:
    """Codes and days alone."""
    return f"results-{found.span.first:%Y%m%d}-{found.span.last:%Y%m%d}"


def as_xlsx(found: Results, *, now: datetime) -> bytes:
    """One row a figure, and below it its divisions: every row says its unit, stage and period."""
    headings = (
        _("Figure"),
        _("What"),
        _("Divided by"),
        _("Unit"),
        _("Stage"),
        _("Period"),
        _("Of which"),
        _("Taken on"),
    )
    rows: list[tuple[Value, ...]] = []
    for section in shown.sections(found, SYSTEM):
        for one in section.shown:
            passport = (one.unit, one.stage, shown.period(found), found.scope_title, day_of(now))
            rows.append((_cell(one.number), one.title, "", *passport))
            for split in one.splits:
                rows += [(_cell(said), one.title, title, *passport) for said, title in split.parts]
    for line in shown.lines(found):
        for said, title in zip(line.figures, _columns(), strict=True):
            place = (shown.period(found), f"{line.name}, {line.oblast}", day_of(now))
            rows.append((_cell(said), title, "", "", "", *place))
    return xlsx_bytes(Table(_("Results"), headings, rows))


def as_docx(found: Results, *, now: datetime) -> bytes:
    parts = [docx.Part(lines=_passport(found, now)), *(_section(one) for one in shown.sections(found, SYSTEM))]
    if found.lines:
        rows = [(line.name, line.oblast, *line.figures) for line in shown.lines(found)]
        rows.append((_("All"), "", *shown.totals(found)))
        parts.append(docx.Part(_("By committee"), head=(_("Committee"), _("Oblast"), *_columns()), rows=rows))
    parts.append(docx.Part(lines=(hidden_words(),)))
    paper = docx.Paper(title=title(), code=name(found), parts=parts)
    return docx.render(paper, _lang(), now=now)


def as_pdf(found: Results, *, now: datetime) -> bytes:
    """Three lists that stand beside each other line by line; a heading has no number."""
    numbers, whats, notes = list[str](), list[str](), list[str]()
    for section in shown.sections(found, SYSTEM):
        _append(section, numbers, whats, notes)
    lines = shown.lines(found)
    data = {
        "code": name(found),
        "heading": title(),
        "passport": list(_passport(found, now)),
        "numbers": numbers,
        "whats": whats,
        "notes": notes,
        "columns": [_("Committee"), *_columns()] if lines else [],
        "cells": [cell for line in lines for cell in (f"{line.name}, {line.oblast}", *line.figures)],
        "foot": hidden_words(),
    }
    return printing.render("results", _lang(), data, now=now)


KINDS = {
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "docx": Kind(docx.TYPE, as_docx),
    "pdf": Kind("application/pdf", as_pdf),
}


def title() -> str:
    return _("What the local committees did")


def hidden_words() -> str:
    return _(
        "Where “hidden” stands there are fewer than five families, or the figure could be worked out from others:"
        " so that no family is recognised."
    )


def _append(section: Section, numbers: list[str], whats: list[str], notes: list[str]) -> None:
    numbers.append("")
    whats.append(section.title)
    notes.append("")
    for one in section.shown:
        numbers.append(one.number)
        whats.append(one.title)
        parts = ["; ".join(f"{title}: {said}" for said, title in split.parts) for split in one.splits]
        notes.append("\n".join([f"{one.unit}, {one.stage}", *parts]))


def _section(section: Section) -> docx.Part:
    rows = []
    for one in section.shown:
        rows.append((one.number, one.title, one.unit, one.stage))
        rows += [(said, title, "", "") for split in one.splits for said, title in split.parts]
    return docx.Part(section.title, head=(_("Figure"), _("What"), _("Unit"), _("Stage")), rows=rows)


def _passport(found: Results, now: datetime) -> tuple[str, ...]:
    return (
        _("Of which: {scope}").format(scope=found.scope_title),
        _("Period: {period}").format(period=shown.period(found)),
        _("Taken on {day} from what was written down in Kalka.").format(day=writing.day(day_of(now))),
    )


def _columns() -> tuple[str, ...]:
    return (_("Members"), _("Sittings on violence"), _("Families"))


def _cell(said: str) -> Value:
    """A number where it is one, so that a spreadsheet adds it; a bound stays as its source gave it."""
    plain = "".join(said.split()).replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() else said


def _lang() -> str:
    return (get_language() or "ky")[:2]
