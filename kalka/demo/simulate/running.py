"""Writing the world down: batch by batch, each one transaction, so that it may be stopped at any point and goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection

from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.demo.guiding import ask_by_telephone
from kalka.demo.models import Simulation
from kalka.demo.simulate.casting import casts
from kalka.demo.simulate.drawing import World, world
from kalka.demo.simulate.eras import eras
from kalka.demo.simulate.houses import furnish, with_keepers
from kalka.demo.simulate.numbering import file_models
from kalka.demo.simulate.shapes import shapes
from kalka.demo.simulate.together import batches
from kalka.demo.simulate.told import Cast
from kalka.demo.simulate.writing import BATCH, size
from kalka.demo.staffing import FOUNDER
from kalka.people import indexing

SINCE = date(2021, 1, 1)
KEEPER = replace(FOUNDER, permissions=FOUNDER.permissions | {Permission.GUIDE_EDIT, Permission.GUIDE_EDIT_ALL})
AT_A_POST = 9  # cases of today at one inspector's post: with what each asks for, some forty duties
MOST_STANDING = 10  # one case in so many at most is of today
Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class Simulated:
    """What is there now, and how much of it was written this time."""

    cases: int
    written: int
    since: date
    until: date
    casts: tuple[Cast, ...]


def run(
    cases: int,
    *,
    seed: int = 1,
    since: date = SINCE,
    until: date | None = None,
    posts: Sequence[Cast] | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    into_empty: bool = False,
) -> Simulated:
    """Write `cases` invented cases, or go on with those of the same seed and number, up to the day it was begun on.

    `posts`: where and with whom, else wherever the directory has an inspector and a social worker. Refuses
    `simulate.real_cases` where cases stand that no simulation wrote, `simulate.nobody_there` without posts,
    `simulate.another_staff` when the posts are not those it was begun with.
    """
    begun = Simulation.objects.filter(seed=seed, cases=cases).first()
    last = begun.until if begun else (until or clock.day_of(clock.now()))
    found = tuple(posts) if posts is not None else with_keepers(casts(last), last)
    if not found:
        raise DomainError("simulate.nobody_there")
    staff = _digest(found)
    first = begun.since if begun else since
    if posts is None and _digest(with_keepers(casts(first), first)) != staff:
        raise DomainError("simulate.too_early", first=since)
    if begun is None:
        ensure_invented(into_empty=into_empty)
        begun = _begin(seed, cases, found, staff, since=since, until=last)
    elif bytes(begun.staff) != staff:
        raise DomainError("simulate.another_staff")
    written = _write(begun, world_of(begun, found), progress, processes)
    if written or begun.ended_at is None:
        indexing.make(SYSTEM, now=clock.now())  # what is cast says nothing to the index by itself
        end(FOUNDER, simulation=begun, now=clock.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return Simulated(cases, written, begun.since, begun.until, found)


def _begin(seed: int, cases: int, found: Sequence[Cast], staff: bytes, *, since: date, until: date) -> Simulation:
    """With somebody to ask for help, and a shelter of each organisation that has a post for one."""
    now = clock.now()
    ask_by_telephone(KEEPER, now=now)
    furnish(found, since=since)
    return begin(FOUNDER, seed=seed, cases=cases, since=since, until=until, staff=staff, now=now)


def world_of(begun: Simulation, found: tuple[Cast, ...]) -> World:
    inspectors = len({cast.actor("inspector").post_id for cast in found})
    standing = min(begun.cases // MOST_STANDING, AT_A_POST * inspectors)
    return world(begun.seed, begun.cases, eras(begun.since, begun.until), found, shapes(), standing)


@command("demo.simulate", needs=Permission.SYSTEM)
def begin(actor: Actor, *, seed: int, cases: int, since: date, until: date, staff: bytes, now: datetime) -> Simulation:
    return Simulation.objects.create(seed=seed, cases=cases, since=since, until=until, staff=staff, begun_at=now)


@command("demo.simulated", needs=Permission.SYSTEM)
def end(actor: Actor, *, simulation: Simulation, now: datetime) -> Simulation:
    simulation.ended_at = now
    simulation.save(update_fields=["ended_at"])
    return simulation


def ensure_invented(*, into_empty: bool) -> None:
    """Invented cases never stand beside real ones: only in a demo, or where nothing stands at all."""
    if settings.DEMO or Simulation.objects.exists():
        return
    if not into_empty or any(model._default_manager.exists() for model in file_models()):
        raise DomainError("simulate.real_cases")


def _digest(found: Sequence[Cast]) -> bytes:
    said = [(one.place, one.villages, one.weight, sorted(_ids(one.members))) for one in found]
    said_of = [sorted(_ids({str(n): one for n, one in enumerate(cast.tellers)})) for cast in found]
    return sha256(repr((said, said_of)).encode()).digest()


def _ids(members: Any) -> Iterator[tuple[Any, ...]]:
    for name, one in members.items():
        yield name, one.actor.post_id, one.actor.user_id, one.actor.organisation_id


def _write(begun: Simulation, drawn: World, progress: Progress | None, processes: int) -> int:
    done = set(begun.batches.values_list("number", flat=True))
    left = [number for number in range(-(-begun.cases // BATCH)) if number not in done]
    there = sum(size(begun.cases, number) for number in done)
    if progress:
        progress(there, begun.cases)
    written = 0
    for number in batches(begun.pk, drawn, left, processes):
        written += size(begun.cases, number)
        if progress:
            progress(there + written, begun.cases)
    return written
