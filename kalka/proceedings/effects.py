"""What the steps of this module cause: duties, sight, the history, a new assessment. Inside commands only."""

from datetime import date, datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.proceedings.models import Custody, Proceeding
from kalka.proceedings.rules import Keeper

INSPECTOR, SUPERVISOR, PROSECUTOR, WARDEN = (
    "police_inspector",
    "supervising_officer",
    "prosecutor",
    "penitentiary_officer",
)
RELEASE, OUTCOME = "custody.release", "proceeding.outcome"
ASKED = {"evasion_of_programme": "programme.evasion"}  # by a duty of whoever leads the programme
WHY, WHY_HELD = "proceedings", "custody"


def note(kind: str, actor: Actor, subject_id: UUID, person_id: UUID, at: date, *, now: datetime) -> None:
    """In the history, by the person it is about: risk counts it there."""
    history.append(actor, subject_id=subject_id, kind=kind, at=at, now=now, person_id=person_id, source="proceedings")


def to_tell_the_outcome(actor: Actor, row: Proceeding, *, now: datetime) -> None:
    """The law was not read for how long a body has: nobody is late, and nothing is forgotten."""
    post_id = _inspector(actor, row.subject_id, now)
    duties.assign(
        OUTCOME,
        subject_id=row.subject_id,
        post_id=post_id,
        due_at=None,
        basis=None,
        now=now,
        about=str(About(row.case_ref, str(row.pk))),
    )


def outcome_told(actor: Actor, row: Proceeding, *, now: datetime) -> None:
    about = str(About(row.case_ref, str(row.pk)))
    duties.end_for(OUTCOME, subject_id=row.subject_id, about=about, actor=actor, now=now)


def to_tell_the_release(actor: Actor, row: Custody, until: datetime | None, *, now: datetime) -> None:
    """By whoever holds the person: what the penitentiary officer sees of it is the code and what is to be done."""
    post_id = _keeper(actor, row, now)
    if row.keeper == Keeper.PENITENTIARY:
        access.grant(row.subject_id, post_holder(post_id), why=WHY_HELD, scope=Scope.DUTIES, now=now)
    duties.assign(
        RELEASE, subject_id=row.subject_id, post_id=post_id, due_at=until, basis=None, now=now, about=str(row.pk)
    )


def released(actor: Actor, row: Custody, *, now: datetime) -> None:
    duties.end_for(RELEASE, subject_id=row.subject_id, about=str(row.pk), actor=actor, now=now)
    if row.keeper == Keeper.PENITENTIARY:
        held = Custody.objects.filter(subject_id=row.subject_id, keeper=Keeper.PENITENTIARY, release=None)
        if not held.exclude(pk=row.pk).exists():
            access.end_grant(row.subject_id, post_holder(_keeper(actor, row, now)), why=WHY_HELD, now=now)


def alert(kind: str, actor: Actor, subject_id: UUID, *roles: str, now: datetime) -> None:
    """Whoever of these roles works on the case, else answers for the place; less whoever writes it down."""
    found = [cases.team_post(actor, subject_id, role, now=now) for role in roles]
    for post_id in dict.fromkeys(found):
        if post_id is not None and post_id != actor.post_id:
            notices.alert(post_id, kind, subject_id=subject_id, now=now)


def let_oversee(subject_id: UUID, place: str, *, now: datetime) -> None:
    """The prosecutor of the place sees that there are proceedings, how far they are and why they ended; no word."""
    found = directory.responsible(PROSECUTOR, place, day_of(now))
    if found is not None:
        access.grant(subject_id, post_holder(found.id), why=WHY, scope=Scope.ORDERS, now=now)


def answered(actor: Actor, row: Proceeding, *, now: datetime) -> None:
    """Whoever was asked to decide on proceedings against this very person has decided."""
    if row.ground in ASKED:
        about = str(About(row.case_ref, str(row.person_id)))
        duties.end_for(ASKED[row.ground], subject_id=row.subject_id, about=about, actor=actor, now=now)


def _inspector(actor: Actor, subject_id: UUID, now: datetime) -> int:
    post_id = cases.team_post(actor, subject_id, INSPECTOR, now=now) or actor.post_id
    if post_id is None:
        raise DomainError("proceedings.nobody_responsible")
    return post_id


def _keeper(actor: Actor, row: Custody, now: datetime) -> int:
    if row.keeper == Keeper.PENITENTIARY:
        case = cases.case_of(actor, row.subject_id, now=now, scope=Scope.DUTIES)
        found = directory.responsible(WARDEN, case.place, day_of(now))
        if found is not None:
            return found.id
    return _inspector(actor, row.subject_id, now)
