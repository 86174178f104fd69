"""What the pages of sittings show: words for codes, and names for whoever keeps the committee."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kalka.core.actors import Actor
from kalka.directory.info import spoken
from kalka.sittings import labels, selectors
from kalka.sittings.lines import DecisionLine, ItemLine, MemberLine, SittingLine, SittingPage
from kalka.sittings.rules import Became, Present, State
from kalka.sittings.selectors import Calendar
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

TONES = {Became.LATE: "late", Became.DONE: "good", Became.NOT_DONE: "open", Became.WITHDRAWN: "open"}


@dataclass(frozen=True, slots=True)
class SittingShown:
    id: UUID
    title: str
    when: str
    state: StrOrPromise
    tone: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    id: UUID
    ref: str
    what: str
    to: str  # the organisation it refers to; none in the minutes
    who: str
    by: date
    som: int
    state: StrOrPromise
    tone: str
    runs: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    id: UUID
    ref: str
    what: str
    why: StrOrPromise
    now: bool
    done: bool
    passed: bool
    agreed: bool
    conflicts: str
    decisions: Sequence[DecisionShown]


def calendar(page: Calendar) -> dict[str, Any]:
    return {
        "to_come": [sitting(one) for one in page.to_come],
        "past": [sitting(one) for one in page.past],
        "open": [decision(one) for one in page.open],
    }


def whole(page: SittingPage) -> dict[str, Any]:
    open_ = page.line.state is State.CALLED
    return {
        "line": sitting(page.line),
        "items": [item(one, page) for one in page.items],
        "before": [decision(one) for one in page.before],
        "addenda": [_addendum(one.on, one.change, one.decision, one.by, one.title) for one in page.addenda],
        "quorum": quorum(page.present, page.quorum_words),
        "next": sitting(page.next) if page.next else None,
        "open": open_,
        "held": page.line.state is State.HELD,
        "spoken_of": _("{done} of {all} items were spoken of").format(done=page.looked_at, all=len(page.items)),
    }


def sitting(line: SittingLine) -> SittingShown:
    kind = str(labels.KINDS[line.kind])
    said = _("Sitting No. {number}: {kind}") if line.number else _("Sitting: {kind}")
    title = said.format(number=line.number, kind=kind)
    tone = {State.HELD: "good", State.CANCELLED: "open"}.get(line.state, "")
    return SittingShown(line.id, title, when(line), labels.STATES[line.state], tone)


def when(line: SittingLine) -> str:
    return f"{writing.day(line.at)}, {writing.clock_time(line.at)} · {labels.VENUES[line.venue]}"


def decision(line: DecisionLine) -> DecisionShown:
    return DecisionShown(
        id=line.id,
        ref=line.ref,
        what=line.what,
        to=line.to.get(spoken(None), ""),
        who=line.title,
        by=line.by,
        som=line.som,
        state=labels.BECAME[line.became],
        tone=TONES.get(line.became, ""),
        runs=line.runs,
        changed=line.changed,
    )


def item(line: ItemLine, page: SittingPage) -> ItemShown:
    apart = len(line.conflicts)
    said = ngettext("{number} member does not take part", "{number} members do not take part", apart)
    return ItemShown(
        id=line.id,
        ref=line.ref,
        what=line.what,
        why=labels.WHYS[line.why],
        now=line.id == page.current,
        done=line.done,
        passed=line.passed,
        agreed=line.agreed,
        conflicts=said.format(number=apart) if apart else "",
        decisions=[decision(one) for one in line.decisions],
    )


def quorum(found: Present, words: str) -> str:
    said = str(labels.QUORUMS[found.quorum])
    return f"{said} ({words})" if words else said


def with_names(actor: Actor, page: SittingPage) -> list[MemberLine]:
    """As the page has them, with their names for whoever keeps the committee. The reading is recorded."""
    names = {one.holding_id: one.name for one in selectors.named(actor, page.line.organisation_id, page.line.on)}
    return [replace(one, name=names.get(one.holding_id, "")) for one in page.members]


def may_answer(seated: Sequence[MemberLine], line: ItemLine) -> list[MemberLine]:
    """Who may be made responsible for what is decided there."""
    return [one for one in seated if one.holding_id not in line.conflicts]


def of_decision(line: DecisionLine) -> dict[str, Any]:
    return {"decision": decision(line), "gives": line.gives}


def _addendum(on: date, change: str, line: DecisionLine, by: date | None, who: str) -> str:
    said = f"{writing.day_short(on)}: {line.ref} {line.what}. {labels.CHANGES[change]}".replace(":  ", ": ")
    more = writing.day_short(by) if by else who
    return f"{said}: {more}" if more else said
