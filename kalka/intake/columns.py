"""The columns of a spreadsheet of reports, in three languages, and one row of it as a report."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalka.core.datafile import LANGUAGES
from kalka.intake import labels, rules
from kalka.intake.rules import NewReport
from kalka.sheets import cells
from kalka.sheets.cells import Cell, CellError, Options
from kalka.sheets.table import Column, SheetRow
from kalka.ui.text import StrOrPromise

YES_NO: labels.Labels = {"yes": _("Yes"), "no": _("No")}
# Heading, and what the sheet of explanations says about it.
ABOUT: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "id": (_("Row number"), _("Given by the template. Do not change it: by it the same report is known again.")),
    "told_on": (_("Told on"), _("The day somebody told it, like 07.08.2024. Must be filled in.")),
    "danger": (_("Danger now"), _("Was somebody's life in danger when it was told? Must be filled in.")),
    "what": (_("What happened"), _("In the words of the person who told. Must be filled in unless there was danger.")),
    "happened": (_("Happened on"), _("The day, or the month (11.2026), or the year alone.")),
    "when_words": (_("When, in words"), _("For example: every payday.")),
    "place": (_("Territory"), _("The code of the territory. The column must be text: a code is no number.")),
    "where": (_("Where exactly"), _("Village, street, landmark.")),
    "way": (_("How it was told"), _("Left blank: from a register on paper or in a file.")),
    "by_whom": (_("Who told"), _("Left blank: somebody else.")),
    "children": (_("Child there"), _("Was a child there? Left blank: not known.")),
    "children_count": (_("How many children"), _("Only when there was a child.")),
    "language": (_("Language"), _("In which language the person can talk.")),
    "interpreter": (_("Interpreter"), _("Is an interpreter needed?")),
    "sign_language": (_("Sign language"), _("Is sign language needed?")),
    "escort": (_("Somebody to accompany"), _("Is somebody to accompany the person needed?")),
    "phone": (_("Telephone"), _("Of the person who suffered violence, not of the one who told.")),
    "safe": (_("Safe contact"), _("When it is safe to call, and what may be said.")),
    "reporter_name": (_("Name of the person who reported"), _("Kept apart from the case.")),
    "reporter_phone": (_("Telephone of the person who reported"), _("Kept apart from the case.")),
    "reporter_note": (_("Note about the person who reported"), _("Kept apart from the case.")),
}
CHOICES: dict[str, labels.Labels] = {
    "danger": labels.DANGERS,
    "way": labels.WAYS,
    "by_whom": labels.TELLERS,
    "children": labels.ANSWERS,
    "interpreter": YES_NO,
    "sign_language": YES_NO,
    "escort": YES_NO,
}
MUST = ("id", "told_on", "danger")
_PARTS = re.compile(r"(?:(?:([0-9]{1,2})\.)?([0-9]{1,2})\.)?([0-9]{4})|([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@cache
def columns() -> tuple[Column, ...]:
    """No cell is required here: a row of the template that has only its number is no row."""
    parse = {
        "id": _row_number,
        "told_on": cells.day,
        "happened": happened,
        "place": cells.code,
        "children_count": cells.whole(1, rules.MOST_CHILDREN),
    }
    return tuple(
        Column(
            name=name,
            titles=in_three(title),
            parse=parse.get(name, cells.text),
            options=options(name),
        )
        for name, (title, _about) in ABOUT.items()
    )


def options(name: str) -> Options:
    return {code: in_three(title) for code, title in CHOICES.get(name, {}).items()}


def in_three(text: StrOrPromise) -> Mapping[str, str]:
    said = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            said[lang] = str(text)
    return said


def is_blank(row: SheetRow) -> bool:
    """Whether only the number stands in it."""
    return all(value is None for name, value in row.values.items() if name != "id")


def row_id(row: SheetRow) -> UUID:
    value = row.values["id"]
    assert isinstance(value, UUID)
    return value


def told(row: SheetRow) -> NewReport:
    day = row.day("told_on")
    assert day is not None
    return NewReport(
        danger=row.text("danger"),
        told_on=day,
        way=row.text("way") or "file",
        by_whom=row.text("by_whom") or "other",
        children=row.text("children") or "unknown",
        children_count=row.number_of("children_count"),
        interpreter=row.text("interpreter") == "yes",
        sign_language=row.text("sign_language") == "yes",
        escort=row.text("escort") == "yes",
        **{
            name: row.text(name)
            for name in ("what", "happened", "when_words", "place", "where", "language", "phone", "safe")
        },
        **{name: row.text(name) for name in ("reporter_name", "reporter_phone", "reporter_note")},
    )


def _row_number(cell: Cell) -> UUID:
    try:
        return UUID(cells.text(cell))
    except ValueError:
        raise CellError("intake.not_a_row_number") from None


def happened(cell: Cell) -> str:
    """2026, 11.2026, 22.11.2026 or a date of the spreadsheet, as ISO as far as it is known."""
    if isinstance(cell, date):
        return cells.day(cell).isoformat()
    match = _PARTS.fullmatch(cells.text(cell))
    if match is None:
        raise CellError("intake.no_such_day")
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    parts = [year or iso_year, month or iso_month, day or iso_day]
    return "-".join(part.zfill(2) for part in parts if part)
