"""Organisations and posts in the demo's invented territory, and people who hold them."""

from datetime import UTC, date, datetime

from kalka.accounts import services as accounts
from kalka.core.actors import SYSTEM, Actor
from kalka.core.permissions import Permission
from kalka.directory import services
from kalka.directory.models import Holding, Organisation, Post
from kalka.places.services import install_builtin

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TODAY, YESTERDAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)
OBLAST, RAION, AIMAK, VILLAGE = "41704000000000", "41704245000000", "417D0410100000", "417D0410101000"
ELSEWHERE = "417D0510100000"
ADMINISTRATOR = Actor(9_000, frozenset({Permission.POSTS_MANAGE, Permission.USERS_MANAGE}))
INSPECTOR = Actor(9_001, frozenset({Permission.CASE_READ}))
NAMES = {"ky": "Нарын РИИБ", "ru": "Нарынский РОВД", "en": "Naryn police"}


def territory() -> None:
    install_builtin(SYSTEM, now=NOW, demo=True)


def organisation(*, place: str = RAION, parent: Organisation | None = None, kind: str = "police") -> Organisation:
    return services.create_organisation(
        ADMINISTRATOR, kind=kind, name=NAMES, place=place, parent_id=parent.pk if parent else None, now=NOW
    )


def post(of: Organisation, *, role: str = "police_inspector", place: str = AIMAK, leads: bool = False) -> Post:
    return services.create_post(
        ADMINISTRATOR, role=role, organisation_id=of.pk, place=place, since=date(2024, 1, 1), leads=leads, now=NOW
    )


def person(login: str = "nurbek") -> int:
    made = accounts.create_user(ADMINISTRATOR, login=login, name="Нурбек", password="a long pass phrase 7", now=NOW)
    return int(made.pk)


def held(post: Post, *, by: int = 100, since: date = date(2024, 1, 1), until: date | None = None) -> Post:
    Holding.objects.create(post=post, user_id=by, since=since, until=until)
    return post
