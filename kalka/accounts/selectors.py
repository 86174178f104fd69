"""What may be asked about accounts. The joined question of every request is access/sql/actor.sql."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from kalka.accounts.lasting import lasting
from kalka.accounts.models import OutsideName, Passkey, Recovery, RecoveryCode, Session, User
from kalka.accounts.own import own_keys
from kalka.accounts.rules import WAITS_FOR, Stage, is_second
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.vault.classes import Klass
from kalka.vault.keys import Passage, unlock_stored
from kalka.vault.models import SubjectKey


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: int
    started_at: datetime
    seen_at: datetime
    this: bool
    program: bool  # a token, not a person at a device
    scopes: tuple[str, ...] = ()  # what the token was issued for


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token as whoever keeps accounts sees it: never its secret, of which only a hash is kept."""

    id: int
    login: str
    post_id: int
    scopes: tuple[str, ...]
    started_at: datetime
    seen_at: datetime
    ends_at: datetime


def my_sessions(actor: Actor, *, now: datetime) -> Sequence[SessionLine]:
    """Where the person is signed in, the newest first, and the programs that act for them. What the role's own limits
    have ended is not there."""
    limits = lasting(actor.role)
    rows = Session.objects.filter(user_id=actor.user_id, ended_at=None, ends_at__gt=now).order_by("-id")
    found = list(rows.values_list("id", "started_at", "seen_at", "stage", "scopes"))
    own = [row for row in found if row[3] == Stage.FULL][: None if settings.DEMO else limits.at_once]
    programs = [row for row in found if row[3] == Stage.API]
    running = [row for row in own if now - row[2] <= limits.idle and now - row[1] < limits.absolute]
    return [
        SessionLine(id, started, seen, id == actor.session_id, stage == Stage.API, tuple(scopes.split()))
        for id, started, seen, stage, scopes in (*running, *programs)
    ]


def tokens(actor: Actor, *, now: datetime, user_id: int | None = None) -> tuple[TokenLine, ...]:
    """The tokens that run, of one account or of all. Refuses whoever does not keep accounts."""
    if not actor.may(Permission.USERS_MANAGE):
        raise AccessDenied("core.not_permitted")
    running = Session.objects.filter(stage=Stage.API, ended_at=None, ends_at__gt=now, user__active=True)
    rows = running if user_id is None else running.filter(user_id=user_id)
    columns = ("id", "user__login", "post_id", "scopes", "started_at", "seen_at", "ends_at")
    return tuple(
        TokenLine(id, login, post or 0, tuple(scopes.split()), *times)
        for id, login, post, scopes, *times in rows.order_by("user__login", "id").values_list(*columns)
    )


def has_app(actor: Actor) -> bool:
    """Whether an authenticator app is set up."""
    return User.objects.filter(id=actor.user_id).exclude(totp_step=0).exists()


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


def my_passkeys(actor: Actor) -> Sequence[PasskeyLine]:
    rows = list(Passkey.objects.filter(user_id=actor.user_id).order_by("added_at"))
    keys = own_keys(rows[0].subject_id) if rows else None
    return [PasskeyLine(row.id, keys.get(row, "kept")["name"], row.added_at, row.used_at) for row in rows if keys]


def has_passkey(actor: Actor) -> bool:
    return Passkey.objects.filter(user_id=actor.user_id).exists()


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """A recovery as those see it who may help, and the person itself."""

    id: UUID
    user_id: int
    login: str
    why: str
    asked_by: int
    asked_post_id: int | None
    asked_at: datetime
    confirmed_at: datetime | None
    used_at: datetime | None
    stopped_at: datetime | None


def waiting(*, now: datetime) -> QuerySet[Recovery]:
    """What was asked for and waits for its second person."""
    open_ = Recovery.objects.filter(confirmed_at=None, stopped_at=None, used_at=None)
    return open_.filter(asked_at__gt=now - WAITS_FOR).select_related("user")


def recoveries(actor: Actor, *, now: datetime) -> Sequence[RecoveryLine]:
    """Those this person could confirm by who they are; whether by their post, the page of it asks."""
    rows = waiting(now=now).exclude(user=actor.user_id).order_by("asked_at")
    return [_line(row) for row in rows if is_second((actor.user_id, actor.post_id), (row.asked_by, row.asked_post_id))]


def my_recoveries(actor: Actor) -> Sequence[RecoveryLine]:
    """Of one's own account, what was not seen yet."""
    rows = Recovery.objects.filter(user_id=actor.user_id, seen_at=None).select_related("user")
    return [_line(row) for row in rows.order_by("asked_at")]


def _line(row: Recovery) -> RecoveryLine:
    times = (row.asked_at, row.confirmed_at, row.used_at, row.stopped_at)
    return RecoveryLine(row.id, row.user.id, row.user.login, row.why, row.asked_by, row.asked_post_id, *times)


def my_outside_name(actor: Actor) -> str:
    """Whether an outside provider knows the person: nothing, `proposed` or `agreed`. Who it means there is not kept."""
    rows = OutsideName.objects.filter(user_id=actor.user_id, ended_at=None)
    states = {"agreed" if at else "proposed" for at in rows.values_list("agreed_at", flat=True)}
    return "proposed" if "proposed" in states else "agreed" if states else ""


def codes_left(actor: Actor) -> int:
    return RecoveryCode.objects.filter(user_id=actor.user_id, used_at=None).count()


def login_of(user_id: int) -> str | None:
    return User.objects.filter(id=user_id).values_list("login", flat=True).first()


def id_of(login: str) -> int | None:
    return User.objects.filter(login__iexact=login, active=True).values_list("id", flat=True).first()


def is_active(user_id: int) -> bool:
    return User.objects.filter(id=user_id, active=True).exists()


def names_of(actor: Actor, user_ids: Collection[int]) -> dict[int, str]:
    """The names of colleagues, for whoever keeps their list or chooses among them. Recorded before any is opened."""
    if not (actor.may(Permission.COMMITTEE_KEEP) or actor.may(Permission.FAMILY_NOTE)):
        raise AccessDenied("core.not_permitted")
    with sight.beyond():  # each in a compartment of their own
        rows = list(User.objects.filter(id__in=user_ids).only("id", "subject_id", "name"))
        subjects = frozenset(row.subject_id for row in rows)
        stored = list(SubjectKey.objects.filter(subject_id__in=subjects, klass=Klass.OWN))
    with transaction.atomic():
        audit.read(actor, "accounts.names", subjects)
        keys = unlock_stored(Passage(subjects, frozenset({Klass.OWN})), stored)
        return {row.id: str(keys.get(row, "name")) for row in rows if keys.has(row.subject_id, Klass.OWN)}
