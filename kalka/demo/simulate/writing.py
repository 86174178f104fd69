"""Batches of cases drawn, cast and written, each in one transaction with the mark that it is there."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction

from kalka.core import clock
from kalka.demo.models import SimulatedBatch
from kalka.demo.simulate import playing
from kalka.demo.simulate.drawing import Course, World, draw
from kalka.demo.simulate.eras import Era
from kalka.demo.simulate.ink import Ink, of_connection
from kalka.demo.simulate.numbering import Account
from kalka.demo.simulate.plan import Plan, Rows, ready, tables
from kalka.demo.simulate.shapes import Shape
from kalka.demo.simulate.told import Cast
from kalka.lawbook.book import Law

BATCH = 250  # cases of one transaction


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
