"""A committee as its pages show it: words for codes, and the tree its members stand in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language

from kalka.committees import labels
from kalka.committees.info import CommitteeView, MemberView
from kalka.committees.rules import Office, State, Step
from kalka.committees.selectors.planning import GuideLine
from kalka.directory.roles import CATEGORIES, GROUPS
from kalka.duties.kinds import BY_HAND
from kalka.duties.lines import DutyLine
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the three branches and its categories; a member stands in one alone."""

    title: str
    members: tuple["MemberLine", ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> int:
        return sum(count for _title, count in self.counts)


@dataclass(frozen=True, slots=True)
class MemberLine:
    id: int
    category: str
    office: StrOrPromise
    undertaken: bool
    on_paper: bool
    since: date
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """`url`: where it is said how it went, where that is not simply ticked off."""

    title: StrOrPromise
    ref: str
    due_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class StepLine:
    title: StrOrPromise
    why: StrOrPromise
    url: str
    done: bool
    next: bool
    count: int


def steps(
    lines: Sequence[GuideLine], committee: CommitteeView | None, seated: Collection[MemberView]
) -> list[StepLine]:
    return [
        StepLine(*labels.STEPS[line.step][:2], _where(line.step, committee, seated), line.done, line.next, line.count)
        for line in lines
    ]


def tree(found: Collection[MemberView]) -> list[Branch]:
    """Everybody once. Whoever stands for nobody yet comes last, under no branch."""
    lang = (get_language() or "ky")[:2]
    lines = [member_line(one) for one in found]
    branches = [
        Branch(
            titles[lang],
            tuple(line for line, one in zip(lines, found, strict=True) if _group(one.category) == code),
            tuple(
                (category.titles[lang], sum(one.category == category.code for one in found))
                for category in CATEGORIES.values()
                if category.group == code
            ),
        )
        for code, titles in GROUPS.items()
    ]
    rest = tuple(line for line, one in zip(lines, found, strict=True) if one.category not in CATEGORIES)
    return [*branches, Branch("", rest, ())] if rest else branches


def member_line(one: MemberView) -> MemberLine:
    lang = (get_language() or "ky")[:2]
    return MemberLine(
        id=one.holding_id,
        category=CATEGORIES[one.category].titles[lang] if one.category in CATEGORIES else "",
        office=labels.OFFICES[one.office] if one.office != Office.MEMBER else "",
        undertaken=one.undertaken,
        on_paper=one.on_paper,
        since=one.since,
        name=one.name,
    )


def tasks(lines: Collection[DutyLine]) -> list[TaskLine]:
    return [TaskLine(one.title, one.ref, one.due_at, "" if one.kind in BY_HAND else one.url) for one in lines]


def state(one: State) -> tuple[StrOrPromise, str]:
    return labels.STATES[one], labels.CHIPS[one]


def _group(category: str) -> str:
    return CATEGORIES[category].group if category in CATEGORIES else ""


def _where(step: Step, committee: CommitteeView | None, seated: Collection[MemberView]) -> str:
    """Straight to the page, of the next member where it is one after the other."""
    name = labels.STEPS[step][2]
    waiting = {
        Step.OFFICES: (one.holding_id for one in seated if not one.keeps),
        Step.UNDERTAKINGS: (one.holding_id for one in seated if not one.undertaken),
    }
    if step in waiting:
        found = next(waiting[step], None)
        return reverse(name, args=[found]) if found is not None else ""
    return (
        reverse(name, args=[committee.id] if step == Step.APPROVALS and committee else [])
        if _asks(step, committee)
        else ""
    )


def _asks(step: Step, committee: CommitteeView | None) -> bool:
    """Before it is written down there is nothing but to write it down."""
    return committee is not None or step == Step.FOUNDING
