"""Which practice an institution works by. Without an act of its own, by none."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.risk import practice
from kalka.risk.models import Assessment, Practice
from kalka.risk.practice import Running, months_after
from kalka.risk.rules import Alone, place


def practice_at(actor: Actor, post_id: int | None) -> Running | None:
    """Of the institution a post belongs to, else of the nearest above it that said anything of it."""
    post = directory.post(post_id) if post_id else None
    if post is None:
        return None
    chain = _above(post.organisation_id)
    said: dict[int, Practice] = {}
    for row in Practice.objects.filter(organisation_id__in=chain).order_by("recorded_at", "pk"):
        said[row.organisation_id] = row
    nearest = next((said[one] for one in chain if one in said), None)
    if nearest is None or not nearest.running or nearest.pack not in practice.packs():
        return None
    return Running(practice.pack(nearest.pack), nearest.cite)


def _above(organisation_id: int) -> list[int]:
    """An institution and those it belongs to, the nearest first."""
    chain: list[int] = []
    here: int | None = organisation_id
    while here is not None and here not in chain:
        chain.append(here)
        found = directory.organisation(here)
        here = found.parent_id if found else None
    return chain


@dataclass(frozen=True, slots=True)
class Supervised:
    """Closing waits: until a day, and for so many favourable assessments in person, one after the other."""

    until: date
    found: int
    of: int


def supervised(actor: Actor, subject_id: UUID, *, now: datetime) -> Supervised | None:
    """Where the practice of whoever assessed last asks for it; None where no practice runs or nothing was high."""
    rows = access.visible(actor, Assessment.objects.in_force().filter(subject_id=subject_id), now=now)
    columns = ("post_id", "level", "assessed_on", "judgement__alone")
    found = list(rows.order_by("-recorded_at", "-id").values_list(*columns))
    running = practice_at(actor, found[0][0]) if found else None
    above = next((on for _post, level, on, _alone in found if place(level).at > 1), None)
    if running is None or above is None:
        return None
    in_person = [place(level).at == 1 and alone == Alone.YES for _post, level, _on, alone in found]
    favourable = in_person.index(False) if False in in_person else len(in_person)
    until = months_after(above, running.pack.months)
    if clock.day_of(now) >= until and favourable >= running.pack.favourable:
        return None
    return Supervised(until, favourable, running.pack.favourable)
