"""What may be written down."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewProceeding:
    """`bans` are bans, limits or conditions that were not obeyed; sessions are of the programme."""

    person: UUID
    ground: str
    on: date
    article: str = ""
    order: UUID | None = None
    bans: tuple[str, ...] = ()
    sessions_set: int | None = None
    sessions_missed: int | None = None
    warned_on: date | None = None
    register: str = ""
    number: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewStep:
    stage: str
    on: date
    register: str = ""
    number: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewEnd:
    how: str
    on: date
    reason: str = ""
    sentence: str = ""
    amount: int | None = None
    arrested_at: datetime | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewCustody:
    person: UUID
    kind: str
    keeper: str
    begun_at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewWeapon:
    person: UUID
    what: str
    on: date
    told: str = field(default="", repr=False)
