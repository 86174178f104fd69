"""The facts of every module as lines of one shape: what statistics copy, and what an own figure is counted from."""

import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from kalka.cases import facts as cases
from kalka.complaints import facts as complaints
from kalka.core.clock import DAY, day_of
from kalka.core.errors import DomainError
from kalka.core.extract import Batch, Extract
from kalka.findings import facts as findings
from kalka.followup import facts as followup
from kalka.intake import facts as intake
from kalka.legalaid import facts as legalaid
from kalka.monitoring import facts as monitoring
from kalka.orders import facts as orders
from kalka.places.facts import Tree
from kalka.programmes import facts as programmes
from kalka.referrals import facts as referrals
from kalka.risk import facts as risk
from kalka.shelters import facts as shelters
from kalka.statistics.rules import Period
from kalka.support import facts as support

MOST_SUBJECTS = 5_000
OF_EVERY_LINE = frozenset({"on", "place", "agency", "who"})
# Which single organisation it was tells in a village who was helped: exact figures ask the facts, a line never has it.
NEVER_COPIED = frozenset({"organisation"})


class Told(Protocol):
    """What every fact has, whatever its codes."""

    @property
    def on(self) -> date: ...
    @property
    def place(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def who(self) -> str: ...


Source = Callable[[Extract], Iterator[Batch[Any]]]

SOURCES: Mapping[str, Source] = {
    "report": intake.reports,
    "case": cases.opened,
    "part": cases.participants,
    "incident": cases.incidents,
    "order": orders.orders,
    "protected": orders.protected,
    "fact": orders.facts,
    "service": orders.served,
    "breach": orders.breaches,
    "programme_owed": programmes.owed,
    "programme_finished": programmes.finished,
    "assessment": risk.assessed,
    "visit": followup.visits,
    "missed": followup.missed,
    "call": complaints.calls,
    "signal": monitoring.signals,
    "need": referrals.needs,
    "referral": referrals.referrals,
    "track": referrals.tracks,
    "track_step": referrals.track_steps,
    "given": support.services,
    "aid": support.aid,
    "document": support.documents,
    "word": support.words,
    "advocate": legalaid.aid,
    "session": legalaid.sessions,
    "stay": shelters.stays,
    "night": shelters.nights,
    "hold": shelters.holds,
    "turn_away": shelters.turned_away,
    "finding": findings.findings,
    "school_report": findings.school_reports,
    "closing": cases.closed,
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """`codes` is JSON with its keys in order, so that equal codes are equal texts."""

    on: date
    place: str
    raion: str
    oblast: str
    agency: str
    codes: str
    who: str


def gather(kind: str, extract: Extract, tree: Tree) -> Iterator[Batch[Gathered]]:
    """In batches, each with the cursor after it."""
    areas: dict[str, tuple[str, str]] = {}
    for batch in SOURCES[kind](extract):
        yield Batch(batch.cursor, tuple(_line(fact, areas, tree) for fact in batch.rows))


def _line(fact: Told, areas: dict[str, tuple[str, str]], tree: Tree) -> Gathered:
    area = areas.get(fact.place)
    if area is None:
        area = areas[fact.place] = tree.area(fact.place)
    values = tuple(getattr(fact, name) for name in _names(type(fact)))
    return Gathered(fact.on, fact.place, area[1], area[0], fact.agency, _codes(type(fact), values), fact.who)


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in fields(kind) if field.name not in OF_EVERY_LINE | NEVER_COPIED))


@lru_cache(maxsize=50_000)
def _codes(kind: type, values: tuple[object, ...]) -> str:
    return json.dumps(dict(zip(_names(kind), values, strict=True)), separators=(",", ":"))


def exact(subjects: Collection[UUID], *, period: Period, now: datetime) -> Extract:
    """Of these alone, up to today. Refuses `statistics.too_many_subjects` beyond 5,000."""
    if len(subjects) > MOST_SUBJECTS:
        raise DomainError("statistics.too_many_subjects", most=MOST_SUBJECTS)
    return Extract(
        before=now,
        until=min(period.after, day_of(now) + DAY),
        salt=secrets.token_bytes(32),
        subjects=frozenset(subjects),
    )
