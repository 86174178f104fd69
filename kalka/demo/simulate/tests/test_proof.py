"""A case that was cast is a case that was played: row by row, once everything sealed is opened."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core import clock
from kalka.demo.simulate import playing
from kalka.demo.simulate.drawing import Course, World, draw, world
from kalka.demo.simulate.eras import eras
from kalka.demo.simulate.numbering import Account
from kalka.demo.simulate.plan import tables
from kalka.demo.simulate.recording import account
from kalka.demo.simulate.refs import reference
from kalka.demo.simulate.shapes import shapes
from kalka.demo.simulate.tests.conftest import posts
from kalka.demo.simulate.told import Told
from kalka.demo.simulate.writing import Writer
from kalka.demo.staffing import Member

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]
Staff = dict[str, Member]
SEED = 7


@pytest.fixture
def drawn(staffed: Staff) -> World:
    today = clock.day_of(clock.now())
    return world(SEED, 60_000, eras(date(2021, 1, 1), today), posts(), shapes(), standing=25)


def fifty(drawn: World) -> list[Course]:
    """Drawn like any others: the first ones are of today, the rest from all the years."""
    numbers = [*range(10), *Random(3).sample(range(25, drawn.cases), 40)]
    return [draw(drawn, number) for number in numbers]


def told_of(course: Course, drawn: World) -> Told:
    return playing.of_course(course, drawn.casts[course.cast])


def played(course: Course, drawn: World) -> Account:
    with playing.undone():
        told = told_of(course, drawn)
        return playing.read_back(playing.play(course.shape, told, minutes=course.minutes, key=f"p{course.number}"))


def write(course: Course, drawn: World, writer: Writer) -> None:
    rows = defaultdict(list)
    cast = drawn.casts[course.cast]
    writer.plan(course, cast).cast(told_of(course, drawn), course.number, SEED, rows)
    with transaction.atomic():
        for table, columns in tables().items():
            if rows[table]:
                writer._ink.write(table, columns, rows[table])


def cast(course: Course, drawn: World, writer: Writer) -> Account:
    """Written into the database, and read back as the play is."""
    with playing.undone():
        write(course, drawn, writer)
        told = told_of(course, drawn)
        ref = reference(SEED, course.number)
        now = told.begun + timedelta(days=400)
        return account(
            told.cast.actor("worker"), subjects=subjects(course, told, ref), told=with_ref(told, ref), now=now
        )


def with_ref(told: Told, ref: str) -> Told:
    return Told(told.cast, told.words, told.begun, told.day, ref)


def subjects(course: Course, told: Told, ref: str) -> dict:
    opener = next((move.by for move in course.shape.moves if move.do in ("open", "at_risk")), "")
    reports = apps.get_model("intake", "Report").objects.values_list("subject_id", flat=True)
    found: dict = dict.fromkeys(reports, told.cast.actor("teller"))
    for case in apps.get_model("cases", "Case").objects.filter(ref=ref):
        found[case.subject_id] = told.cast.actor(opener)
    for stay in apps.get_model("shelters", "Stay").objects.values_list("subject_id", flat=True):
        found[stay] = told.cast.actor("shelter")
    return found


def seen_by(staffed: Staff, told: Told, found: Iterable[UUID]) -> dict[tuple[str, str, int], int]:
    """How many of the files each of the staff sees, how far, and on which day."""
    days = (0, 1, 30, 200)
    return {
        (login, str(scope), day): sum(
            access.sees(member.actor, one, now=told.begun + timedelta(days=day, hours=1), scope=scope) for one in found
        )
        for login, member in staffed.items()
        for scope in (Scope.FILE, Scope.ORDERS, Scope.DUTIES)
        for day in days
    }


@pytest.mark.parametrize("key", ["helped", "order-at-high-risk", "again", "children", "sheltered"])
def test_whoever_sees_a_played_case_sees_a_cast_one_and_nobody_else_does(
    staffed: Staff, drawn: World, key: str
) -> None:
    course = next(one for n in range(25, 60_000) if (one := draw(drawn, n)).shape.key == key)
    told = told_of(course, drawn)
    with playing.undone():
        by_hand = playing.play(course.shape, told, minutes=course.minutes, key="oracle")
        expected = seen_by(staffed, told, list(by_hand.subjects))
    with playing.undone():
        write(course, drawn, Writer(1, drawn))
        found = seen_by(staffed, told, list(subjects(course, told, reference(SEED, course.number))))
    assert found == expected
    assert 0 < sum(found.values()) < len(found)


def one_of_each(drawn: World) -> list[Course]:
    """The first case of every shape there is."""
    found: dict[str, Course] = {}
    for number in range(drawn.cases):
        course = draw(drawn, number)
        found.setdefault(course.shape.key, course)
        if len(found) == len(shapes()):
            return list(found.values())
    raise AssertionError(f"no case of {sorted({one.key for one in shapes()} - found.keys())}")


def test_a_case_of_each_shape_that_is_cast_is_one_that_is_played(drawn: World) -> None:
    assert alike(one_of_each(drawn), drawn) == {one.key for one in shapes()}


@pytest.mark.deep
def test_fifty_cases_cast_are_fifty_cases_played(drawn: World) -> None:
    assert len(alike(fifty(drawn), drawn)) >= 12


def alike(courses: list[Course], drawn: World) -> set[str]:
    """The shapes that were compared."""
    writer, seen = Writer(1, drawn), set[str]()
    for course in courses:
        by_hand, by_plan = played(course, drawn), cast(course, drawn, writer)
        assert by_plan.keys == by_hand.keys and by_plan.ids == by_hand.ids
        assert [line.model for line in by_plan.lines] == [line.model for line in by_hand.lines]
        for one, other in zip(by_plan.lines, by_hand.lines, strict=True):
            assert one.cells == other.cells, (course.shape.key, one.model._meta.label)
        seen.add(course.shape.key)
    return seen
