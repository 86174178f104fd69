"""What may be asked about accounts. The joined question of every request is access/sql/actor.sql."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.core.actors import Actor


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: int
    started_at: datetime
    seen_at: datetime
    this: bool
    program: bool  # a token, not a person at a device


def my_sessions(actor: Actor, *, now: datetime) -> Sequence[SessionLine]:
    running = Session.objects.filter(user_id=actor.user_id, ended_at=None, ends_at__gt=now).order_by("-seen_at")
    return [
        SessionLine(id, started, seen, id == actor.session_id, stage == Stage.API)
        for id, started, seen, stage in running.values_list("id", "started_at", "seen_at", "stage")
    ]


def has_second_factor(actor: Actor) -> bool:
    return User.objects.filter(id=actor.user_id).exclude(totp_step=0).exists()


def login_of(user_id: int) -> str | None:
    return User.objects.filter(id=user_id).values_list("login", flat=True).first()


def id_of(login: str) -> int | None:
    return User.objects.filter(login__iexact=login, active=True).values_list("id", flat=True).first()


def is_active(user_id: int) -> bool:
    return User.objects.filter(id=user_id, active=True).exists()
