"""What each subject owes on a day, with the law of it and how far it is done in the actor's own part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import roles
from kalka.directory import selectors as directory
from kalka.duties.performing import Done, by_subject, performance
from kalka.lawbook import tables
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.codes import Dated, subjects_on
from kalka.lawbook.tables import Interaction, Obligation

LATELY = timedelta(days=90)
HERE = frozenset(kind.subject for kind in roles.KINDS.values() if kind.subject)


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
    own, obligations = own_subject(actor), tables.obligations_on(day)
    shared = _shared(obligations)
    parted = by_subject(actor, shared, since=since, now=now)

    def done_by(one: Obligation) -> Done | None:
        here = {kind: parted.get(one.subject, {}).get(kind, Done()) for kind in shared} if one.subject in HERE else {}
        return _done(one.duties, {**done, **here})

    owed = [Owed(one, _term(law, one.term), done_by(one)) for one in obligations]
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


def _shared(obligations: tuple[Obligation, ...]) -> frozenset[str]:
    """The duties that several subjects with posts here have: each is shown its own part of them alone."""
    of: dict[str, set[str]] = {}
    for one in obligations:
        for kind in one.duties if one.subject in HERE else ():
            of.setdefault(kind, set()).add(one.subject)
    return frozenset(kind for kind, subjects in of.items() if len(subjects) > 1)


def own_subject(actor: Actor) -> str:
    """Of the law, or nothing: a committee is none."""
    found = directory.organisation(actor.organisation_id) if actor.organisation_id else None
    kind = roles.KINDS.get(found.kind) if found else None
    return kind.subject if kind else ""


def _term(law: Law, key: str | None) -> Provision | None:
    return law.get(key) if key else None


def _done(kinds: tuple[str, ...], done: Mapping[str, Done]) -> Done | None:
    return sum((done.get(kind, Done()) for kind in kinds), Done()) if kinds else None
