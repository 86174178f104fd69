"""Keeping members of staff out of files that concern them. What the comparison finds is never told to anybody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import seconds, walling
from kalka.cases.keeping import WALL_WHYS
from kalka.cases.models import Case, WallLift, WallLiftDecision
from kalka.cases.rules import known
from kalka.cases.selectors import get_case
from kalka.core import clock
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.people import conflicts
from kalka.people.rules import NewPerson, checked
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

DUTY, WHY = "cases.lift_wall", "wall"
TERM = timedelta(days=3)  # an internal rule, as is for how long the second person is shown the case's code
SHOWN = timedelta(days=30)


@command("cases.say_who_i_am", needs=Permission.OWN_ACCOUNT)
@beyond()
def say_who_i_am(actor: Actor, *, told: NewPerson, now: datetime) -> None:
    """Own numbers and name, kept as keyed digests alone. What they are found in is told to nobody."""
    _recognise(actor.user_id, told, now)


@command("cases.identify_staff", needs=Permission.USERS_MANAGE)
@beyond()
def identify_staff(actor: Actor, *, user_id: int, told: NewPerson, now: datetime) -> None:
    """As `say_who_i_am`, when the account is made. Whoever makes accounts learns nothing by it."""
    _recognise(user_id, told, now)


@command("cases.declare_conflict", needs=Permission.TODAY)
@beyond()
def declare_conflict(actor: Actor, *, typed_ref: str, why: str, now: datetime) -> Case | None:
    """Step back from a case by its code: blind from this moment on. A code nobody has is answered the same."""
    known({"why": [why]}, WALL_WHYS)
    case = Case.objects.filter(ref=read_ref(typed_ref)).first()
    if case is not None:
        walling.shut_out(case, {actor.user_id}, why=f"declared.{why}", now=now)
    return case


@command("cases.step_back", needs=Permission.SITTING_ATTEND)
@beyond()
def step_back(actor: Actor, *, typed_ref: str, user_id: int, now: datetime) -> Case | None:
    """As `declare_conflict`, for a member of a committee who says so at its table: written down there by oneself or by
    whoever keeps the sitting."""
    case = Case.objects.filter(ref=read_ref(typed_ref)).first()
    if case is not None:
        walling.shut_out(case, {user_id}, why="declared.knows", now=now)
    return case


@command("cases.shut_out", needs=Permission.CASE_WALL)
def shut_out(actor: Actor, *, case_ref: str, post_id: int, why: str, now: datetime) -> Case:
    """Whoever leads and knows of the case shuts out everybody who holds a post. Refuses oneself: that is declared."""
    case = _led(actor, case_ref, now)
    known({"why": [why]}, WALL_WHYS)
    users = set(directory.holders_of(post_id, clock.day_of(now)))
    if not users or actor.user_id in users:
        raise DomainError("cases.nobody_to_shut_out", field="post_id")
    walling.shut_out(case, users, why=f"lead.{why}", now=now)
    return case


@command("cases.ask_to_lift", needs=Permission.CASE_WALL)
def ask_to_lift(actor: Actor, *, id: UUID, case_ref: str, user_id: int, reason: str, now: datetime) -> WallLift:
    """A wall was a mistake: a second person is asked. Until then it stands.

    Refuses `cases.reason_missing`, `lift_is_asked` while one waits, `no_second_person`.
    """
    case = _led(actor, case_ref, now)
    if again := repeated(WallLift, actor, id=id, content=[user_id, reason]):
        return again
    _stands(case, user_id)
    if not reason.strip():
        raise DomainError("cases.reason_missing", field="reason")
    if WallLift.objects.filter(subject_id=case.subject_id, user_id=user_id, decision=None).exists():
        raise Stale("cases.lift_is_asked")
    second = _second(actor, case, user_id, clock.day_of(now))
    row = WallLift(
        **written(actor, id=id, subject_id=case.subject_id, content=[user_id, reason], now=now), user_id=user_id
    )
    keys = sight.keys_for(actor, case.subject_id, now=now, klasses=[Klass.NARRATIVE], scope=Scope.DUTIES)
    keys.put(row, "reason", reason.strip())
    row.save(force_insert=True)
    until = now + SHOWN
    access.grant(case.subject_id, post_holder(second), why=WHY, scope=Scope.DUTIES, now=now, until=until)
    duties.assign(
        DUTY, subject_id=case.subject_id, post_id=second, due_at=now + TERM, basis=None, now=now, about=case.ref
    )
    return row


@command("cases.decide_lift", needs=Permission.CASE_WALL)
def decide_lift(
    actor: Actor, *, id: UUID, case_ref: str, lift_id: UUID, agreed: bool, now: datetime
) -> WallLiftDecision:
    """The second person, of another post, takes it away or not. Refuses `cases.own_lift`, `lift_decided`."""
    case = _led(actor, case_ref, now)
    lift = WallLift.objects.filter(subject_id=case.subject_id, pk=lift_id).first()
    if lift is None:
        raise AccessDenied("cases.unknown")
    if again := repeated(WallLiftDecision, actor, id=id, content=[lift_id, agreed]):
        return again
    if lift.author_id == actor.user_id or lift.post_id == actor.post_id:
        raise DomainError("cases.own_lift")
    if WallLiftDecision.objects.filter(lift=lift).exists():
        raise Stale("cases.lift_decided")
    row = WallLiftDecision(
        **written(actor, id=id, subject_id=case.subject_id, content=[lift_id, agreed], now=now),
        lift=lift,
        asker_id=lift.author_id,
        agreed=agreed,
    )
    row.save(force_insert=True)
    two = {"asked_by": lift.author_id, "agreed_by": actor.user_id}
    for subject_id in (case.subject_id, *(other for other, _but in walling.belonging(case))) if agreed else ():
        access.lift_wall(subject_id, lift.user_id, **two, now=now)
    if not WallLift.objects.filter(subject_id=case.subject_id, decision=None).exists():
        duties.end_for(DUTY, subject_id=case.subject_id, actor=actor, now=now)
    return row


def _recognise(user_id: int, told: NewPerson, now: datetime) -> None:
    told = checked(told, clock.day_of(now))
    for subject_id in conflicts.recognise(user_id, told, now=now):
        walling.watch(subject_id, now=now)


def _led(actor: Actor, case_ref: str, now: datetime) -> Case:
    case = get_case(actor, case_ref, now=now, scope=Scope.DUTIES)
    if not actor.leads:
        raise DomainError("cases.wall_by_lead")
    return case


def _stands(case: Case, user_id: int) -> None:
    if user_id not in sight.walled_users(case.subject_id):
        raise AccessDenied("cases.unknown")


def _second(actor: Actor, case: Case, user_id: int, on: date) -> int:
    """The nearest other leading post with somebody in it who is neither the asker nor shut out."""
    walled = sight.walled_users(case.subject_id) | {user_id, actor.user_id}
    for post in seconds.leading(case.place, Permission.CASE_WALL, on):
        if post.id != actor.post_id and set(directory.holders_of(post.id, on)) - walled:
            return post.id
    raise DomainError("cases.no_second_person")
