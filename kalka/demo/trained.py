"""Who was trained in the demo, out of trained.yaml, through the ordinary commands of the ministry."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.clock import BISHKEK, day_of
from kalka.core.datafile import read
from kalka.demo.reading import WORLD
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.training import services
from kalka.training.rules import (
    NewCourse,
    NewEntry,
    NewFocal,
    NewMeasure,
    NewName,
    NewProgramme,
    NewTests,
    Part,
    Series,
)

FILE = Path(__file__).parent / "trained.yaml"
KEEPER = "ministry_coordinator"


def trained(now: datetime) -> Iterator[str]:
    """Every course up to `now`, one by one. Called again, it changes nothing."""
    told: Any = read(FILE)
    by = _ministry(now)
    for name, one in told["programmes"].items():
        programme = NewProgramme(one["series"], one["name"], one["hours"], tuple(one["partners"]), one["project"])
        services.start_programme(
            by, id=_id(f"programme {name}"), told=programme, now=_evening(told["courses"][0]["day"])
        )
    for number, one in enumerate(told["courses"]):
        if one["day"] + timedelta(days=one["days"]) <= day_of(now):
            yield str(_course(by, told, number))
    yield str(_focal(by, now))


def _ministry(now: datetime) -> Actor:
    """Whoever keeps the courses, as their session would make them."""
    body = directory.organisations("ministry")[0]
    post = next(one for one in directory.posts_at(body.id) if one.role == KEEPER)
    return Actor(
        user_id=directory.holders_of(post.id, day_of(now))[0],
        permissions=ROLES[KEEPER].permissions,
        holders=(post_holder(post.id), organisation_holder(body.id)),
        post_id=post.id,
        organisation_id=body.id,
        role=KEEPER,
        place=post.place,
        leads=post.leads,
    )


def _course(by: Actor, told: Any, number: int) -> UUID:
    one = told["courses"][number]
    id, at = _id(f"course {number}"), _evening(one["day"] + timedelta(days=one["days"] - 1))
    about = told["disabilities"] if one["of"] == "disability" else ()
    access = told["access"] if one["of"] == "disability" else ()
    course = NewCourse(one["place"], one["day"], one["days"], one["meeting"], (), tuple(about), tuple(access))
    services.hold_course(by, id=id, programme_id=_id(f"programme {one['of']}"), told=course, now=at)
    named = _roll(by, told, number, id, at)
    for place, (kind, sex, sector, count) in enumerate(_parts(told["make_up"][one["of"]], one["number"] - named)):
        entry = NewEntry(kind, sex, count, sector)
        services.enrol(by, id=uuid5(id, f"part {place}"), course_id=id, told=entry, now=at)
    if told["programmes"][one["of"]]["series"] == Series.INTERAGENCY:
        for line, measure in enumerate(told["measures"]):
            words, until = measure["words"], one["day"] + timedelta(days=measure["days"])
            plan = NewMeasure(words, measure["responsible"], until)
            services.plan_measure(by, id=uuid5(id, f"measure {line}"), course_id=id, told=plan, now=at)
    return id


def _roll(by: Actor, told: Any, number: int, id: UUID, at: datetime) -> int:
    """The names, certificates and results of the one course that has them. How many are on the roll."""
    roll, tests = told["roll"], told["results"]
    if tests["course"] == number:
        results = NewTests(tuple(tests["before"]), tuple(tests["after"]))
        services.note_results(by, id=uuid5(id, "results"), course_id=id, told=results, now=at)
    if roll["course"] != number:
        return 0
    names = tuple(NewName(one["name"], one["phone"]) for one in roll["names"])
    entry = NewEntry(roll["kind"], roll["sex"], names=names)
    services.enrol(by, id=uuid5(id, "roll"), course_id=id, told=entry, now=at)
    services.certify(by, id=uuid5(id, "certificates"), course_id=id, now=at)
    return len(names)


def _focal(by: Actor, now: datetime) -> UUID:
    """Who answers for gender equality in the ministry, and the head: one of them was trained."""
    since = day_of(now) - timedelta(days=500)
    for part in Part:
        told = NewFocal(part, by.organisation_id or 0, since)
        services.name_focal(by, id=_id(f"focal {part}"), told=told, now=now - timedelta(days=400))
    day = since + timedelta(days=120)
    id = _id("learning")
    services.note_learning(by, id=id, focal_id=_id(f"focal {Part.FOCAL}"), on=day, now=now - timedelta(days=300))
    return id


def _parts(make_up: list[list[Any]], number: int) -> list[tuple[str, str, str, int]]:
    """So many split by hundredths: whole numbers that add up, the largest remainders first."""
    exact = [number * share / 100 for *_codes, share in make_up]
    counts = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda at: (counts[at] - exact[at], at))
    for at in order[: number - sum(counts)]:
        counts[at] += 1
    found = zip(make_up, counts, strict=True)
    return [(kind, sex, sector, count) for (kind, sex, sector, _share), count in found if count]


def _id(name: str) -> UUID:
    """The same in every installation."""
    return uuid5(WORLD, f"training {name}")


def _evening(day: Any) -> datetime:
    return datetime.combine(day, time(18), tzinfo=BISHKEK)
