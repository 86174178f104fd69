"""What somebody typed as values; one person in two courses; means; and when somebody is due again. Pure."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from kalka.core.errors import DomainError
from kalka.people.rules import fold
from kalka.training.rules import NewName


def listed(text: str) -> tuple[str, ...]:
    """One thing a line, or between commas and semicolons; what stands twice is one."""
    parts = (part.strip() for line in text.splitlines() for part in line.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def names_of(text: str) -> tuple[NewName, ...]:
    """One person a line: a name, perhaps a comma and a telephone."""
    lines = (line.partition(",") for line in text.splitlines() if line.strip(" ,"))
    return tuple(NewName(" ".join(name.split()), phone.strip()) for name, _comma, phone in lines)


def numbers_of(text: str, field: str) -> tuple[int, ...]:
    """Whole numbers with anything but letters between them. Refuses words with `training.not_numbers`."""
    said = unicodedata.normalize("NFKC", text).replace("%", " ")
    parts = said.replace(",", " ").replace(";", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        raise DomainError("training.not_numbers", field=field)
    return tuple(map(int, parts))


def same_person(name: str, phone: str) -> str:
    """What is digested to tell one person in two courses: the number that is dialled, and the name without spelling.

    Empty without a number: many bear one name.
    """
    words = sorted(fold(name).split())
    return f"training|{phone}|{' '.join(words)}" if phone and words else ""


def mean(results: Sequence[int]) -> int | None:
    return round(sum(results) / len(results)) if results else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def due_on(since: date, trained: Sequence[date], months: int | None) -> date | None:
    """By when a focal point is to be trained again; at once where they never were. None while no period is set."""
    if months is None:
        return None
    return months_after(max(trained), months) if trained else since
