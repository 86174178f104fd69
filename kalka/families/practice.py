"""The figures of practice and the legal grounds of this module, read strictly from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.lawbook import book
from kalka.lawbook.book import Law

FILE = Path(__file__).with_name("practice.yaml")
GROUNDS = Path(__file__).with_name("grounds.yaml")
MOST_DAYS = 366
PROGRAMME = "programme.is_mandatory"


@dataclass(frozen=True, slots=True)
class Ground:
    law: str  # key of the law book
    titles: Mapping[str, str]


def contact_within_days(on: date) -> int | None:
    """Within how many days somebody speaks with a family in continuing work. None: nobody set it."""
    running = [days for since, days in _terms() if since <= on]
    return running[-1] if running else None


@cache
def _terms() -> tuple[tuple[date, int | None], ...]:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> tuple[tuple[date, int | None], ...]:
    """By the first day. Refuses a figure without whoever set it, and one that is no number of days."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("practice",))
    found = sorted((_term(item) for item in body.take("contact_within_days", list)), key=lambda one: one[0])
    body.close()
    if any(days is not None and not 0 < days <= MOST_DAYS for _since, days in found):
        refuse(FILE.name, f"days outside 1 to {MOST_DAYS}")
    return tuple(found)


def _term(item: object) -> tuple[date, int | None]:
    fields = Fields(item, FILE.name)
    since, days = fields.take("from", date), fields.maybe("value", int)
    if not fields.take("source", str).strip():
        refuse(FILE.name, "a figure of practice names its source")
    fields.close()
    return since, days


@cache
def grounds() -> Mapping[str, Ground]:
    """Refuses a ground that is not in the law book."""
    body = Fields(datafile.read(GROUNDS), GROUNDS.name)
    found = {}
    for code in body.names():
        fields = Fields(body.raw(code), f"{GROUNDS.name}: {code}")
        found[code] = Ground(fields.take("law", str), fields.words("title"))
        fields.close()
    body.close()
    if unknown := {one.law for one in found.values()} - {*book.keys()}:
        refuse(GROUNDS.name, f"no such key of the law book: {', '.join(sorted(unknown))}")
    return found


def programme_by_others(on: date) -> bool:
    """Whether corrective programmes are held by probation and the penal service on the day."""
    found = Law(on).get(PROGRAMME)
    return found is not None and found.value is True
