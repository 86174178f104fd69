"""Who helps, in the demo's invented territory."""

from dataclasses import replace
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.tests.factories import AIMAK, ELSEWHERE, NOW, OBLAST, RAION, TODAY, organisation, territory
from kalka.guide import services
from kalka.guide.models import Provider, Service
from kalka.guide.rules import Hours, NewLocation, NewService

__all__ = ["AIMAK", "ELSEWHERE", "NOW", "OBLAST", "RAION", "TODAY", "organisation", "territory"]

COUNTRY = "41700000000000"
MINISTRY = Actor(9_100, frozenset({Permission.GUIDE_EDIT, Permission.GUIDE_EDIT_ALL}))
CENTRE = {"ky": "Тилек кризистик борбору", "ru": "Кризисный центр «Тилек»", "en": "Tilek crisis centre"}
TALK = NewService(
    name={"ky": "Психолог менен сүйлөшүү", "ru": "Беседа с психологом", "en": "Talking with a psychologist"},
    about={"ky": "Атын айтпай эле келсе болот.", "ru": "Можно прийти, не называя имени."},
    needs=("psychological",),
    serves=("women", "children"),
    languages=("ky", "ru"),
    areas=(RAION,),
    phones=("+996 555 000 100",),
    hours=(Hours((1, 2, 3, 4, 5), "09:00", "18:00"),),
)
STREET = {"ky": "Ак-Кайың көчөсү, 7", "ru": "улица Ак-Кайын, 7"}


def worker_of(organisation_id: int) -> Actor:
    return Actor(9_101, frozenset({Permission.GUIDE_EDIT}), organisation_id=organisation_id)


def provider(*, organisation_id: int | None = None, about: dict[str, str] | None = None) -> Provider:
    named = {"name": CENTRE, "about": about, "organisation_id": organisation_id}
    return services.add_provider(MINISTRY, id=new_id(), now=NOW, **named)  # type: ignore[arg-type]  # as named


def service(of: Provider, **changes: object) -> Service:
    told = replace(TALK, **changes)  # type: ignore[arg-type]  # as the test says
    return services.add_service(MINISTRY, id=new_id(), provider_id=of.id, told=told, now=NOW)


def location(of: Provider, kind: str = "physical", **changes: object) -> UUID:
    address = STREET if kind == "physical" else None
    told = replace(NewLocation(kind, AIMAK, address), **changes)  # type: ignore[arg-type]  # as the test says
    return services.add_location(MINISTRY, id=new_id(), provider_id=of.id, told=told, now=NOW).id
