"""What of a person identifies them well enough to be compared across files."""

from collections.abc import Iterator
from datetime import date

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
