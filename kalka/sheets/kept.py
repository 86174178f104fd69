"""Tables that people keep for themselves: with totals below, headings on every page, and columns that are numbered."""

import re
from collections.abc import Sequence

from kalka.sheets.cells import Above, as_text, looks
from kalka.sheets.reading import read
from kalka.sheets.table import Column, Line, Read, own

TOTALS = ("жалпы", "бардыгы", "баары", "барлыгы", "жыйынтык", "жыйынтыгы", "итого", "всего", "total", "итог")
_TOTAL = re.compile(
    "(?:" + "|".join(looks(word) for word in TOTALS) + ")"
    "(?: (?:" + "|".join(looks(word) for word in ("саны", "сумма", "болуп", "боюнча", "жыйынтык")) + "))?"
    f"(?: (?:{looks('по')}|{looks('за')}) .*)?[:.]?"
)
_NUMBERED = 3  # columns at least, before 1, 2, 3 is no row of data


def read_kept(data: bytes, filename: str, columns: Sequence[Column]) -> Read:
    """As `reading.read`; rows that are no data are in `remarks`, each with what it was taken for."""
    return read(data, filename, columns, passed)


def passed(heads: Line, cells: Line) -> str:
    said = _said([cell for cell in cells if not isinstance(cell, Above)])
    if said and _TOTAL.fullmatch(said[0]):
        return "sheets.row_is_total"
    if said and said == _said(heads):
        return "sheets.row_is_heading"
    if len(said) >= _NUMBERED and said == [str(number) for number in range(1, len(said) + 1)]:
        return "sheets.row_is_numbering"
    return ""


def _said(cells: Line) -> list[str]:
    plain = (own(cell) for cell in cells)
    return [looks(as_text(cell)) for cell in plain if cell is not None and as_text(cell).strip()]
