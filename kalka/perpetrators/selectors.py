from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.cases.selectors import Accused
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.orders import selectors as orders_of
from kalka.orders.lines import OrderLine
from kalka.people import crossing
from kalka.people import selectors as people
from kalka.people.selectors import PersonRef
from kalka.proceedings import selectors as proceedings
from kalka.proceedings.lines import CustodyLine, ProceedingLine
from kalka.programmes import selectors as programmes
from kalka.programmes.attending import Line


@dataclass(frozen=True, slots=True)
class File:
    """One case. Where it is not shown to the reader, `ref` and `relation` are empty and `suffered` names nobody."""

    ref: str
    relation: str
    suffered: tuple[PersonRef, ...]
    sure: bool
    orders: tuple[tuple[OrderLine, int], ...]  # and how often each was broken
    proceedings: tuple[ProceedingLine, ...]
    custody: tuple[CustodyLine, ...]
    programmes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """`back` is the case he was looked up from. The figures are of the files named here.

    A file that is not shown to the reader is here only through what was done officially. That somebody told of him, and
    nothing more, is nobody else's to know.
    """

    back: str
    files: tuple[File, ...]
    victims: int
    orders: int
    breaches: int
    running: int
    guilty: int
    held: bool


def across(actor: Actor, person_id: UUID, *, now: datetime) -> Across:
    """Asked from a case that is shown to the actor, about somebody said there to have done it.

    Raises AccessDenied for anybody else. Leaves the read entry `perpetrators.across` in every file it found,
    named or not.
    """
    if not actor.may(Permission.PERPETRATOR_READ):
        raise AccessDenied("core.not_permitted")
    him = people.get_person(actor, person_id, now=now)
    if person_id not in cases.cast_of(actor, him.subject_id, now=now).persons(Part.ALLEGED):
        raise AccessDenied("perpetrators.unknown")
    with sight.beyond():
        same = {one.person_id: one.sure for one in crossing.same_person(person_id, him.subject_id, now=now)}
        whole = cases.accused(actor, same)
    found = tuple({one.subject_id: one for one in reversed(whole)}.values())  # written down twice in one file: once
    subjects = {one.subject_id for one in found}
    audit.read(actor, "perpetrators.across", subjects)
    return _laid_out(actor, him.subject_id, found, same, now)


def _laid_out(
    actor: Actor, from_subject: UUID, found: Sequence[Accused], same: dict[UUID, bool], now: datetime
) -> Across:
    ids = list(same)
    with sight.beyond():
        orders, breaches = orders_of.of_respondents(actor, ids, now=now)
        told, held = proceedings.of_persons(actor, ids)
        sent = programmes.of_persons(actor, ids)
    shown = access.seen_of(actor, {one.subject_id for one in found}, now=now)
    acted = {line.subject_id for line in orders} | {line.subject_id for line in told}
    acted |= {line.subject_id for line in held} | {subject for subject, _line in sent}
    found = [one for one in found if one.subject_id in shown or one.subject_id in acted]
    with sight.beyond():
        victims = crossing.victims({victim for one in found for victim in one.suffered})
    codes = {subject: people.codes(actor, subject, now=now) for subject in shown}
    files = tuple(
        File(
            ref=one.ref if one.subject_id in shown else "",
            relation=one.relation if one.subject_id in shown else "",
            suffered=tuple(codes[one.subject_id][who] for who in one.suffered) if one.subject_id in shown else (),
            sure=same[one.person_id],
            orders=tuple((line, breaches.get(line.id, 0)) for line in orders if line.subject_id == one.subject_id),
            proceedings=tuple(line for line in told if line.subject_id == one.subject_id),
            custody=tuple(line for line in held if line.subject_id == one.subject_id),
            programmes=tuple(line for subject, line in sent if subject == one.subject_id),
        )
        for one in found
    )
    return Across(
        back=next(one.ref for one in found if one.subject_id == from_subject),
        files=tuple(sorted(files, key=lambda one: not one.ref)),
        victims=victims,
        orders=len(orders),
        breaches=sum(breaches.values()),
        running=sum(line.runs for line in orders),
        guilty=sum(line.end is not None and line.end.how == "guilty" for line in told),
        held=any(line.is_held for line in held),
    )
