"""Lives of orders, drawn at random: what happens to one, in which order, and what is left to do when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.lawbook.book import Law
from kalka.orders import rules
from kalka.orders.rules import Dated, NewExtension, NewRevocation, NewService, owed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The day before and the day of each change of the law that an order may meet.
EDGES = tuple(
    date.fromisoformat(day)
    for day in (
        *("2017-04-27", "2017-04-28", "2020-04-14", "2020-04-15", "2024-08-06", "2024-08-07"),
        *("2025-07-15", "2025-07-16", "2025-10-14", "2025-10-15", "2025-10-25", "2026-11-23"),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    what: str  # number, serve, missed, extend, revoke, agree, check
    at: datetime
    days: int = 0
    back: int = 0  # of an extension: as many days ago as it was granted


@dataclass
class Life:
    """An order and its duties as the rules say: kind → due; how each that ended did."""

    stands: Dated
    standing: dict[str, datetime]
    ended: dict[str, str] = field(default_factory=dict)
    served: bool = False
    refused: int = 0

    def take(self, step: Step) -> bool:
        """Whether the rules allow it; then what it ends and causes is done."""
        try:
            getattr(self, f"_{step.what}")(step)
        except DomainError:
            self.refused += 1
            return False
        for kind in owed.ENDED_BY.get(step.what, ()):
            self._end(kind, "done")
        return True

    def _end(self, kind: str, how: str) -> None:
        if self.standing.pop(kind, None) is not None:
            self.ended[kind] = how

    def _number(self, _step: Step) -> None:
        if self.stands.numbered:
            raise DomainError("orders.has_a_number")
        self.stands = replace(self.stands, numbered=True)

    def _serve(self, step: Step) -> None:
        rules.check_service(NewService(step.at, "handed"), self.stands, step.at)
        if self.served:
            raise DomainError("orders.served_already")
        self.served = True

    def _missed(self, step: Step) -> None:
        rules.check_service(NewService(step.at, "not_found"), self.stands, step.at)
        if self.served:
            raise DomainError("orders.served_already")

    def _extend(self, step: Step) -> None:
        before = self.stands
        told = NewExtension(day_of(step.at) - step.back * DAY, before.last_day + step.days * DAY, 1)
        rules.check_extension(told, before, step.at)
        rules.extension(Law(told.on), before, told.until)
        self.stands = replace(before, until=told.until)
        left = owed.on_extending(before, self.stands, step.at, served=self.served)
        if owed.AGREE in left:
            self._end(owed.AGREE, "done")
        for kind, due in left.items():
            self.standing[kind] = min(due, self.standing.get(kind, due))

    def _revoke(self, step: Step) -> None:
        rules.check_revocation(NewRevocation(step.at, "court", "Сот чечти"), self.stands, step.at)
        self.stands = replace(self.stands, revoked_at=step.at)
        self._end(owed.CHECK, "done")

    def _agree(self, _step: Step) -> None:
        self._by_hand(owed.AGREE)

    def _check(self, _step: Step) -> None:
        self._by_hand(owed.CHECK)

    def _by_hand(self, kind: str) -> None:
        if kind not in self.standing:
            raise DomainError("duties.not_there")
        self._end(kind, "done")

    def outcomes(self, at: datetime) -> dict[str, str]:
        """Of every kind that ever stood: done, or overdue, or still in its term."""
        left = {kind: "overdue" if due < at else "open" for kind, due in self.standing.items()}
        return {**self.ended, **left}


def born(issued_at: datetime, *, numbered: bool, now: datetime, wait: int = 0, ends: date | None = None) -> Life:
    """`wait`: days from its issue to its first day; `ends`: what its paper says."""
    issued = day_of(issued_at)
    starts = issued + wait * DAY
    stands = Dated(issued_at, starts, ends or rules.term(Law(issued), starts).ends, numbered=numbered)
    return Life(stands, owed.on_registering(stands, now))


def steps(random: Random, begin: datetime, over: int) -> Iterator[Step]:
    """In the order of time, within so many days."""
    hours = sorted(random.randint(0, over * 24) for _each in range(random.randint(0, 9)))
    kinds = ("number", "serve", "missed", "extend", "revoke", "agree", "check")
    for after in hours:
        what = random.choices(kinds, (4, 6, 3, 3, 1, 4, 4))[0]
        yield Step(what, begin + after * HOUR, random.choice((1, 2, 5, 27, 30, 60)), random.choice((0, 0, 1, 9)))
