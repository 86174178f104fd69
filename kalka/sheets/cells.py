"""What a cell may mean. A parser takes a cell that is not blank and gives a value, or says by a code why it cannot."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from kalka.core.clock import BISHKEK

Cell = str | int | float | bool | date | datetime | None
Parse = Callable[[Cell], object]
Options = Mapping[str, Mapping[str, str]]  # code → language → title

MAX_TEXT = 32_767  # what a spreadsheet itself can hold in one cell
_LONGEST_EXACT = 1e15

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_NUMBER_ONCE = re.compile(r"\d+(?:[.,]\d*)?[eE][+-]?\d+|\d+,\d*|\d+\.\d*")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


# Letters that look alike, whatever keyboard they were typed on; ɵ and θ stand for ө where a keyboard has none.
_TWINS = str.maketrans("авекмнорстухүөңɵθγіѕјһԁԛԝ", "abekmhopctyxyohooyisjhdqw")


@dataclass(frozen=True, slots=True)
class Above:
    """Part of a cell that was merged over several rows: what stands in its first row."""

    value: Cell


@dataclass(frozen=True, slots=True)
class Counted:
    """A number as it was given: "exact", "over" (more than it) or "least" (it or more)."""

    number: int
    bound: str = "exact"


class CellError(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def fold(text: str) -> str:
    """Headings and choices are compared so: case, spaces, hyphens, underscores and a mark of duty do not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(re.sub(r"[\s_*‐‑–-]+", " ", plain).split())


def looks(text: str) -> str:
    """What it looks like: the same for «Отурум куну», «Отурум күнү» and a heading with Latin letters in it. Only for
    comparing."""
    return fold(text).translate(_TWINS).rstrip(".: ")


def text(cell: Cell) -> str:
    """NFC, trimmed. Refuses control characters (they are never typed, and PostgreSQL cannot store all of them)."""
    said = unicodedata.normalize("NFC", as_text(cell)).strip()
    if len(said) > MAX_TEXT:
        raise CellError("sheets.cell_too_long", most=MAX_TEXT)
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in said):
        raise CellError("sheets.cell_control")
    if said in _ERRORS:
        raise CellError("sheets.cell_formula_error")
    return said


def as_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LONGEST_EXACT:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def code(cell: Cell) -> str:
    """A code exactly as written. Refuses numbers: 41702000000000 saved as a number comes back as 4.1702E+13."""
    if not isinstance(cell, str):
        raise CellError("sheets.code_as_number")
    said = text(cell).removeprefix("'")
    if _NUMBER_ONCE.fullmatch(said):
        raise CellError("sheets.code_as_number")
    if not _CODE.fullmatch(said):
        raise CellError("sheets.not_a_code")
    return said


def day(cell: Cell) -> date:
    """2024-08-07, 07.08.2024 or a date of the spreadsheet. Refuses what nobody can tell: 07/08/24."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = text(cell)
    if found := _YEAR_FIRST.fullmatch(said):
        parts = (found[1], found[2], found[3])
    elif found := _DAY_FIRST.fullmatch(said):
        parts = (found[3], found[2], found[1])
    else:
        raise CellError("sheets.not_a_day")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise CellError("sheets.not_a_day") from None


def moment(cell: Cell) -> datetime:
    """A day and the time of a clock in Bishkek: 2026-11-23 08:15, 23.11.2026 08:15:30 or a date of the spreadsheet."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=BISHKEK)
    on, _space, clock = text(cell).replace("T", " ").partition(" ")
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        raise CellError("sheets.not_a_moment")
    hour, minute, second = map(int, found.groups(default="0"))
    try:
        return datetime.combine(day(on), time(hour, minute, second), tzinfo=BISHKEK)
    except ValueError:
        raise CellError("sheets.not_a_moment") from None


def whole(least: int, most: int) -> Parse:
    def parse(cell: Cell) -> int:
        said = text(cell).replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        if not re.fullmatch(r"-?[0-9]{1,15}", said):
            raise CellError("sheets.not_a_number", least=least, most=most)
        if not least <= int(said) <= most:
            raise CellError("sheets.number_outside", least=least, most=most)
        return int(said)

    return parse


def choice(options: Options) -> Parse:
    """One of the codes, written as the code or as its title in any language, with whatever letters look like it."""
    said = [(title, value) for value, titles in options.items() for title in (*titles.values(), value)]
    meant = {fold(title): value for title, value in said}
    like: dict[str, set[str]] = {}
    for title, value in said:
        like.setdefault(looks(title), set()).add(value)

    def parse(cell: Cell) -> str:
        written = text(cell)
        alike = like.get(looks(written), set())
        value = meant.get(fold(written)) or (next(iter(alike)) if len(alike) == 1 else None)
        if value is None:
            raise CellError("sheets.not_a_choice")
        return value

    return parse
