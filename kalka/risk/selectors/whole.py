"""The last level of many cases at once, for a file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.risk import installed
from kalka.risk.models import Assessment
from kalka.risk.offered import lang
from kalka.risk.rules import place


@dataclass(frozen=True, slots=True)
class Assessed:
    """`title` as its edition says it. What happened since and may lift the level is on the page of the case."""

    title: str
    on: date


def last_levels(actor: Actor, subject_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Assessed]:
    """The level last set in each, in one statement; a subject that was not assessed is missing."""
    rows = access.visible_of(actor, Assessment.objects.in_force(), subject_ids, now=now)
    columns = ("subject_id", "instrument", "edition", "level", "assessed_on")
    titles: dict[tuple[str, str, str], str] = {}
    found: dict[UUID, Assessed] = {}
    for subject, instrument, edition, level, on in rows.order_by("recorded_at", "id").values_list(*columns):
        key = (instrument, edition, level)
        if key not in titles:
            titles[key] = installed.edition(instrument, edition).levels[place(level).at - 1].title[lang()]
        found[subject] = Assessed(titles[key], on)
    return found
