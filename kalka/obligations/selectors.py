"""What each subject owes on a day, with the law of it and how far it is done in the actor's own part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import roles
from kalka.directory import selectors as directory
from kalka.duties.performing import Done, performance
from kalka.lawbook import tables
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.codes import Dated, subjects_on
from kalka.lawbook.tables import Interaction, Obligation

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation on the day. `term` is None where none was found; `done` where nothing here carries it out."""

    obligation: Obligation
    term: Provision | None
    done: Done | None


@dataclass(frozen=True, slots=True)
class Subject:
    code: str
    told: Dated
    own: bool  # the actor's organisation is of it
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    interaction: Interaction
    term: Provision | None
    done: Done | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """`whole`: the figures are those of a territory, else of the actor's own organisation."""

    day: date
    whole: bool
    since: datetime
    count: Provision | None
    subjects: tuple[Subject, ...]
    tellings: tuple[Telling, ...]


def matrix(actor: Actor, day: date, *, now: datetime) -> Matrix:
    """The law is that of `day`; the figures are those of now."""
    law, since = Law(day), now - LATELY
    done = performance(actor, since=since, now=now)
    own = own_subject(actor)
    owed = [Owed(one, _term(law, one.term), _done(one.duties, done)) for one in tables.obligations_on(day)]
    subjects = (
        Subject(one.code, one, one.code == own, tuple(line for line in owed if line.obligation.subject == one.code))
        for one in subjects_on(day)
    )
    tellings = (Telling(one, _term(law, one.term), _done(one.duties, done)) for one in tables.interactions_on(day))
    return Matrix(
        day=day,
        whole=actor.may(Permission.DUTY_OVERSEE),
        since=since,
        count=law.get("subjects.count"),
        subjects=tuple(sorted(subjects, key=lambda one: (not one.own, not one.owed))),
        tellings=tuple(tellings),
    )


def own_subject(actor: Actor) -> str:
    """Of the law, or nothing: a committee is none."""
    found = directory.organisation(actor.organisation_id) if actor.organisation_id else None
    kind = roles.KINDS.get(found.kind) if found else None
    return kind.subject if kind else ""


def _term(law: Law, key: str | None) -> Provision | None:
    return law.get(key) if key else None


def _done(kinds: tuple[str, ...], done: Mapping[str, Done]) -> Done | None:
    return sum((done.get(kind, Done()) for kind in kinds), Done()) if kinds else None
