"""Organisations, posts and one sign-in per role, out of staff.yaml, through the ordinary commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kalka.accounts import services as accounts
from kalka.core.actors import SYSTEM_ID, Actor, organisation_holder, post_holder
from kalka.core.datafile import read
from kalka.core.permissions import Permission
from kalka.directory import services as directory
from kalka.directory.roles import ROLES
from kalka.places import services as places

FOLDER = Path(__file__).parent
TERRITORY = FOLDER / "territory.yaml"
PASSWORD = "tumar-kiyiz-archa"  # the demo's own, printed at its start
SINCE = date(2020, 1, 1)
FOUNDER = Actor(
    SYSTEM_ID,
    frozenset({Permission.POSTS_MANAGE, Permission.USERS_MANAGE, Permission.PLACES_IMPORT, Permission.SYSTEM}),
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the demo: the actor their session would make."""

    login: str
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class SignIn:
    login: str
    title: Mapping[str, str]  # of the role
    organisation: Mapping[str, str]


def sign_ins() -> list[SignIn]:
    """Who may sign in, in the order of the file."""
    told = _told()
    return [
        SignIn(one["login"], ROLES[one["role"]].titles, told["organisations"][one["at"]]["name"])
        for one in told["posts"]
    ]


@dataclass(frozen=True, slots=True)
class Staffed:
    """An organisation of the file: its name, and the first who signs in to it."""

    name: Mapping[str, str]
    login: str


def offices() -> dict[str, Staffed]:
    """By code, those that somebody works in."""
    told = _told()
    first = {one["at"]: one["login"] for one in reversed(told["posts"])}
    return {code: Staffed(told["organisations"][code]["name"], login) for code, login in first.items()}


def staff(now: datetime) -> dict[str, Member]:
    """Found the organisations, make the posts, appoint everybody. Returns them by login."""
    told = _told()
    places.install_builtin(FOUNDER, now=now, demo=True)
    founded = {
        code: found(kind=one["kind"], name=one["name"], place=one["place"], now=now)
        for code, one in told["organisations"].items()
    }
    return {one["login"]: _member(one, founded[one["at"]], now) for one in told["posts"]}


def found(*, kind: str, name: dict[str, str], place: str, now: datetime) -> int:
    """An organisation; its id."""
    return int(directory.create_organisation(FOUNDER, kind=kind, name=name, place=place, now=now).id)


def seat(
    organisation_id: int,
    *,
    role: str,
    place: str,
    login: str,
    name: str,
    now: datetime,
    leads: bool = False,
    category: str = "",
    password: str | None = None,
) -> Member:
    """A post, an account, and the account in the post. Without a password nobody signs in to it."""
    post = directory.create_post(
        FOUNDER, role=role, organisation_id=organisation_id, place=place, leads=leads, since=SINCE, now=now
    )
    user = accounts.create_user(FOUNDER, login=login, name=name, password=password, now=now)
    directory.appoint(FOUNDER, post_id=post.id, user_id=user.id, since=SINCE, category=category, now=now)
    actor = Actor(
        user_id=user.id,
        permissions=ROLES[role].permissions,
        holders=(post_holder(post.id), organisation_holder(organisation_id)),
        post_id=post.id,
        organisation_id=organisation_id,
        role=role,
        place=place,
        leads=leads,
        subject_id=user.subject_id,
        name=name,
    )
    return Member(login, name, actor)


def _told() -> Any:
    return read(FOLDER / "staff.yaml")


def _member(one: dict[str, Any], organisation_id: int, now: datetime) -> Member:
    return seat(
        organisation_id,
        role=one["role"],
        place=one["place"],
        login=one["login"],
        name=one["name"],
        leads=one.get("leads", False),
        category=one.get("category", ""),
        password=PASSWORD,
        now=now,
    )
