"""Rows to the bytes of a spreadsheet, in memory only. Nothing a person wrote can become a formula."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from kalka.core.errors import DomainError
from kalka.sheets.cells import MAX_TEXT
from kalka.sheets.table import Column

if TYPE_CHECKING:  # many megabytes, for the few who ask for a workbook
    import xlsxwriter

Value = str | int | float | Decimal | bool | date | datetime | None

_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_EPOCH = datetime(2000, 1, 1)  # a file says nothing of when it was made
_DANGER = re.compile(r"'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]")  # the last four: full width
_BEGINS = frozenset("'=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_TEMPLATE_ROWS = 2_000
_LIST_LIMIT = 255  # letters a drop-down may hold in all


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def guarded(text: str) -> str:
    """An apostrophe before what a spreadsheet program would compute. `unguarded` takes exactly it away again."""
    return f"'{text}" if text[:1] in _BEGINS and _DANGER.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _DANGER.match(text) else text


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with a mark, so that spreadsheet programs read Kyrgyz; every text guarded, numbers left as numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (table.headings, *table.rows):
        writer.writerow([plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: Table) -> bytes:
    """Refuses a text no cell can hold."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet(_sheet_name(table.title))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(table.headings):
            sheet.write_string(0, at, heading, bold)
            sheet.set_column(at, at, max(12, min(48, len(heading) + 2)))
        for number, row in enumerate(table.rows, start=1):
            for at, value in enumerate(row):
                _write(sheet, number, at, value, day=day, moment=moment)
    return out.getvalue()


def template(columns: Sequence[Column], *, lang: str, title: str) -> bytes:
    """An empty sheet to fill in: every cell text, so that no code becomes a number; choices as drop-downs."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet(_sheet_name(title))
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            heading = column.title(lang) + (" *" if column.required else "")
            sheet.set_column(at, at, max(14, min(48, len(heading) + 2)), as_text)
            sheet.write_string(0, at, heading, bold)
            if choices := _choices(column, lang):
                sheet.data_validation(1, at, _TEMPLATE_ROWS, at, {"validate": "list", "source": choices})
    return out.getvalue()


def _choices(column: Column, lang: str) -> list[str]:
    titles = [titles.get(lang) or code for code, titles in column.options.items()]
    fits = len(",".join(titles)) <= _LIST_LIMIT and not any("," in title for title in titles)
    return titles if fits else []


def plain(value: Value) -> str | int | float | Decimal:
    """As it stands in a CSV: days as 2026-10-01, moments in the time of the place, texts guarded."""
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _write(
    sheet: "xlsxwriter.worksheet.Worksheet", row: int, at: int, value: Value, **formats: "xlsxwriter.format.Format"
) -> None:
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise DomainError("sheets.cell_too_long", most=MAX_TEXT)
        sheet.write_string(row, at, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, at, _local(value), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, formats["day"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif value is not None:
        sheet.write_number(row, at, value)


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "1"
