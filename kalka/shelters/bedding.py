"""Taking a bed and leaving it: primitives of this module's commands. The database decides who was first."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from kalka.core import commands
from kalka.core.errors import AccessDenied, Stale
from kalka.core.inserting import insert_unless_there
from kalka.core.refs import new_id
from kalka.shelters.models import Place, Taking
from kalka.shelters.rules import How, Kind, WhyClosed
from kalka.vault.keys import fingerprint


def mark(about: UUID | None) -> bytes:
    """What stands for a case beside a place: equal for the same case, and without the root key nobody's."""
    return fingerprint("shelters.about", str(about)) if about else b""


def files_of(subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """The files of holds and stays that were for one of these cases: of no use to whoever does not see those."""
    marks = [mark(one) for one in subject_ids]
    return frozenset(Taking.objects.filter(about__in=marks).values_list("file", flat=True))


def take_first(places: Iterable[UUID], *, kind: Kind, file: UUID, now: datetime, **said: Any) -> Taking:
    """The first of these that nobody has. Whoever writes the same place at the same moment is waited for, and lost to.

    Refuses with `shelters.taken` when none is left.
    """
    _inside_a_command()
    for place_id in places:
        taking = Taking(place_id=place_id, kind=kind, file=file, since=now, **said)
        if insert_unless_there(taking):
            return taking
    raise Stale("shelters.taken", field="place_id" if kind is not Kind.HOLD else "area")


def end(taking_id: UUID, how: How, *, now: datetime) -> bool:
    """Whether it still ran."""
    _inside_a_command()
    running = Taking.objects.running().filter(pk=taking_id)
    return bool(running.update(ended_at=Greatest("since", Value(now)), how=how))  # the clock may have been set back


def about_of(file: UUID) -> bytes:
    """The mark of the case that a stay is for; empty for none."""
    beds = Taking.objects.running().filter(file=file, kind=Kind.STAY)
    return bytes(next(iter(beds.values_list("about", flat=True)), b""))


def tell_case(file: UUID, about: UUID) -> bool:
    """The beds of a stay are for this case from now on, those of children beside the one of the stay. False where they
    are for another one."""
    _inside_a_command()
    beds = Taking.objects.select_for_update().filter(file=file, kind=Kind.STAY)
    if {bytes(one.about) for one in beds} - {b"", mark(about)}:
        return False
    beds.update(about=mark(about))
    return True


def end_all(file: UUID, how: How, *, now: datetime) -> int:
    """Every bed somebody's stay has. Returns how many."""
    _inside_a_command()
    ended = [end(pk, how, now=now) for pk in Taking.objects.running().filter(file=file).values_list("pk", flat=True)]
    return sum(ended)


def sweep(*, now: datetime) -> list[Taking]:
    """Holds that are over end on their minute, whoever looks first. Returns those this very call ended."""
    _inside_a_command()
    over = Taking.objects.running().filter(kind=Kind.HOLD, until__lte=now)
    rows = list(over.select_for_update())
    Taking.objects.running().filter(pk__in=[row.pk for row in rows]).update(ended_at=F("until"), how=How.EXPIRED)
    return rows


def retire(place: Place, *, now: datetime) -> None:
    """Out of use for good: closed first, so that nobody takes it in the same moment. Refuses with `shelters.taken`."""
    _inside_a_command()
    if not Taking.objects.running().filter(place=place, kind=Kind.CLOSED).exists():
        take_first([place.pk], kind=Kind.CLOSED, file=new_id(), now=now, why=WhyClosed.GONE)
    Place.objects.filter(pk=place.pk, retired_at=None).update(retired_at=Greatest("since", Value(now)))


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("shelters.outside_a_command")
