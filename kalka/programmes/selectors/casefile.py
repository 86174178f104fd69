"""What a case knows of programmes: who of it must go, who was sent, who never was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.core.timeline import TimelineItem
from kalka.proceedings import selectors as proceedings
from kalka.programmes.attending import Line, lines
from kalka.programmes.models import Enrolment, Owed, Sending, StepTaken
from kalka.ui.choices import Pairs

SIZE = 100


@dataclass(frozen=True, slots=True)
class Never:
    """Somebody who must go and was not sent: since the order against him, or since he was found guilty."""

    subject_id: UUID
    ref: str
    place: str
    on: date
    days: int
    basis: dict[str, object]
    opens: bool
    by_order: bool


@dataclass(frozen=True, slots=True)
class OfCase:
    sent: tuple[Line, ...]
    owed: tuple[tuple[date, bool], ...]  # of those who were not sent: the day, and whether it is that of an order


def of_case(actor: Actor, ref: str, *, now: datetime) -> OfCase:
    case = cases.get_case(actor, ref, now=now)
    rows = access.visible(actor, Sending.objects.filter(subject_id=case.subject_id), now=now)
    ids = list(rows.order_by("recorded_at", "id").values_list("enrolment_id", flat=True))
    with beyond():  # of a case the actor sees: how far he is, without a name
        sent = lines(Enrolment.objects.staged().filter(pk__in=ids).order_by("recorded_at", "id"))
    rows_ = access.visible(actor, _unsent().filter(subject_id=case.subject_id), now=now)
    owed = _still(actor, rows_.order_by("on", "id"))
    return OfCase(sent, tuple((one.on, one.proceeding_id is None) for one in owed))


def never_enrolled(actor: Actor, *, now: datetime) -> tuple[Never, ...]:
    """Of the cases whose orders the actor reads: by code and day, the longest first. No name.

    Whoever is given work of a case and reads no orders is shown nothing.
    """
    if not actor.may(Permission.ORDER_READ):
        return ()
    today = day_of(now)
    seen = (access.visible(actor, _unsent(), now=now, scope=scope) for scope in (Scope.ORDERS, Scope.DUTIES))
    found: dict[tuple[UUID, UUID | None], Owed] = {}
    for row in _still(actor, (one for some in seen for one in some.order_by("on", "id")[:SIZE])):
        found.setdefault((row.subject_id, row.person_id), row)  # by the first of them against him
    rows = list(found.values())
    open_ = access.seen_of(actor, {row.subject_id for row in rows}, now=now)
    lines_ = [
        Never(
            row.subject_id,
            row.case_ref,
            row.place,
            row.on,
            (today - row.on).days,
            row.basis,
            row.subject_id in open_,
            by_order=row.proceeding_id is None,
        )
        for row in rows
    ]
    return tuple(sorted(lines_, key=lambda one: (one.on, one.ref)))[:SIZE]


def person_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    return cases.part_choices(actor, ref, Part.ALLEGED, now=now, by_person=True)


def timeline(actor: Actor, subject_id: UUID, *, now: datetime) -> list[TimelineItem]:
    """For the page of the case: what became of whoever was sent from it."""
    rows = access.visible(actor, Sending.objects.filter(subject_id=subject_id), now=now)
    ids = list(rows.values_list("enrolment_id", flat=True))
    if not ids:
        return []
    with beyond():
        steps = list(StepTaken.objects.filter(enrolment__in=ids).order_by("recorded_at", "number"))
    return [
        TimelineItem(one.recorded_at, f"programmes.{one.step}", "people", {}, one.post_id, key=one.step in KEY)
        for one in steps
    ]


def files_from(actor: Actor, subject_ids: Collection[UUID]) -> set[UUID]:
    """The enrolments people were sent to from these cases: destroyed with them. Needs ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    rows = Sending.objects.filter(subject_id__in=list(subject_ids))
    return set(rows.values_list("enrolment__subject_id", flat=True))


KEY = ("sent", "evasion", "completed")


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor sent somebody under this id."""
    with beyond():
        return Sending.objects.filter(pk=id, author_id=actor.user_id).exists()


def _unsent() -> QuerySet[Owed]:
    here = Sending.objects.filter(subject_id=OuterRef("subject_id"))
    named = Exists(here.filter(person=OuterRef("person")))
    return Owed.objects.exclude(named).exclude(Q(Exists(here), person=None))


def _still(actor: Actor, rows: Iterable[Owed]) -> list[Owed]:
    """Less those whose sentence a later decision took the place of."""
    found = list(rows)
    over = proceedings.overturned(actor, {one.proceeding_id for one in found if one.proceeding_id})
    return [one for one in found if one.proceeding_id not in over]
