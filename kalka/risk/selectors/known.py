"""What is known without asking: the facts an edition may use, and the items a register answers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.history import selectors as history
from kalka.instruments import scoring
from kalka.instruments.shape import Edition
from kalka.people import relations
from kalka.people import selectors as people
from kalka.risk import labels, tables
from kalka.risk.recorded import Recorded, recorded
from kalka.risk.rules import age_from, place, relationship
from kalka.risk.selectors.standing import current

Counted = Mapping[str, Mapping[str, int]]  # item → event → how often


def facts(actor: Actor, subject_id: UUID, edition: Edition, *, now: datetime) -> dict[str, object]:
    """The facts of the case by the names editions use. What is not known is None, and never rules anything out."""
    cast = cases.cast_of(actor, subject_id, now=now)
    groups = (_group(code) for code in cases.alleged_relations(actor, subject_id, now=now))
    standing = current(actor, subject_id, now=now)
    reached = place(standing.position).on(len(edition.levels)) if standing else None
    return {
        "relationship": relationship(groups),
        "age": _age(actor, subject_id, cast.persons(Part.PROTECTED), now),
        "children_present": True if cast.persons(Part.CHILD) else None,
        "reached_level": edition.levels[reached.at - 1].code if reached else None,
    }


def _group(code: str) -> str:
    found = relations.kinds().get(code)
    return found.group if found and code != "unknown" else "unknown"


def _age(actor: Actor, subject_id: UUID, protected: frozenset[UUID], now: datetime) -> int | None:
    codes = people.codes(actor, subject_id, now=now)
    return next((age_from(codes[person].age_band) for person in protected if person in codes), None)


def excluded(actor: Actor, subject_id: UUID, edition: Edition, *, now: datetime) -> tuple[str, ...]:
    """The facts of the case that rule the edition out."""
    found = scoring.score(edition, {}, facts(actor, subject_id, edition, now=now))
    return found.reasons if found.status == "ineligible" else ()


def counted(actor: Actor, subject_id: UUID, edition: Edition, *, now: datetime) -> Counted:
    """The items that the register answers with yes, with what it counted; read as one entry of the record.

    An item it does not answer is not a no: other registers may know it.
    """
    wanted = tables.registered().get(edition.id, {})
    events = sorted({event for needed in wanted.values() for event in needed})
    if not events:
        return {}
    found = _counts(actor, subject_id, events, now)
    met = {code: _met(needed, found) for code, needed in wanted.items()}
    return {code: times for code, times in met.items() if times}


def register(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Recorded, ...]:
    """What the history knows of the file, and of each alleged person in files that are not opened here."""
    kinds, today = list(labels.REGISTER), clock.day_of(now)
    alleged = cases.cast_of(actor, subject_id, now=now).persons(Part.ALLEGED)
    times = history.most_of(actor, subject_id, kinds, persons=alleged, now=now)
    last = history.last_of(actor, subject_id, kinds, persons=alleged, now=now)
    return tuple(recorded(code, times[code], last.get(code), today) for code in kinds if times[code])


def _met(needed: Mapping[str, int], found: Mapping[str, int]) -> dict[str, int]:
    return {event: found[event] for event, least in needed.items() if found[event] >= least}


def _counts(actor: Actor, subject_id: UUID, events: list[str], now: datetime) -> dict[str, int]:
    """In the file, and of each alleged person also in files that are not opened here: the most of any of them."""
    alleged = cases.cast_of(actor, subject_id, now=now).persons(Part.ALLEGED)
    return history.most_of(actor, subject_id, events, persons=alleged, now=now)
