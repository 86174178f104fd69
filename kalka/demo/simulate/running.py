"""Writing the world down: batch by batch, each one transaction, so that it may be stopped at any point and goes on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.demo.models import SimulatedBatch, Simulation
from kalka.demo.simulate import playing
from kalka.demo.simulate.casting import casts
from kalka.demo.simulate.drawing import Course, World, draw, world
from kalka.demo.simulate.eras import Era, eras
from kalka.demo.simulate.ink import Ink, of_connection
from kalka.demo.simulate.numbering import Account, file_models
from kalka.demo.simulate.plan import Plan, Rows, ready, tables
from kalka.demo.simulate.shapes import Shape, shapes
from kalka.demo.simulate.told import Cast
from kalka.demo.staffing import FOUNDER
from kalka.lawbook.book import Law

SINCE = date(2021, 1, 1)
BATCH = 250  # cases of one transaction
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
    now = clock.now()
    begun = Simulation.objects.filter(seed=seed, cases=cases).first()
    last = begun.until if begun else (until or clock.day_of(now))
    found = tuple(posts) if posts is not None else casts(last)
    if not found:
        raise DomainError("simulate.nobody_there")
    staff = _digest(found)
    if posts is None and _digest(casts(begun.since if begun else since)) != staff:
        raise DomainError("simulate.too_early", first=since)
    if begun is None:
        ensure_invented(into_empty=into_empty)
        begun = begin(FOUNDER, seed=seed, cases=cases, since=since, until=last, staff=staff, now=now)
    elif bytes(begun.staff) != staff:
        raise DomainError("simulate.another_staff")
    written = _write(begun, world_of(begun, found), progress, processes)
    if written or begun.ended_at is None:
        end(FOUNDER, simulation=begun, now=clock.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return Simulated(cases, written, begun.since, begun.until, found)


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
    from kalka.demo.simulate.together import batches

    for number in batches(begun.pk, drawn, left, processes):
        written += size(begun.cases, number)
        if progress:
            progress(there + written, begun.cases)
    return written


def size(cases: int, batch: int) -> int:
    return min(BATCH, cases - batch * BATCH)


class Writer:
    """One process' own: its connection, and the plans it has made ready."""

    def __init__(self, simulation_id: int, drawn: World) -> None:
        self._simulation, self._world = simulation_id, drawn
        self._ink: Ink = of_connection()
        self._tables = tables()
        self._plans: dict[Any, Plan] = {}
        self._accounts: dict[Any, Account] = {}

    def batch(self, number: int) -> None:
        first = number * BATCH
        courses = [draw(self._world, one) for one in range(first, first + size(self._world.cases, number))]
        rows: Rows = defaultdict(list)
        for course in courses:
            cast = self._world.casts[course.cast]
            self.plan(course, cast).cast(playing.of_course(course, cast), course.number, self._world.seed, rows)
        with transaction.atomic():
            for table, columns in self._tables.items():
                if rows[table]:
                    self._ink.write(table, columns, rows[table])
            SimulatedBatch.objects.create(simulation_id=self._simulation, number=number)

    def plan(self, course: Course, cast: Cast) -> Plan:
        era = self._world.eras[course.era]
        key = (course.shape.key, course.era, cast.likeness)
        if key not in self._plans:
            self._plans[key] = ready(self._learnt(course.shape, era, cast), Law(era.first), self._ink)
        return self._plans[key]

    def _learnt(self, shape: Shape, era: Era, cast: Cast) -> Account:
        """Under the same numbers of the law one course is learnt, in their last era."""
        key = (shape.key, era.terms, cast.likeness)
        if key not in self._accounts:
            last = next(one for one in reversed(self._world.eras) if one.terms == era.terms)
            self._accounts[key] = self._learn(shape, last, cast)
        return self._accounts[key]

    def _learn(self, shape: Shape, era: Era, cast: Cast) -> Account:
        """Played once by the real commands, read back, and taken back: by the first place of its kind, so that it is
        the same whoever asks first."""
        first = next(one for one in self._world.casts if one.likeness == cast.likeness)
        told = playing.learnt(shape, first, self._day(shape, era))
        with playing.undone():
            return playing.read_back(playing.play(shape, told, key=f"learnt/{shape.key}"))

    def _day(self, shape: Shape, era: Era) -> date:
        """In the midst of the days on which it may begin."""
        if shape.standing:
            return self._world.until - shape.standing[0] * clock.DAY
        last = era.latest(shape.length + 1)
        return max(era.first, era.first + (last - era.first) / 2)
