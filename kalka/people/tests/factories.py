"""A file with people in it, and whoever works on it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.selectors import FILE_CLASSES
from kalka.access.selectors import unlock as unlock_file
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.people import services
from kalka.people.models import Person
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.vault.keys import Keys, new_keys

NOW = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)  # a Wednesday, 11:00 in Bishkek
ALWAYS = (Window(tuple(range(7)), "00:00", "24:00"),)


def worker(post_id: int = 3, user_id: int = 5, *more: Permission) -> Actor:
    return Actor(user_id, frozenset({Permission.CASE_WORK, *more}), (post_holder(post_id),), post_id)


WORKER, STRANGER = worker(), worker(4, 6)


@command("people.new_file_in_test", needs=Permission.CASE_WORK)
def new_file(actor: Actor, *, now: datetime = NOW) -> UUID:
    subject_id = new_id()
    new_keys(subject_id, FILE_CLASSES)
    access.grant(subject_id, post_holder(actor.post_id or 0), why="test", now=now)
    return subject_id


@command("people.wall_in_test", needs=Permission.CASE_WORK)
def wall_off(actor: Actor, subject_id: UUID, *, user_id: int) -> None:
    access.wall(subject_id, user_id, why="test", now=NOW)


def keys(actor: Actor, *subject_ids: UUID) -> Keys:
    return unlock_file(actor, subject_ids, what="people.test", now=NOW)


def aisuluu(**changes: object) -> NewPerson:
    told = NewPerson(
        sex="f",
        names=(Name("Төлөгөнова", "Айсулуу", "Бакытовна"), Name("Tologonova", "Aisuluu")),
        birth_year=1994,
        pin="21705199400123",
        note="биринчи үйүндө",
        washington={"seeing": "some", "walking": "a_lot"},
        contact=Contact(
            phone="0700 123 456",
            address="Ак-Талаа көчөсү 5",
            school="№ 3",
            workplace="дарыкана",
            language="ky",
            safe=Safe(ALWAYS, "woman", "дарыканадан чалып жатабыз", ("voicemail", "visit")),
        ),
    )
    return replace(told, **changes)


def added(told: NewPerson, subject_id: UUID, *, actor: Actor = WORKER, now: datetime = NOW) -> Person:
    return services.add_person(actor, id=new_id(), subject_id=subject_id, told=told, now=now)


def reachable(when: tuple[Window, ...] = ALWAYS, never: tuple[str, ...] = (), phone: str = "0700123456") -> Contact:
    return Contact(phone=phone, language="ru", safe=Safe(when, never=never))
