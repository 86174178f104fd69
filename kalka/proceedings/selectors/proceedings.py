"""Proceedings of a case, and across the cases an office oversees."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Part, Stage
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.timeline import TimelineItem
from kalka.monitoring import selectors as monitoring
from kalka.orders import selectors as orders
from kalka.proceedings import happened
from kalka.proceedings.lines import CustodyLine, ProceedingLine, custodies, proceedings
from kalka.proceedings.models import Custody, Proceeding, WeaponCheck
from kalka.ui import writing
from kalka.ui.choices import Pairs
from kalka.vault.keys import Keys

if TYPE_CHECKING:
    from kalka.cases.models import Case

SIZE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`opens`: the whole file is shown to the actor, so that there is a page of it for them."""

    line: ProceedingLine
    opens: bool


def open_case(actor: Actor, ref: str, *, now: datetime) -> "Case":
    """The case, for a step in it. Refuses `proceedings.case_closed`."""
    case = cases.get_case(actor, ref, now=now)
    if case.stage == Stage.CLOSED:
        raise DomainError("proceedings.case_closed")
    return case


def alleged(actor: Actor, subject_id: UUID, *, now: datetime) -> frozenset[UUID]:
    """Who is said to have done it: against nobody else anything is written down here."""
    return frozenset(cases.cast_of(actor, subject_id, now=now).persons(Part.ALLEGED))


def get_proceeding(actor: Actor, ref: str, proceeding_id: UUID, *, now: datetime) -> Proceeding:
    """AccessDenied for one of another case as for none."""
    case = cases.get_case(actor, ref, now=now)
    rows = Proceeding.objects.filter(pk=proceeding_id, subject_id=case.subject_id)
    row = access.visible(actor, rows, now=now).first()
    if row is None:
        raise AccessDenied("proceedings.unknown")
    return row


def proceeding_line(actor: Actor, ref: str, proceeding_id: UUID, *, now: datetime) -> ProceedingLine:
    return proceedings([get_proceeding(actor, ref, proceeding_id, now=now)])[0]


def person_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    return cases.part_choices(actor, ref, Part.ALLEGED, now=now, by_person=True)


def order_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Orders of the case, by issuer and days: no number."""
    case = cases.get_case(actor, ref, now=now)
    found = orders.of_case(actor, case.subject_id, now=now)
    days = ((one, f"{writing.day(one.starts)} – {writing.day(one.last_day)}") for one in found)
    return [(str(one.id), f"{one.authority} · {words}" if one.authority else words) for one, words in days]


def bans_set(actor: Actor, ref: str, *, now: datetime) -> tuple[str, ...]:
    """What the monitoring that runs in the case forbids: ticked already on the form."""
    case = cases.get_case(actor, ref, now=now)
    running = (one for one in monitoring.of_case(actor, case.subject_id, now=now) if one.runs)
    return tuple(dict.fromkeys(code for one in running for code in one.bans))


def register(
    actor: Actor, *, now: datetime, after: UUID | None = None, ended: str = ""
) -> tuple[list[Entry], UUID | None]:
    """The proceedings of the cases the actor works on or oversees, the newest first: no name, number or word.

    `ended`: only those whose last decision was this. The second is the last one of this page where there are more.
    """
    rows = access.visible(actor, Proceeding.objects.all(), now=now, scope=Scope.ORDERS)
    if ended:
        rows = rows.filter(ends__how=ended).distinct()
    begin = rows.filter(pk=after).first() if after else None
    if begin is not None:
        rows = rows.filter(Q(on__lt=begin.on) | Q(on=begin.on, pk__gt=begin.pk))
    found = list(rows.order_by("-on", "id")[: SIZE + 1])
    shown = proceedings(found[:SIZE])
    open_ = access.seen_of(actor, {line.subject_id for line in shown}, now=now)
    following = found[SIZE - 1].pk if len(found) > SIZE else None
    return [Entry(line, line.subject_id in open_) for line in shown], following


def of_persons(
    actor: Actor, person_ids: Collection[UUID]
) -> tuple[tuple[ProceedingLine, ...], tuple[CustodyLine, ...]]:
    """Codes and days of all proceedings and custody of these people, less the files the actor is shut out of.

    For a question across files that answers with codes alone; whoever asks it runs it beyond sight and records it.
    """
    told = access.unwalled(actor, Proceeding.objects.filter(person__in=list(person_ids))).order_by("-on", "id")
    kept = access.unwalled(actor, Custody.objects.filter(person__in=list(person_ids))).order_by("-begun_at", "id")
    return proceedings(told), custodies(kept)


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case stays open while somebody is held, and while proceedings run."""
    found: list[Blocker] = []
    kept = access.visible(actor, Custody.objects.filter(subject_id=subject_id, release=None), now=now)
    found += [Blocker("proceedings.in_custody", {"url": reverse("proceedings:release", args=[row.pk])}) for row in kept]
    rows = access.visible(actor, Proceeding.objects.filter(subject_id=subject_id, ends=None), now=now)
    for row in rows:
        url = reverse("proceedings:proceeding", args=[row.case_ref, row.pk])
        found.append(Blocker("proceedings.running", {"url": url}))
    return tuple(found)


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """What happened with the proceedings, the custody and the weapons of a file. `keys` open what was told of it."""
    told = access.visible(actor, Proceeding.objects.filter(subject_id=subject_id), now=now)
    kept = access.visible(actor, Custody.objects.filter(subject_id=subject_id), now=now)
    weapons = access.visible(actor, WeaponCheck.objects.filter(subject_id=subject_id), now=now)
    return happened.of_file(list(told), custodies(kept), list(weapons), keys)
