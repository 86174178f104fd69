"""Sittings, items and decisions as a page shows them: codes, days, and labels that name nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.refs import show_ref
from kalka.sittings import catalogue, quorum
from kalka.sittings.rules import Became, Present, State, present
from kalka.support.rules import Aid


@dataclass(frozen=True, slots=True)
class MemberLine:
    """`name` is for whoever keeps the sittings; on paper a member is an office or whom they stand for."""

    holding_id: int
    post_id: int
    user_id: int
    title: str
    on_paper: bool = False
    came: bool = False
    name: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        return f"{self.name} · {self.title}" if self.name else self.title


class _Coded:
    """What is about a case, or about none, shows its code."""

    __slots__ = ()
    case_ref: str

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref) if self.case_ref else ""


def _with(said: str, words: str) -> str:
    return f"{said}: {words}" if words else said


@dataclass(frozen=True, slots=True)
class DecisionLine(_Coded):
    id: UUID
    item_id: UUID
    sitting_id: UUID
    taken_on: date
    measure: str
    case_ref: str
    sort: str
    responsible: int
    title: str  # of whoever answers for it
    by: date
    som: int
    became: Became
    how: str
    ended_on: date | None
    changed: bool  # an addendum says something else than was decided
    words: str = field(default="", repr=False)
    to: Mapping[str, str] = field(default_factory=dict)  # the organisation it refers to, by language

    @property
    def gives(self) -> bool:
        """Whether money or things go out of a budget when it is done; a document is restored out of none."""
        known = catalogue.catalogue().measures.get(self.measure) if self.case_ref else None
        return known is not None and known.help in list(Aid)

    @property
    def what(self) -> str:
        return _with(catalogue.measure(self.measure, of_case=bool(self.case_ref)), self.words)

    @property
    def runs(self) -> bool:
        return self.became in (Became.RUNNING, Became.LATE)


@dataclass(frozen=True, slots=True)
class ItemLine(_Coded):
    """`number`: its place among those the reader may know of."""

    id: UUID
    number: int
    topic: str
    why: str
    case_ref: str
    about: UUID | None
    agreed: bool  # her consent runs
    passed: bool
    conflicts: frozenset[int]
    decisions: Sequence[DecisionLine]
    level: str = ""
    words: str = field(default="", repr=False)

    @property
    def what(self) -> str:
        return _with(catalogue.topic(self.topic, of_case=bool(self.case_ref)), self.words)

    @property
    def done(self) -> bool:
        return self.passed or bool(self.decisions) or self.topic == catalogue.BEFORE


@dataclass(frozen=True, slots=True)
class SittingLine:
    id: UUID
    organisation_id: int
    kind: str
    at: datetime
    venue: str
    state: State
    number: int  # within its year, of those held; 0 until then

    @property
    def on(self) -> date:
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class AddendumLine:
    on: date
    change: str
    decision: DecisionLine
    by: date | None
    title: str


@dataclass(frozen=True, slots=True)
class SittingPage:
    line: SittingLine
    committee: Mapping[str, str]
    place: str
    items: Sequence[ItemLine]
    members: Sequence[MemberLine]
    roll: bool  # it was written down who came
    present: Present
    quorum_words: str
    before: Sequence[DecisionLine]
    addenda: Sequence[AddendumLine]
    next: SittingLine | None
    may_keep: bool

    def present_for(self, item: ItemLine) -> Present:
        """Who counts for one item: whoever declared a conflict neither came nor belongs."""
        came = [one.holding_id for one in self.members if one.came]
        return present(came, [one.holding_id for one in self.members], quorum.share(self.line.on), item.conflicts)

    @property
    def looked_at(self) -> int:
        return sum(item.done for item in self.items)

    @property
    def current(self) -> UUID | None:
        """The item that is spoken of: the first that nothing was said to yet."""
        open = (item.id for item in self.items if not item.done)
        return next(open, None) if self.roll and self.line.state is State.CALLED else None


@dataclass(frozen=True, slots=True)
class Proposal(_Coded):
    """A case that is due, by code. Without her consent it is not put on the agenda."""

    case_ref: str
    topic: str
    why: str
    agreed: bool

    @property
    def what(self) -> str:
        return catalogue.topic(self.topic, of_case=True)
