"""A file somebody chose, as bytes, to checked rows."""

import csv
import io
from collections.abc import Sequence

from kalka.core.errors import DomainError
from kalka.sheets import table, workbook
from kalka.sheets.cells import MAX_TEXT, Cell
from kalka.sheets.table import HEADING_WITHIN, MAX_ROWS, Column, Passed, Read, nothing
from kalka.sheets.writing import unguarded

MAX_BYTES = 10_000_000
DELIMITERS = (",", ";", "\t")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_MARKS = frozenset("«»–—“”„’‘…№\N{NO-BREAK SPACE}°§±")


def read(data: bytes, filename: str, columns: Sequence[Column], passed: Passed = nothing) -> Read:
    """CSV (UTF-8 or Windows-1251; comma, semicolon or tab), XLSX or XLS, told apart by content, not by name.

    Refuses with a DomainError what cannot be read at all; what is wrong in a row is in `Read.errors`; what `passed`
    takes for no data is in `Read.remarks`.
    """
    if not data.strip():
        raise DomainError("sheets.empty")
    if len(data) > MAX_BYTES:
        raise DomainError("sheets.file_too_large", megabytes=MAX_BYTES // 1_000_000)
    if data.startswith((b"PK\x03\x04", _OLE)):
        return table.arrange(workbook.grid_of(data), columns, passed)
    if data.startswith(b"%PDF") or filename.lower().endswith((".xlsx", ".xls", ".ods", ".doc", ".docx", ".pdf")):
        raise DomainError("sheets.kind")
    return table.arrange(_csv_grid(decoded(data), columns), columns, passed)


def decoded(data: bytes) -> str:
    """UTF-8, else Windows-1251 when it reads as Russian. Kyrgyz cannot be written in Windows-1251 at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4096]:
        raise DomainError("sheets.encoding")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        said = data.decode("cp1251")
    except UnicodeDecodeError:
        raise DomainError("sheets.encoding") from None
    if not _reads_as_russian(said):
        raise DomainError("sheets.encoding")
    return said


def _reads_as_russian(said: str) -> bool:
    """Other encodings read as Windows-1251 show strange letters, or capitals after small letters."""
    strange = [letter for letter in said if letter > "\x7f" and letter not in _MARKS]
    letters = [letter for letter in strange if letter.lower() in _RUSSIAN]
    if len(letters) < 0.97 * len(strange):
        return False
    capitals = sum(
        1
        for one, two in zip(said, said[1:], strict=False)
        if one in _RUSSIAN and two not in _RUSSIAN and two.lower() in _RUSSIAN
    )
    return capitals <= 0.02 * len(letters)


def _csv_grid(said: str, columns: Sequence[Column]) -> list[list[Cell]]:
    best = max(DELIMITERS, key=lambda mark: _named(said, mark, columns))
    grid: list[list[Cell]] = []
    csv.field_size_limit(MAX_TEXT * 4)
    records = csv.reader(io.StringIO(said, newline=""), delimiter=best, strict=True)
    try:
        for cells in records:
            if len(grid) > MAX_ROWS + HEADING_WITHIN:
                raise DomainError("sheets.too_many_rows", most=MAX_ROWS)
            grid.append([unguarded(cell) for cell in cells])
    except csv.Error:  # a quotation mark that is never closed would swallow the rest of the file
        raise DomainError("sheets.quotes", row=len(grid) + 1) from None
    return grid


def _named(said: str, mark: str, columns: Sequence[Column]) -> int:
    top = said.split("\n", HEADING_WITHIN)[:HEADING_WITHIN]
    return max(table.found([cell.strip('"\r ') for cell in line.split(mark)], columns) for line in top)
