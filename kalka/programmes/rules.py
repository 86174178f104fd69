"""Who goes into which programme, what may follow what, when it is finished, and what an absence is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError, Stale

CHILD_BANDS = ("0-6", "7-13", "14-17")
LONGEST_TEXT = 4_000
MOST_SEATS = 20
FEWEST_SEATS = 1
EARLIEST_SESSION = date(2019, 8, 1)  # resolution No. 390: before it there was no programme


class Audience(StrEnum):
    MEN = "men"
    WOMEN = "women"
    MINORS = "minors"


class Setting(StrEnum):
    """Who runs it: the kind of the organisation."""

    PROBATION = "probation"
    PENITENTIARY = "penitentiary"


class Ground(StrEnum):
    ORDER = "order"
    DECISION = "decision"  # of a court or another body, in an administrative case
    SENTENCE = "sentence"
    OWN = "own"  # without being told to


class Step(StrEnum):
    SENT = "sent"
    WAITING = "waiting"
    PLACED = "placed"
    ABROAD = "abroad"
    ILL = "ill"
    CUSTODY = "custody"
    RETURNED = "returned"
    MOVED = "moved"
    EVASION = "evasion"
    COMPLETED = "completed"
    ENDED = "ended"


class Ended(StrEnum):
    CANCELLED = "cancelled"
    WRONG = "wrong"  # sent by mistake, or to the wrong stream
    ELSEWHERE = "elsewhere"  # finished it elsewhere
    DIED = "died"


class How(StrEnum):
    CAME = "came"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class Excuse(StrEnum):
    ILL = "ill"
    WORK = "work"
    FAMILY = "family"  # a death or a birth
    SUMMONED = "summoned"
    ROAD = "road"  # snow, no transport
    OTHER = "other"


class Against(StrEnum):
    HER = "her"
    CHILD = "child"
    OTHER = "other"
    SELF = "self"


AWAY = (Step.ABROAD, Step.ILL, Step.CUSTODY)
FINAL = (Step.COMPLETED, Step.ENDED)
QUEUED = (Step.WAITING, Step.RETURNED)
_OUT = frozenset({Step.MOVED, Step.ENDED})
_GO_ON = frozenset({Step.PLACED, *AWAY, Step.EVASION}) | _OUT
NEXT: Mapping[Step, frozenset[Step]] = {
    Step.SENT: frozenset({Step.WAITING, Step.PLACED, *AWAY}) | _OUT,
    Step.MOVED: frozenset({Step.WAITING, Step.PLACED, *AWAY}) | _OUT,
    Step.WAITING: _GO_ON,
    Step.RETURNED: _GO_ON | {Step.COMPLETED},
    Step.PLACED: _GO_ON | {Step.COMPLETED},
    **{one: frozenset({*AWAY, Step.RETURNED}) - {one} | _OUT for one in AWAY},
    Step.EVASION: frozenset({Step.RETURNED, *AWAY}) | _OUT,
    Step.COMPLETED: frozenset(),
    Step.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Pass:
    """What it takes to finish: so many sessions, and each module at least once."""

    sessions: int
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewGroup:
    audience: str
    language: str
    seats: int
    since: date


@dataclass(frozen=True, slots=True)
class NewSending:
    person: UUID
    organisation: int
    ground: str
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewStep:
    """`group` with PLACED, `organisation` with MOVED, `why` with ENDED; EVASION says that he was `asked`, and why."""

    to: str
    group: UUID | None = None
    organisation: int | None = None
    why: str = ""
    asked: bool = False
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one member: came, or not and why."""

    how: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class NewSession:
    on: date
    module: str
    marks: Mapping[UUID, Mark]


