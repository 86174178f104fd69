"""The eighty families at risk whom the committees found in 2021 and 2022: noted, helped, most of them done with."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import uuid5

from kalka.cases import facts
from kalka.cases import services as cases
from kalka.cases.rules import Circle, Kind, NewNote
from kalka.closure import services as closure
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.datafile import read
from kalka.core.extract import Extract
from kalka.demo.crew import committees
from kalka.demo.naming import names
from kalka.demo.reading import WORLD
from kalka.directory import selectors as directory
from kalka.people.rules import Name, NewPerson
from kalka.places import selectors as places
from kalka.support import services as support
from kalka.support.rules import NewWord

FILE = Path(__file__).parent / "families.yaml"
HELPED = timedelta(days=420)
STAYS = 4  # every fourth is still on the list


def families(staff: dict[int, Actor]) -> Iterator[str]:
    """The reference of each case, as it is made: as many as are wanting to the number of the committees' own account.

    `staff`: who sits in which post.
    """
    told, where = read(FILE), committees()
    assert isinstance(told, dict)
    worries: list[str] = told["worries"]
    for number in range(told["number"] - _found(where, told["since"].year, told["until"].year)):
        place = where[number % len(where)]
        drawn = Random(f"family {number}")
        day = told["since"] + timedelta(days=drawn.randrange((told["until"] - told["since"]).days))
        yield _family(place, day, number, drawn.choice(worries), told["closing"], staff)


def _found(where: list[str], first: int, last: int) -> int:
    """Families at risk that are there already: some of the simulated cases are."""
    now = clock.now()
    every = Extract(before=now, until=clock.day_of(now), salt=b"counted and forgotten")
    rows = (one for batch in facts.opened(every) for one in batch.rows)
    return sum(one.kind == Kind.AT_RISK and one.place in where and first <= one.on.year <= last for one in rows)


def _family(place: str, day: date, number: int, worry: str, closing: str, staff: dict[int, Actor]) -> str:
    """By the social worker of the place, who opens the file, notes the worry, and closes it when it has passed."""
    id, at = uuid5(WORLD, f"family {number}"), datetime.combine(day, time(10), tzinfo=BISHKEK)
    found = directory.responsible("social_worker", place, day)
    by = staff[found.id if found else 0]
    given, family = next(
        (given, family) for sex, given, family in names(places.chain(place)[-2], str(id)) if sex == "f"
    )
    mother = NewPerson(sex="f", names=(Name(family, given, ""),), birth_year=day.year - 22 - number % 30)
    case = cases.open_at_risk(by, id=id, place=place, protected=mother, now=at)
    note = NewNote(Circle.TEAM, worry)
    cases.write_note(by, id=uuid5(id, "worry"), case_ref=case.ref, told=note, now=at + timedelta(minutes=20))
    if number % STAYS:
        closing_id = uuid5(id, "closing")
        safer = NewWord("safer", alone=True)
        support.record_word(by, id=uuid5(id, "her word"), case_ref=case.ref, told=safer, now=at + HELPED)
        closure.close_case(by, id=closing_id, case_ref=case.ref, reason="safe", word=closing, now=at + HELPED)
    return case.ref
