"""Pairs of people who may be one, as far as somebody may know of them.

Who sees one of the two files learns of the other that it is there, and what it said; neither whose it is nor what is in
it. Who is shut out of one of them learns nothing at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.core.timeline import TimelineItem
from kalka.directory import selectors as directory
from kalka.people.models import Joining, Pair, PairWord, Person, PersonChange, Said
from kalka.people.rules.same import Says, Side, asks_next, joined
from kalka.people.seen import PersonView, view
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

MOST = 100


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """What one side said once; the reason only for whoever sees its file."""

    says: Says
    at: datetime
    post_id: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PairView:
    id: UUID
    how: str
    at: datetime
    mine: frozenset[Side]
    people: tuple[PersonView, ...]  # of the files the reader sees
    told: tuple[SaidOnce, ...]  # what the own side said, the latest first
    other: Says | None  # what the other side says now; None: nothing, or there is no side but the own
    office: str  # of the other side, where the person agreed that it is named
    joined: bool
    waits: bool  # for a word of the reader's side
    may_say: bool
    version: str  # another one with each word of the own side


@dataclass(frozen=True, slots=True)
class PairLine:
    id: UUID
    files: tuple[UUID, ...]  # the own ones
    how: str
    at: datetime
    joined: bool
    waits: bool


def list_pairs(actor: Actor, *, now: datetime) -> list[PairLine]:
    """Those the actor may know of, what waits first, then the newest."""
    found = list(_known(actor, now).order_by("-at", "pk")[:MOST])
    said = _latest(found)
    seen = _seen(actor, found, now)
    lines = [
        PairLine(
            pair.pk,
            tuple(_files(pair)[side] for side in sorted(_mine(pair, seen))),
            pair.how,
            pair.at,
            joined(said[pair.pk]),
            bool(_mine(pair, seen) & asks_next(said[pair.pk])),
        )
        for pair in found
    ]
    return sorted(lines, key=lambda line: not line.waits)


def pair_page(actor: Actor, pair_id: UUID, *, now: datetime) -> PairView:
    """One entry in the record, before the names of the own file open."""
    pair = _get(actor, pair_id, now)
    said = latest(pair)
    mine = _mine(pair, _seen(actor, [pair], now))
    files = {side: _files(pair)[side] for side in mine}
    keys = access.unlock(actor, set(files.values()), what="people.pair", now=now)
    words = list(PairWord.objects.filter(pair=pair).order_by("-recorded_at", "-number"))
    others = [word for word in words if word.side not in mine]
    return PairView(
        id=pair.pk,
        how=pair.how,
        at=pair.at,
        mine=mine,
        people=tuple(_person(pair, side, keys) for side in sorted(mine)),
        told=tuple(_said(word, keys) for word in words if word.side == min(mine)),
        other=Says(others[0].says) if others else None,
        office=_office(others),
        joined=joined(said),
        waits=bool(mine & asks_next(said)),
        may_say=actor.may(Permission.CASE_WORK),
        version=str(len(words) - len(others)),
    )


def spoken_for(actor: Actor, pair_id: UUID, *, now: datetime) -> tuple[Pair, frozenset[Side]]:
    """For the command that says something of it: held until it ends, with the sides that are the actor's."""
    found = _get(actor, pair_id, now)
    pair = Pair.objects.select_for_update().get(pk=found.pk)
    return pair, _mine(pair, _seen(actor, [pair], now))


def latest(pair: Pair) -> dict[Side, Says]:
    return _latest([pair])[pair.pk]


def version(pair: Pair, mine: frozenset[Side]) -> str:
    """Another one with each word of the own side. What the other side does shows in none."""
    return str(PairWord.objects.filter(pair=pair, side__in=mine).count())


def timeline(actor: Actor, subject_id: UUID, *, now: datetime) -> list[TimelineItem]:
    """That somebody of the file counts as one with somebody of another one, and that no longer. One statement."""
    of_file = Joining.objects.filter(pair__in=_known(actor, now).filter(_of_file(subject_id)))
    return [
        TimelineItem(
            at=one.at,
            what="people.joined" if one.joined else "people.parted",
            icon="team",
            url=reverse("desk:pair", args=[one.pair_id]),
            who_post=one.post_id,
        )
        for one in of_file.order_by("at")
    ]


def _known(actor: Actor, now: datetime) -> QuerySet[Pair]:
    seen = access.visible(actor, Person.objects.all(), now=now).values("pk")
    walled = access.walled_from(actor)
    told = PairWord.objects.filter(pair=OuterRef("pk"), side=Side.FIRST).exclude(says=Says.OTHER)
    mine = Q(first__in=seen) | (Q(second__in=seen) & Exists(told))
    return Pair.objects.filter(mine).exclude(first_file__in=walled).exclude(second_file__in=walled)


@beyond()  # of two files, of which the actor sees one
def _get(actor: Actor, pair_id: UUID, now: datetime) -> Pair:
    pair = _known(actor, now).filter(pk=pair_id).first()
    if pair is None:
        raise AccessDenied("people.not_visible")
    return pair


def _of_file(subject_id: UUID) -> Q:
    return Q(first_file=subject_id) | Q(second_file=subject_id)


def _seen(actor: Actor, pairs: Iterable[Pair], now: datetime) -> set[UUID]:
    people = {one for pair in pairs for one in (pair.first_id, pair.second_id)}
    seen = access.visible(actor, Person.objects.filter(pk__in=people), now=now)
    return set(seen.values_list("pk", flat=True))


def _mine(pair: Pair, seen: set[UUID]) -> frozenset[Side]:
    """Whoever sees both files speaks for both."""
    people = {Side.FIRST: pair.first_id, Side.SECOND: pair.second_id}
    return frozenset(side for side, person in people.items() if person in seen)


def _files(pair: Pair) -> dict[Side, UUID]:
    return {Side.FIRST: pair.first_file, Side.SECOND: pair.second_file}


def _latest(pairs: list[Pair]) -> dict[UUID, dict[Side, Says]]:
    found: dict[UUID, dict[Side, Says]] = {pair.pk: {} for pair in pairs}
    rows = PairWord.objects.filter(pair__in=list(found)).order_by("number")
    for pair_id, side, says in rows.values_list("pair_id", "side", "says"):
        found[pair_id][Side(side)] = Says(says)
    return found


def _person(pair: Pair, side: Side, keys: Keys) -> PersonView:
    person = pair.first if side is Side.FIRST else pair.second
    change = PersonChange.objects.filter(person=person).order_by("-number").first()
    row: Said = change or person
    return view(person.pk, row, change.number if change else 0, keys)


def _said(word: PairWord, keys: Keys) -> SaidOnce:
    readable = keys.has(word.subject_id, Klass.NARRATIVE)
    return SaidOnce(
        Says(word.says), word.recorded_at, word.post_id, str(keys.get(word, "reason") or "") if readable else ""
    )


def _office(others: list[PairWord]) -> str:
    named = next((word for word in others if word.named), None)
    post = directory.post(named.post_id) if named and named.post_id else None
    return post.organisation_name() if post else ""
