"""A committee in the demo's invented territory: its secretary, a coordinator of the raion, and one of the ministry."""

from datetime import date
from types import SimpleNamespace

from kalka.cases.tests.factories import AIMAK, NOW, RAION, in_a_command, office, post
from kalka.committees import services
from kalka.committees.models import MemberCard
from kalka.committees.rules import Card, Founding, NewMember, NewProject
from kalka.core.actors import SYSTEM, Actor
from kalka.core.refs import new_id
from kalka.places.services import install_builtin
from tests.standing import stands

TODAY, FOUNDED = date(2026, 11, 23), date(2026, 9, 1)
COUNTRY, FAR = "41700000000000", "417D0510100000"
NAME = "Асылкан Токтогулова"
WORDS = {"ky": "ДаткАйым", "ru": "ДаткАйым", "en": "DatkAyim"}


def in_three(text: str) -> dict[str, str]:
    return {"ky": text, "ru": text, "en": text}


PROJECT = NewProject(WORDS, in_three("EU"), date(2021, 1, 1), date(2023, 12, 31), {"north": in_three("Түндүк уюму")})


@stands
def world() -> SimpleNamespace:
    """The organisation and its secretary are there; nobody has written the committee down."""
    install_builtin(SYSTEM, now=NOW, demo=True)
    body = office("committee", AIMAK)
    made = SimpleNamespace(organisation=body.pk)
    made.secretary = post("committee_secretary", organisation=body, user_id=501, leads=True)
    made.member = post("committee_member", organisation=body, user_id=502)
    made.raion = post("regional_coordinator", place=RAION, organisation=office("administration", RAION), user_id=503)
    made.ministry = post("ministry_coordinator", place=COUNTRY, organisation=office("ministry", COUNTRY), user_id=504)
    made.stranger = post("committee_secretary", place=FAR, organisation=office("committee", FAR), user_id=505)
    return made


@stands
def founded() -> SimpleNamespace:
    """As `world`, with the committee and its project written down."""
    made = world.__wrapped__()  # type: ignore[attr-defined]  # in one place to stand on
    made.project = services.start_project(made.ministry, id=new_id(), told=PROJECT, now=NOW).pk
    told = Founding(since=FOUNDED, project=str(made.project))
    made.committee = services.found(
        made.raion, id=new_id(), place=AIMAK, told=told, now=NOW, organisation_id=made.organisation
    ).pk
    return made


def added(secretary: Actor, *, office: str = "member", name: str = NAME, card: Card | None = None) -> MemberCard:
    told = NewMember(name, "health", FOUNDED, office, card or Card())
    return services.add_member(secretary, id=new_id(), told=told, now=NOW)


__all__ = ["AIMAK", "NOW", "RAION", "in_a_command"]
