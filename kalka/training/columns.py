"""The columns of a table of trainings, in three languages, and one row of it as participants of a course."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalka.core import clock
from kalka.core.datafile import LANGUAGES
from kalka.core.errors import DomainError
from kalka.people.rules import age_band
from kalka.places import rules as levels
from kalka.places import said
from kalka.sheets import cells, written
from kalka.sheets.cells import Cell, CellError, Counted, Options
from kalka.sheets.table import Column, SheetRow
from kalka.training import labels, reckoning, rules
from kalka.training.rules import NewCourse, NewEntry, NewName, NewProgramme, NewTests
from kalka.ui.text import StrOrPromise
from kalka.vault.blind import dialled

TITLES: dict[str, StrOrPromise] = {
    "programme": _("Programme"),
    "series": _("What is it?"),
    "on": _("First day"),
    "days": _("Days"),
    "meeting": _("With a meeting on policy"),
    "place": _("Place"),
    "partners": _("Partners"),
    "project": _("Project"),
    "kind": _("Who took part"),
    "sex": _("Sex"),
    "age": _("Age"),
    "sector": _("Sector"),
    "position": _("Post"),
    "number": _("How many"),
    "name": _("Name"),
    "phone": _("Telephone"),
    "before": _("Test before, per cent"),
    "after": _("Test after, per cent"),
}
REQUIRED = ("programme", "on", "place", "kind")
PLACES = tuple(level for level in levels.LEVELS if level not in ("country", "village", "city_village"))
# How else people write the kinds in tables of their own.
ALSO = {
    "state": (
        *("мамлекеттик", "мамлекеттик кызматкер", "мамлекеттик кызматкерлер", "государственный служащий"),
        *("государственные служащие", "госслужащий", "госслужащие", "state"),
    ),
    "municipal": (
        *("муниципалдык", "муниципалдык кызматкер", "муниципалдык кызматкерлер", "муниципальный служащий"),
        *("муниципальные служащие", "жөбо", "мсу", "municipal"),
    ),
    "ngo": ("өэу", "бөу", "нпо", "нко", "өкмөттүк эмес уюм", "неправительственная организация", "ngo"),
    "activist": ("активист", "активисты", "активисттер", "жергиликтүү активист", "местный активист"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    programme: NewProgramme
    course: NewCourse
    entry: NewEntry
    tests: NewTests | None


@cache
def columns() -> tuple[Column, ...]:
    parse = {
        "programme": written.words,
        "project": written.words,
        "partners": written.words,
        "name": written.words,
        "on": written.day,
        "days": written.number(1, rules.MOST_DAYS),
        "meeting": written.yes,
        "place": _place,
        "sex": written.sex,
        "age": _age,
        "number": written.counted(1, rules.MOST),
        "before": written.number(0, 100),
        "after": written.number(0, 100),
    }
    return tuple(
        Column(name, in_three(title), name in REQUIRED, parse.get(name, cells.text), _options(name))
        for name, title in TITLES.items()
    )


def told(row: SheetRow, now: datetime) -> Told:
    """Refuses whatever taking it in would refuse, with the column as the fact "field"."""
    programme = NewProgramme(
        row.text("series") or rules.Series.TRAINING, {"ky": row.text("programme")}, project=row.text("project")
    )
    course = NewCourse(
        row.text("place"),
        _day(row),
        row.number_of("days") or 1,
        row.values.get("meeting") is True,
        reckoning.listed(row.text("partners")),
    )
    entry, today = _entry(row), clock.day_of(now)
    rules.check_programme(programme)
    rules.check_course(course, today=today)
    rules.check_entry(entry)
    rules.past("on", course.on, today)
    before, after = row.number_of("before"), row.number_of("after")
    tests = NewTests(_some(before), _some(after), whole=False) if (before, after) != (None, None) else None
    return Told(programme, course, entry, tests)


def key(row: SheetRow) -> tuple[str, ...]:
    """A person by the name, a number by what it counts; nameless rows stand for as many as they are."""
    days = str(row.number_of("days") or 1)
    course = (row.text("programme"), _day(row).isoformat(), days, row.text("place"))
    if row.text("name"):
        return (*course, "name", row.text("name"), dialled(row.text("phone")))
    if row.values.get("number") is None:
        return ()
    return (*course, "number", *(row.text(name) for name in ("kind", "sex", "age", "sector", "position")))


def in_three(text: StrOrPromise) -> Mapping[str, str]:
    found = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            found[lang] = str(text)
    return found


def _entry(row: SheetRow) -> NewEntry:
    counted, name, phone = row.values.get("number"), row.text("name"), row.text("phone")
    if name and isinstance(counted, Counted) and counted != Counted(1):
        raise DomainError("training.names_and_number", field="number", names=1)
    if phone and not dialled(phone):
        raise DomainError("training.not_a_phone", field="phone")
    number = counted if isinstance(counted, Counted) else Counted(1)
    bound = "" if name or number.bound == "exact" else number.bound
    kind, sex, band = row.text("kind"), row.text("sex") or "unknown", row.text("age") or "unknown"
    sector, position = row.text("sector") or "unknown", row.text("position") or "unknown"
    names = (NewName(name, phone),) if name else ()
    return NewEntry(kind, sex, 0 if name else number.number, sector, position, band, bound, names)


def _day(row: SheetRow) -> date:
    found = row.day("on")
    assert found is not None  # its column is required
    return found


def _some(result: int | None) -> tuple[int, ...]:
    return () if result is None else (result,)


def _place(cell: Cell) -> str:
    """An aimak, a city, a raion or an oblast; an oblast by its name alone, where no other place bears it."""
    plain = written.words(cell)
    try:
        return said.code_of(cell, levels=PLACES)
    except CellError as refusal:
        if refusal.code != "places.not_found_by_name" or "," in plain:
            raise
        for kind in ("облусу", "району"):
            try:
                return said.code_of(f"{plain} {kind}", levels=PLACES)
            except CellError:
                continue
        raise


def _age(cell: Cell) -> str:
    """An age in years, or a band."""
    plain = cells.text(cell)
    if plain.isascii() and plain.isdigit() and 14 <= int(plain) <= 110:
        return age_band(date(2000, 1, 1), age=int(plain))
    return str(written.choice(_options("age"))(cell))


def _options(name: str) -> Options:
    words = {
        "series": labels.SERIES,
        "kind": labels.KINDS,
        "age": labels.BANDS,
        "sector": labels.SECTORS,
        "position": labels.POSITIONS,
    }.get(name, {})
    return {code: {**in_three(title), **_also(name, code)} for code, title in words.items()}


def _also(name: str, code: str) -> dict[str, str]:
    return {str(at): one for at, one in enumerate(ALSO.get(code, ()))} if name == "kind" else {}
