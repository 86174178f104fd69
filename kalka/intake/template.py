"""The empty spreadsheet for reports: a sheet to fill in, one that explains it, one with the codes. In memory only."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from kalka.core.datafile import LANGUAGES
from kalka.core.refs import new_id
from kalka.intake import columns
from kalka.sheets.table import Column

if TYPE_CHECKING:  # many megabytes, for the few who ask for a workbook
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 500
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)  # the file says nothing of when it was made
_CODES = "codes"


def workbook(lang: str) -> bytes:
    """Headings and drop-downs in one language, explanations and codes in three. Every row has a number of its own."""
    import xlsxwriter

    out = io.BytesIO()
    with translation.override(lang), xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet(_("Reports")[:31])
        explained = book.add_worksheet(_("How to fill in")[:31])
        codes = book.add_worksheet(_CODES)
        lists = _write_codes(book, codes)
        _write_columns(book, sheet, lang, lists)
        _explain(book, explained)
    return out.getvalue()


def _write_columns(book: "Workbook", sheet: "Worksheet", lang: str, lists: dict[str, dict[str, str]]) -> None:
    bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(columns.columns()):
        sheet.set_column(at, at, 38 if column.name == "id" else max(16, min(48, len(_head(column, lang)) + 2)), as_text)
        sheet.write_string(0, at, _head(column, lang), bold)
        if column.name in lists:
            sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": lists[column.name][lang]})
    for row in range(1, ROWS + 1):
        sheet.write_string(row, 0, str(new_id()), as_text)


def _head(column: Column, lang: str) -> str:
    return column.title(lang) + (" *" if column.name in columns.MUST else "")


def _explain(book: "Workbook", sheet: "Worksheet") -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 6, 40)
    for at, lang in enumerate(LANGUAGES):
        sheet.write_string(0, 1 + 2 * at, lang, bold)
    for row, (name, (title, about)) in enumerate(columns.ABOUT.items(), start=1):
        sheet.write_string(row, 0, name, bold)
        titles, abouts = columns.in_three(title), columns.in_three(about)
        for at, lang in enumerate(LANGUAGES):
            sheet.write_string(row, 1 + 2 * at, titles[lang], wrapped)
            sheet.write_string(row, 2 + 2 * at, abouts[lang], wrapped)


def _write_codes(book: "Workbook", sheet: "Worksheet") -> dict[str, dict[str, str]]:
    """The codes of each column with their titles. Returns, for each column and language, where its list stands."""
    bold = book.add_format({"bold": True})
    for at, head in enumerate(("column", "code", *LANGUAGES)):
        sheet.write_string(0, at, head, bold)
        sheet.set_column(at, at, 24)
    lists: dict[str, dict[str, str]] = {}
    row = 1
    for name in columns.CHOICES:
        first = row + 1
        for code, titles in columns.options(name).items():
            for at, text in enumerate((name, code, *(titles[lang] for lang in LANGUAGES))):
                sheet.write_string(row, at, text)
            row += 1
        lists[name] = {
            lang: f"={_CODES}!${chr(67 + at)}${first}:${chr(67 + at)}${row}" for at, lang in enumerate(LANGUAGES)
        }
    return lists
