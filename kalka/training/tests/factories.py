"""Courses in the demo's invented territory, kept by an organisation, and another one that looks at them."""

from datetime import UTC, date, datetime
from uuid import UUID

from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.extract import Extract
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.tests.factories import organisation, territory
from kalka.training import services
from kalka.training.models import Course, Entry, Programme
from kalka.training.rules import NewCourse, NewEntry, NewName, NewProgramme

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
EXTRACT = Extract(before=datetime(2026, 3, 3, tzinfo=UTC), until=date(2026, 3, 3), salt=b"test")
NARYN, BATKEN, BISHKEK, UCHKUN = "41704000000000", "41705000000000", "41711000000000", "417D0410100000"
MAY = frozenset({Permission.TRAINING_READ, Permission.TRAINING_KEEP, Permission.TRAINING_SET})
NAMES = {"ky": "Жергиликтүү комитеттер", "ru": "Местные комитеты", "en": "Local committees"}
NAZGUL, AIDA = NewName("Назгүл Асанова", "0700 12 34 56"), NewName("Аида Токтосунова")

__all__ = ["organisation", "territory"]


def actor_of(organisation_id: int, user: int = 9_200, may: frozenset[Permission] = MAY) -> Actor:
    holders = (post_holder(user), organisation_holder(organisation_id))
    return Actor(user, may, holders, post_id=user, organisation_id=organisation_id)


KEEPER, OTHER = actor_of(501), actor_of(502, 9_201)
READER = actor_of(503, 9_202, frozenset({Permission.TRAINING_READ}))


def programme(series: str = "training", name: str = "Жергиликтүү комитеттер", **more: object) -> Programme:
    told = NewProgramme(series, {**NAMES, "ky": name}, **more)  # type: ignore[arg-type]  # as the test says
    return services.start_programme(KEEPER, id=new_id(), told=told, now=NOW)


def course(
    of: Programme | None = None, *, actor: Actor = KEEPER, place: str = NARYN, on: date = TODAY, **more: object
) -> Course:
    told = NewCourse(place, on, **more)  # type: ignore[arg-type]  # as the test says
    return services.hold_course(actor, id=new_id(), programme_id=(of or programme()).pk, told=told, now=NOW)


def entry(of: Course, number: int = 0, *, kind: str = "state", actor: Actor = KEEPER, **more: object) -> Entry:
    told = NewEntry(kind, number=number, **more)  # type: ignore[arg-type]  # as the test says
    return services.enrol(actor, id=new_id(), course_id=of.pk, told=told, now=NOW)


def taken_back(of_id: UUID, actor: Actor = KEEPER, why: str = "mistake") -> None:
    services.take_back(actor, id=new_id(), of_id=of_id, why=why, now=NOW)
