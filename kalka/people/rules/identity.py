"""What of a person identifies them well enough to be compared across files."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from kalka.people.rules.grams import words, years_of
from kalka.people.rules.names import fold
from kalka.people.rules.same import sound
from kalka.people.rules.told import Name, NewPerson


def name_born(name: Name, born: date) -> str:
    """Family and given name, in whichever order and spelling, with the day of birth. Empty where one is missing.

    A father's name is in one file and missing in the next: it is left out.
    """
    words = [fold(part) for part in (name.family, name.given)]
    return f"{' '.join(sorted(words))}|{born.isoformat()}" if all(words) else ""


def names_called(told: NewPerson, phone: str) -> Iterator[str]:
    """The phone, as it is dialled, with the sound of each given name."""
    if phone:
        sounds = (sound(name.given) for name in told.names)
        yield from dict.fromkeys(f"{phone}|{one}" for one in sounds if one)


def names_born(told: NewPerson) -> Iterator[str]:
    """One for each spelling that does not fold to the same letters."""
    if told.birth_date is not None:
        found = (name_born(name, told.birth_date) for name in told.names)
        yield from dict.fromkeys(one for one in found if one)


WORDS = 6  # of a name that is asked for
ASKED = (2, 3)  # words that make a name: a family name may be two (Асан уулу)


def name_year(folded: Iterable[str], year: int) -> str:
    """Folded words of a name in whichever order, with the year of birth."""
    return f"{' '.join(sorted(folded))}|{year}"


def names_years(told: NewPerson, on: date) -> Iterator[str]:
    """Family and given name with each year somebody may be born in, an age having been said on a day.

    Too weak to say that two people are one: it finds an order on the road, where a paper of theirs is looked at.
    """
    born = told.birth_date.isoformat() if told.birth_date else None
    years = years_of(born, told.birth_year, told.age, on)
    whole = (words(f"{name.family} {name.given}") for name in told.names if name.family and name.given)
    yield from dict.fromkeys(name_year(one, year) for one in whole for year in years if len(one) in ASKED)


def names_asked(name: str, year: int) -> Iterator[str]:
    """Every way in which what was typed may hold a family and a given name: a father's name may stand among them."""
    typed = words(name)[:WORDS]
    yield from dict.fromkeys(name_year(some, year) for size in ASKED for some in combinations(typed, size))
