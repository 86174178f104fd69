"""What an answer shows, without what stands in it: the keys of JSON, the columns of a file, the labels of a page, the
lines of a paper."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from kalka.papers.tests.factories import pages
from kalka.ui.writing import en, ky, ru

LABELS = {"label", "legend", "th", "dt", "summary", "h2", "h3"}
_DAYS = [tongue.day_short(date(2026, month, 2)) for tongue in (en, ky, ru) for month in range(1, 13)]
MONTHS = "|".join({re.sub(r"[\d\W]", "", said) for said in _DAYS})  # as they stand in a day
_OF_THE_DAY = re.compile(rf"[0-9A-HJKMNP-TV-Z]{{5}}-[0-9A-HJKMNP-TV-Z]{{5}}|\d[\d\s.,:/–-]*|\b({MONTHS})\b[\d\s]*")
_MONTH = re.compile(rf"\b({MONTHS})\b")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def keys(told: Any, at: str = "") -> set[str]:
    """`items[].id`: each key with the way to it."""
    if isinstance(told, list):
        return set().union(*(keys(one, f"{at}[]") for one in told)) if told else set()
    if not isinstance(told, dict):
        return {at} if at else set()
    return set().union(*(keys(value, f"{at}.{name}" if at else name) for name, value in told.items()))


def columns(body: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def columns_of_a_workbook(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(one.itertext()) for one in strings.iter(f"{_SHEET}si")]
    row = next(sheet.iter(f"{_SHEET}row"))
    return [_cell(one, shared) for one in row.iter(f"{_SHEET}c")]


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    said = "".join(cell.itertext())
    return shared[int(said)] if cell.get("t") == "s" else said


class _Labels(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self._open: list[list[str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LABELS:
            self._open.append([])

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in LABELS and self._open:
            said = " ".join(self._open.pop())
            if plain(said) and not _MONTH.search(said):  # a day heads what happened on it
                self.found.add(plain(said))


def labels(page: str) -> set[str]:
    return _Labels(page).found


def lines(paper: bytes) -> set[str]:
    return {said for said in _lines(paper) if said}


def _lines(paper: bytes) -> Iterator[str]:
    for page in pages(paper):
        yield from map(plain, page.splitlines())


def plain(said: str) -> str:
    """Codes, days and figures stand for themselves."""
    return _OF_THE_DAY.sub("#", " ".join(said.split())).strip()
