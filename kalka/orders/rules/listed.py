"""What a line of the police register says, held against what stands here. Nothing of it overwrites anything."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from kalka.core.clock import BISHKEK, day_of
from kalka.core.errors import DomainError
from kalka.orders.rules.told import LONGEST_STATED, Numbered, check_number, known


@dataclass(frozen=True, slots=True)
class Listed:
    """`name` with `year`, or `pin`: whom the order is against."""

    numbered: Numbered
    issued_on: date
    last_day: date
    conditions: tuple[str, ...] = ()
    name: str = field(default="", repr=False)
    year: int | None = None
    pin: str = field(default="", repr=False)

    @property
    def issued_at(self) -> datetime:
        """The register gives a day: the order is taken to be issued as it began."""
        return datetime.combine(self.issued_on, time.min, tzinfo=BISHKEK)


def check_listed(told: Listed, *, conditions: Collection[str], now: datetime) -> None:
    check_number(told.numbered.number)
    known("conditions", told.conditions, conditions)
    if told.issued_on > day_of(now):
        raise DomainError("orders.day_to_come", field="issued_on", today=day_of(now))
    if told.last_day < told.issued_on:
        raise DomainError("orders.ends_before_start", field="last_day", starts=told.issued_on)
    if (told.last_day - told.issued_on).days > LONGEST_STATED:
        raise DomainError("orders.ends_too_late", field="last_day", most=LONGEST_STATED)


def differences(here: tuple[date, date, Collection[str]], there: tuple[date, date, Collection[str]]) -> tuple[str, ...]:
    """Which of the day of issue, the last day and the conditions are told otherwise. What the register leaves out is
    no difference."""
    found = [name for name, one, other in zip(("issued_on", "last_day"), here, there, strict=False) if one != other]
    if there[2] and set(here[2]) != set(there[2]):
        found.append("conditions")
    return tuple(found)
