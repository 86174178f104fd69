"""The sittings of the actor's committee, and the number of each in its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.sittings.lines import DecisionLine, SittingLine
from kalka.sittings.models import Sitting
from kalka.sittings.rules import State
from kalka.sittings.selectors.decisions import decision_lines, running_before
from kalka.sittings.selectors.members import members
from kalka.ui.between import Between, of_year

ANY_DAY = Between()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`year`: the one that is shown, None where other days were asked for. `open`: decisions of sittings held before
    that are not done yet, the most late first."""

    year: int | None
    between: Between
    years: Sequence[int]
    to_come: Sequence[SittingLine]
    past: Sequence[SittingLine]
    held: int
    open: Sequence[DecisionLine]
    may_keep: bool


def calendar(actor: Actor, *, between: Between = ANY_DAY, kind: str = "", now: datetime) -> Calendar:
    """Of the actor's own committee; of this year, where no days were asked for. AccessDenied where the actor is of
    none."""
    lines = sittings(actor, now=now)
    today = day_of(now)
    days = between or of_year(today.year)
    chosen = [one for one in lines if one.on in days and kind in ("", one.kind)]
    return Calendar(
        year=days.year,
        between=days,
        years=sorted({one.on.year for one in lines} | {today.year}, reverse=True),
        to_come=[one for one in reversed(chosen) if one.state is State.CALLED],
        past=[one for one in chosen if one.state is not State.CALLED],
        held=sum(one.state is State.HELD for one in chosen),
        open=_open(actor, now),
        may_keep=actor.may(Permission.SITTING_KEEP),
    )


def sittings(actor: Actor, *, now: datetime) -> list[SittingLine]:
    """The newest first."""
    if not actor.may(Permission.SITTING_ATTEND) or actor.organisation_id is None:
        raise AccessDenied("core.not_permitted")
    rows = access.visible(actor, Sitting.objects.filter(organisation=actor.organisation_id), now=now)
    return _numbered(rows)


def _numbered(rows: QuerySet[Sitting]) -> list[SittingLine]:
    held: dict[int, int] = {}
    lines = []
    for row in rows.select_related("end").order_by("at", "pk"):
        state = State(row.end.how) if hasattr(row, "end") else State.CALLED
        year = day_of(row.at).year
        if state is State.HELD:
            held[year] = held.get(year, 0) + 1
        number = held[year] if state is State.HELD else 0
        lines.append(SittingLine(row.pk, row.organisation_id, row.kind, row.at, row.venue, state, number))
    return lines[::-1]


def _open(actor: Actor, now: datetime) -> list[DecisionLine]:
    assert actor.organisation_id is not None  # asked above
    titles = {one.holding_id: one.title for one in members(actor, actor.organisation_id, day_of(now))}
    items = running_before(actor, actor.organisation_id, now, now=now)
    found = decision_lines(actor, items, titles=titles, now=now)
    return sorted((one for one in found if one.runs), key=lambda one: (one.by, str(one.id)))
