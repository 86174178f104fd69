"""Who stays: seen by the shelter, and by nobody of the family's file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.refs import read_ref
from kalka.lawbook.book import Law, Provision
from kalka.shelters.models import (
    Belonging,
    Departure,
    Extension,
    GivenBack,
    Place,
    RulesTold,
    Stay,
    StayChild,
    Taking,
)
from kalka.shelters.rules import nights
from kalka.shelters.selectors.houses import last_rules
from kalka.vault.keys import Keys

LIMIT = "shelter.stay_max_days"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class StayLine:
    id: UUID
    ref: str
    arrived_on: date
    due_on: date
    left_on: date | None
    nights: int
    children: int
    over: bool  # past the agreed day, and nobody said what follows


@dataclass(frozen=True, slots=True, repr=False)
class ChildLine:
    id: UUID
    sex: str
    age_band: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class BelongingLine:
    id: UUID
    what: str
    since: datetime
    back_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class ExtensionLine:
    on: datetime
    due_on: date
    why: str
    told: str


@dataclass(frozen=True, slots=True, repr=False)
class LeftLine:
    on: date
    where: str
    plan: str
    contact: str


@dataclass(frozen=True, slots=True, repr=False)
class StayPage:
    line: StayLine
    shelter_id: UUID
    sex: str
    age_band: str
    name: str
    told: str
    beds: tuple[tuple[int, int], ...]  # room and bed
    children: tuple[ChildLine, ...]
    belongings: tuple[BelongingLine, ...]
    extensions: tuple[ExtensionLine, ...]
    rules_told_at: datetime | None
    rules_are_old: bool  # they changed since, or were never told
    left: LeftLine | None
    law: Provision | None


def get_stay(actor: Actor, id: UUID, *, now: datetime) -> Stay:
    stay = access.visible(actor, Stay.objects.all(), now=now).filter(pk=id).first()
    if stay is None:
        raise AccessDenied("shelters.unknown")
    return stay


def stay_by_ref(actor: Actor, typed: str, *, now: datetime) -> Stay | None:
    """As it is said on the telephone or read off a page."""
    return access.visible(actor, Stay.objects.filter(ref=read_ref(typed)), now=now).first()


def left_on(actor: Actor, stay: Stay) -> date | None:
    return Departure.objects.filter(stay=stay).values_list("on", flat=True).first()


def agreed(actor: Actor, stay: Stay) -> date:
    """The day agreed on last."""
    last = Extension.objects.filter(stay=stay).order_by("-recorded_at", "-pk").values_list("due_on", flat=True).first()
    return last or stay.due_on


def limit(actor: Actor, on: date) -> Provision | None:
    """How long somebody may stay by law; a provision that is not set says so."""
    return Law(on).get(LIMIT)


def stays(actor: Actor, *, now: datetime, gone: bool = False) -> tuple[StayLine, ...]:
    """Who is there, or who left; in codes and days alone. Four queries."""
    departed = dict(access.visible(actor, Departure.objects.all(), now=now).values_list("stay", "on"))
    rows = access.visible(actor, Stay.objects.all(), now=now)
    rows = rows.filter(pk__in=departed) if gone else rows.exclude(pk__in=departed)
    found = list(rows.order_by("-arrived_on", "pk")[:SHOWN])
    agreed_on = _agreed([one.pk for one in found])
    children = list(StayChild.objects.filter(stay__in=found).values_list("stay", flat=True))
    today = day_of(now)
    return tuple(
        _line(one, departed.get(one.pk), agreed_on.get(one.pk, one.due_on), children.count(one.pk), today)
        for one in found
    )


def stay_page(actor: Actor, id: UUID, *, now: datetime) -> StayPage:
    stay = get_stay(actor, id, now=now)
    keys = access.unlock(actor, [stay.subject_id], what="shelters.stay", now=now)
    children = tuple(_child(one, keys) for one in StayChild.objects.filter(stay=stay).order_by("recorded_at", "pk"))
    left = Departure.objects.filter(stay=stay).first()
    due = _agreed([stay.pk]).get(stay.pk, stay.due_on)
    told = RulesTold.objects.filter(stay=stay).order_by("-recorded_at").first()
    rules = last_rules(actor, stay.shelter_id, now=now)
    return StayPage(
        line=_line(stay, left.on if left else None, due, len(children), day_of(now)),
        shelter_id=stay.shelter_id,
        sex=stay.sex,
        age_band=stay.age_band,
        name=keys.get(stay, "name") or "",
        told=keys.get(stay, "told") or "",
        beds=_beds(stay.subject_id),
        children=children,
        belongings=_belongings(stay, keys),
        extensions=_extensions(stay, keys),
        rules_told_at=told.recorded_at if told else None,
        rules_are_old=rules is not None and (told is None or told.rules_id != rules.pk),
        left=LeftLine(left.on, left.where, keys.get(left, "plan") or "", keys.get(left, "contact") or "")
        if left
        else None,
        law=limit(actor, day_of(now)),
    )


def beds_of(actor: Actor, id: UUID, *, now: datetime, besides: UUID | None = None) -> list[tuple[str, int, int]]:
    """The beds of a stay: id, room, bed. `besides`: one of its house that was its own when somebody looked."""
    stay = get_stay(actor, id, now=now)
    mine = Taking.objects.running().filter(file=stay.subject_id).values("place")
    own = Q(pk__in=mine) | Q(pk=besides, shelter=stay.shelter_id)
    found = Place.objects.filter(own).order_by("room", "bed").values_list("pk", "room", "bed")
    return [(str(pk), room, bed) for pk, room, bed in found]


def get_belonging(actor: Actor, id: UUID, *, now: datetime) -> Belonging:
    found = access.visible(actor, Belonging.objects.all(), now=now).filter(pk=id).first()
    if found is None:
        raise AccessDenied("shelters.unknown")
    return found


def _line(stay: Stay, left: date | None, due: date, children: int, today: date) -> StayLine:
    return StayLine(
        id=stay.pk,
        ref=stay.ref,
        arrived_on=stay.arrived_on,
        due_on=due,
        left_on=left,
        nights=nights(stay.arrived_on, left or today),
        children=children,
        over=left is None and due < today,
    )


def _agreed(stay_ids: list[UUID]) -> dict[UUID, date]:
    """The newest extension of each."""
    rows = Extension.objects.filter(stay__in=stay_ids).order_by("recorded_at", "pk")
    return dict(rows.values_list("stay", "due_on"))


def _beds(file: UUID) -> tuple[tuple[int, int], ...]:
    mine = Taking.objects.running().filter(file=file).values("place")
    return tuple(Place.objects.filter(pk__in=mine).order_by("room", "bed").values_list("room", "bed"))


def _child(row: StayChild, keys: Keys) -> ChildLine:
    return ChildLine(row.pk, row.sex, row.age_band, keys.get(row, "name") or "")


def _belongings(stay: Stay, keys: Keys) -> tuple[BelongingLine, ...]:
    rows = list(Belonging.objects.filter(stay=stay).order_by("recorded_at", "pk"))
    back = dict(GivenBack.objects.filter(belonging__in=rows).values_list("belonging", "recorded_at"))
    return tuple(BelongingLine(one.pk, keys.get(one, "what"), one.recorded_at, back.get(one.pk)) for one in rows)


def _extensions(stay: Stay, keys: Keys) -> tuple[ExtensionLine, ...]:
    rows = Extension.objects.filter(stay=stay).order_by("recorded_at", "pk")
    return tuple(ExtensionLine(one.recorded_at, one.due_on, one.why, keys.get(one, "told") or "") for one in rows)
