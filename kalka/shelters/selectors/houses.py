"""A shelter as those who work in it see it: its rooms, who is coming, who is there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.shelters.models import AddressKept, Hold, HouseRules, Place, Shelter, Stay, Taking
from kalka.shelters.rules import Kind, Suits, still_held
from kalka.strongroom import selectors as strongroom


@dataclass(frozen=True, slots=True)
class BedLine:
    """`state`: free, hold, stay or closed; `part` is the hold or the stay, `ref` its code."""

    id: UUID
    bed: int
    suits: tuple[Suits, ...]
    state: str
    until: datetime | None = None
    why: str = ""
    part: UUID | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RoomLine:
    number: int
    beds: tuple[BedLine, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HouseLine:
    id: UUID
    name: str
    region: str
    rooms: tuple[RoomLine, ...]
    has_address: bool

    @property
    def beds(self) -> list[BedLine]:
        return [bed for room in self.rooms for bed in room.beds]

    @property
    def free(self) -> int:
        return sum(bed.state == "free" for bed in self.beds)

    @property
    def coming(self) -> list[BedLine]:
        return sorted((bed for bed in self.beds if bed.until), key=lambda bed: str(bed.until))


@dataclass(frozen=True, slots=True, repr=False)
class RulesPage:
    text: str
    at: datetime | None
    version: str  # empty while there are none


def houses(actor: Actor, *, now: datetime) -> tuple[HouseLine, ...]:
    """Every shelter of the actor's organisation, with its beds. As many queries for many as for one."""
    rows = list(_visible(actor, now).order_by("recorded_at", "pk"))
    keys = access.unlock(actor, [one.subject_id for one in rows], what="shelters.board", now=now)
    beds = Place.objects.standing().filter(shelter__in=rows).order_by("shelter", "room", "bed")
    lines: dict[UUID, list[tuple[int, BedLine]]] = defaultdict(list)
    for place, line in _lines(actor, list(beds), now):
        lines[place.shelter_id].append((place.room, line))
    addressed = set(AddressKept.objects.filter(shelter__in=rows).values_list("shelter", flat=True))
    return tuple(
        HouseLine(one.pk, keys.get(one, "name"), one.region, _rooms(lines[one.pk]), one.pk in addressed) for one in rows
    )


def get_shelter(actor: Actor, id: UUID, *, now: datetime) -> Shelter:
    shelter = _visible(actor, now).filter(pk=id).first()
    if shelter is None:
        raise AccessDenied("shelters.unknown")
    return shelter


def get_place(actor: Actor, id: UUID, *, now: datetime) -> Place:
    """A bed that stands, in a shelter of the actor's."""
    place = Place.objects.standing().filter(pk=id, shelter__in=_visible(actor, now)).first()
    if place is None:
        raise AccessDenied("shelters.unknown")
    return place


def bed_line(actor: Actor, id: UUID, *, now: datetime) -> tuple[int, BedLine]:
    """The room, and the bed in it."""
    place = get_place(actor, id, now=now)
    ((_place, line),) = _lines(actor, [place], now)
    return place.room, line


def place_choices(actor: Actor, *, now: datetime, besides: UUID | None = None) -> list[tuple[str, int, int]]:
    """Free beds of the actor's shelters: id, room, bed. `besides`: the one that is held for whoever comes now."""
    own = Place.objects.standing().filter(shelter__in=_visible(actor, now))
    free = set(own.free(now).values_list("pk", flat=True)) | ({besides} if besides else set())
    found = own.filter(pk__in=free).order_by("shelter", "room", "bed").values_list("pk", "room", "bed")
    return sorted(((str(pk), room, bed) for pk, room, bed in found), key=lambda one: one[0] != str(besides))


def house_rules(actor: Actor, shelter_id: UUID, *, now: datetime) -> RulesPage:
    shelter = get_shelter(actor, shelter_id, now=now)
    last = last_rules(actor, shelter.pk, now=now)
    if last is None:
        return RulesPage("", None, "")
    keys = access.unlock(actor, [shelter.subject_id], what="shelters.rules", now=now)
    return RulesPage(keys.get(last, "text"), last.recorded_at, str(last.pk))


def last_rules(actor: Actor, shelter_id: UUID, *, now: datetime) -> HouseRules | None:
    rows = access.visible(actor, HouseRules.objects.filter(shelter=shelter_id), now=now)
    return rows.order_by("-recorded_at", "-pk").first()


def last_address(actor: Actor, shelter_id: UUID, *, now: datetime) -> AddressKept | None:
    rows = access.visible(actor, AddressKept.objects.filter(shelter=shelter_id), now=now)
    return rows.order_by("-recorded_at", "-pk").first()


def open_address(actor: Actor, shelter_id: UUID, *, words: str, now: datetime) -> str:
    """Where it is: to a holder of a post it was sealed to, with their own words. Recorded first.

    AccessDenied where nothing was written down, and for whoever was not given the key; `core.passphrase_wrong`.
    """
    shelter, kept = get_shelter(actor, shelter_id, now=now), last_address(actor, shelter_id, now=now)
    if kept is None:
        raise AccessDenied("shelters.unknown")
    keys = access.unlock(actor, [shelter.subject_id], what="shelters.address", now=now)
    return str(strongroom.open_value(actor, keys, kept.value_id, words=words, now=now))


def working_posts(actor: Actor, organisation_id: int) -> list[int]:
    """The posts of an organisation that answer for its shelters."""
    posts = directory.posts_at(organisation_id)
    return [one.id for one in posts if Permission.SHELTER_WORK in ROLES[one.role].permissions]


def _visible(actor: Actor, now: datetime) -> QuerySet[Shelter]:
    return access.visible(actor, Shelter.objects.all(), now=now)


def _lines(actor: Actor, beds: list[Place], now: datetime) -> list[tuple[Place, BedLine]]:
    running = {one.place_id: one for one in Taking.objects.running().filter(place__in=[bed.pk for bed in beds])}
    files = {one.file for one in running.values()}
    parts: dict[UUID, tuple[UUID, str]] = {}
    models: tuple[type[Any], ...] = (Hold, Stay)
    for model in models:
        seen = access.visible_of(actor, model.objects.filter(subject_id__in=files), files, now=now)
        parts |= {file: (pk, ref) for file, pk, ref in seen.values_list("subject_id", "pk", "ref")}
    return [(bed, _line(bed, running.get(bed.pk), parts, now)) for bed in beds]


def _line(bed: Place, taking: Taking | None, parts: dict[UUID, tuple[UUID, str]], now: datetime) -> BedLine:
    suits = tuple(code for code in Suits if code in bed.suits)
    if taking is None or not still_held(taking.until, now):
        return BedLine(bed.pk, bed.bed, suits, "free")
    part, ref = parts.get(taking.file, (None, ""))
    until = taking.until if taking.kind == Kind.HOLD else None
    return BedLine(bed.pk, bed.bed, suits, taking.kind, until, taking.why, part, ref)


def _rooms(lines: list[tuple[int, BedLine]]) -> tuple[RoomLine, ...]:
    grouped = groupby(lines, key=lambda one: one[0])
    return tuple(RoomLine(number, tuple(bed for _room, bed in some)) for number, some in grouped)
