"""From a cookie, or a program's token, to an actor: one statement a request."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection

from kalka.accounts.lasting import lasting
from kalka.accounts.own import end_those_ahead, own_name, still_there
from kalka.accounts.rules import Stage, is_behind, is_open
from kalka.core import clock, scopes
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.outage import Outage, outage_of
from kalka.core.permissions import Permission
from kalka.directory.roles import ROLES

SQL = (Path(__file__).parent / "sql" / "actor.sql").read_text()
SEEN_EVERY = timedelta(minutes=1)  # a write a minute, not one a request


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who the token belongs to: an actor while the session runs, else only whose session it was."""

    actor: Actor | None
    user_id: int
    reference: object = None  # the token of the reference data
    confirmed_at: datetime | None = None  # when the person last said who they are
    warned: bool = False  # a recovery of the account was asked for that its person has not seen


def visitor(token: str, *, now: datetime, api: bool = False) -> Visitor | None:
    """None for a token nobody was given. Ended, idle, expired, suspended: no actor, from this request on.

    A session of a person answers to no program (`api`), a program's to no page. How long it lasts and at how many
    places at once is the role's. A program is never idle and acts in the post its token was issued for, or not at all,
    and may there what both the role and the token's scopes allow.
    """
    row = _row(token, now)
    if row is None:
        return None
    id, user_id, stage, seen, ends, ended, asked, kept, active, subject, name, wrapped, reference, *more = row
    started, confirmed, newer, warned, post, role, organisation, place, leads = more
    last, until = _moment(seen), _moment(ends)
    if api:
        open_ = stage == Stage.API and post is not None and post == asked and now < until
    else:
        open_ = stage == Stage.FULL and _runs(role or "", last, min(until, _ends(role or "", started)), newer, now)
    if ended or not (active and open_):
        return _out(user_id, last, now)
    _seen(id, last, now)
    permissions = ROLES[role].permissions if role else frozenset({Permission.OWN_ACCOUNT})
    granted = scopes.read(kept)
    subject_id = subject if isinstance(subject, UUID) else UUID(subject)
    actor = Actor(
        user_id=user_id,
        permissions=permissions & scopes.allowed(granted) if api else permissions,
        holders=(post_holder(post), organisation_holder(organisation)) if post else (),
        post_id=post,
        organisation_id=organisation,
        role=role or "",
        place=place or "",
        leads=bool(leads),
        subject_id=subject_id,
        name=own_name(user_id, subject_id, bytes(name), bytes(wrapped)) if name and wrapped else "",
        session_id=id,
        scopes=granted,
    )
    return Visitor(actor, user_id, reference, _moment(confirmed) if confirmed else None, bool(warned))


def _ends(role: str, started: datetime) -> datetime:
    return _moment(started) + lasting(role).absolute


def _runs(role: str, last: datetime, until: datetime, newer: int, now: datetime) -> bool:
    """Whether a person's session runs by the limits of the role. Everybody who tries the demo has the same sign-ins."""
    limits = lasting(role)
    among = newer < limits.at_once or settings.DEMO
    return among and is_open(seen=last, ends=until, now=now, idle=limits.idle)


def _out(user_id: int, last: datetime, now: datetime) -> Visitor:
    if not is_behind(last, now):
        end_those_ahead(now=now)
    return Visitor(None, user_id)


def _seen(session_id: int, last: datetime, now: datetime) -> None:
    """Without room on the disk, or while somebody else writes, pages can still be read."""
    if now - last <= SEEN_EVERY:
        return
    try:
        still_there(session_id, now=now)
    except OperationalError as error:
        if outage_of(error) not in {Outage.FULL, Outage.BUSY}:
            raise


def _row(token: str, now: datetime) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"token": sha256(token.encode()).digest(), "today": clock.day_of(now)})
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _moment(value: datetime) -> datetime:
    """SQLite answers a raw question in naive UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
