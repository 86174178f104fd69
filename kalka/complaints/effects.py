"""Who must know of a call or a paper, and by when. Inside commands only."""

from datetime import datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import COMPLAINTS, Scope
from kalka.cases import selectors as cases
from kalka.complaints.rules import To
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About

INSPECTOR, SUPERVISOR, PROSECUTOR = "police_inspector", "supervising_officer", "prosecutor"
ANSWER, WATCH, PAPER, TELL = "call.answer", "call.watch", "paper.answer", "paper.tell"


def about(ref: str, part: UUID) -> str:
    return str(About(ref, str(part)))


def inspector(actor: Actor, subject_id: UUID, *, now: datetime) -> int | None:
    return cases.team_post(actor, subject_id, INSPECTOR, now=now)


def superior(of: int | None, place: str, *, now: datetime) -> int | None:
    """Whoever leads above the inspector, else the supervising officer of the place; never the same person."""
    found = directory.another_above(of, SUPERVISOR, place, day_of(now))
    return found.id if found else None


def asked(part: To, actor: Actor, subject_id: UUID, place: str, against: int | None, *, now: datetime) -> int | None:
    """The post that answers in a part. Never the one a complaint is about."""
    officer = against or inspector(actor, subject_id, now=now)
    if part is To.POLICE:
        return inspector(actor, subject_id, now=now)
    if part is To.SUPERIOR:
        return superior(officer, place, now=now)
    found = directory.responsible(PROSECUTOR, place, day_of(now))
    return found.id if found else None


def let_see(subject_id: UUID, post_id: int, *, whole: bool, now: datetime) -> None:
    """Whoever has to answer sees what about: police the file, a prosecutor orders and complaints alone."""
    scope = Scope.FILE if whole else Scope.ORDERS
    access.grant(subject_id, post_holder(post_id), why=COMPLAINTS, scope=scope, now=now)


def give(kind: str, subject_id: UUID, post_id: int, due_at: datetime | None, *, part: str, now: datetime) -> None:
    """An internal rule: no act with such a term was found."""
    duties.assign(kind, subject_id=subject_id, post_id=post_id, due_at=due_at, basis=None, now=now, about=part)