@dataclass(frozen=True, slots=True)
class NewThreat:
    against: str
    at: datetime
    told: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Came:
    """All that is known of somebody's attendance, the oldest first: (how, module)."""

    marks: tuple[tuple[str, str], ...]

    def count(self, how: How) -> int:
        return sum(1 for mark, _module in self.marks if mark == how)

    @property
    def modules(self) -> frozenset[str]:
        return frozenset(module for mark, module in self.marks if mark == How.CAME)

    def missing(self, needed: Pass) -> tuple[int, int]:
        """How many sessions, and how many modules, are still to be attended."""
        left = max(needed.sessions - self.count(How.CAME), 0)
        return left, len(set(needed.modules) - self.modules)


def audience(sex: str, band: str) -> Audience | None:
    """The stream somebody belongs to; None where it is not known."""
    if band in CHILD_BANDS:
        return Audience.MINORS
    if band == "unknown":
        return None
    return {"m": Audience.MEN, "f": Audience.WOMEN}.get(sex)


def step(now: str, to: str) -> Step:
    """Refuses what cannot follow what stands."""
    known("to", to, tuple(Step))
    if Step(to) not in NEXT[Step(now)]:
        raise Stale("programmes.no_such_step", field="to")
    return Step(to)


def check_step(told: NewStep) -> None:
    if told.to == Step.PLACED and told.group is None:
        raise DomainError("programmes.not_an_answer", field="group")
    if told.to == Step.MOVED and told.organisation is None:
        raise DomainError("programmes.not_an_answer", field="organisation")
    if told.to == Step.ENDED:
        known("why", told.why, tuple(Ended))
    text("told", told.told)


def check_evasion(told: NewStep, came: Came, limit: int | None) -> None:
    """`limit`: how many absences the law calls evasion; None while it names none. Then a person decides, who asked him
    first and says why: an absence by itself is not enough, and where he has never been absent there is nothing."""
    if not told.asked:
        raise DomainError("programmes.ask_him_first", field="asked")
    if not told.told.strip():
        raise DomainError("programmes.say_why", field="told")
    if came.count(How.UNEXCUSED) < max(limit or 1, 1):
        raise DomainError("programmes.not_so_often_absent", field="to", least=max(limit or 1, 1))


def check_completed(came: Came, needed: Pass) -> None:
    sessions, modules = came.missing(needed)
    if sessions or modules:
        raise DomainError("programmes.not_finished", field="to", sessions=sessions, modules=modules)


def check_group(told: NewGroup) -> None:
    known("audience", told.audience, tuple(Audience))
    known("language", told.language, ("ky", "ru"))
    if not FEWEST_SEATS <= told.seats <= MOST_SEATS:
        raise DomainError("programmes.seats_unfit", field="seats", most=MOST_SEATS)


def check_session(told: NewSession, *, modules: Collection[str], members: Collection[UUID], today: date) -> None:
    """Refuses a day to come, and whoever is forgotten: nobody is absent by silence."""
    if told.on > today:
        raise DomainError("programmes.day_to_come", field="on")
    if told.on < EARLIEST_SESSION:
        raise DomainError("programmes.not_an_answer", field="on")
    known("module", told.module, tuple(modules))
    if set(told.marks) != set(members):
        raise Stale("programmes.members_changed")
    for mark in told.marks.values():
        known("how", mark.how, tuple(How))
        if mark.how == How.EXCUSED:
            known("why", mark.why, tuple(Excuse))


def check_threat(told: NewThreat, *, now: datetime) -> None:
    known("against", told.against, tuple(Against))
    if told.at > now:
        raise DomainError("programmes.day_to_come", field="at")
    if not told.told.strip():
        raise DomainError("programmes.write_it_down", field="told")
    text("told", told.told)


def late(due: timedelta, since: datetime, now: datetime) -> bool:
    return now - since > due


def asks_why(marks: Sequence[str]) -> bool:
    """Whether the last time he did not come, and nobody knows why."""
    return bool(marks) and marks[-1] == How.UNEXCUSED


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("programmes.not_an_answer", field=name)


def text(name: str, words: str) -> None:
    if len(words) > LONGEST_TEXT:
        raise DomainError("programmes.too_long", field=name, most=LONGEST_TEXT)
