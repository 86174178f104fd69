"""What the committees of the demo are founded on, out of founding.yaml, through the ordinary commands."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from kalka.committees import selectors, services
from kalka.committees.rules import Answer, Approval, Approver, Founding, NewProject, Office
from kalka.core.actors import SYSTEM_ID, Actor, organisation_holder, post_holder
from kalka.core.clock import day_of
from kalka.core.datafile import read
from kalka.core.permissions import Permission
from kalka.demo.crew import committees
from kalka.demo.reading import WORLD
from kalka.directory import selectors as directory
from kalka.directory.info import OrganisationInfo, PostInfo
from kalka.directory.roles import ROLES

FILE = Path(__file__).parent / "founding.yaml"
COORDINATOR = Actor(SYSTEM_ID, frozenset({Permission.COMMITTEE_FOUND, Permission.COMMITTEE_READ}))
SECRETARY = "committee_secretary"


def project_id() -> UUID:
    return uuid5(WORLD, "project")


def committee_id(place: str) -> UUID:
    """The same in every installation."""
    return uuid5(WORLD, f"committee {place}")


def found_committees(now: datetime) -> list[UUID]:
    """Those of the fourteen that stand and are not written down. Called again once the others stand."""
    told, places = _told(), set(committees())
    services.start_project(COORDINATOR, id=project_id(), told=_project(told["project"]), now=now)
    there = {one.place for one in selectors.committees(COORDINATOR)}
    bodies = [one for one in directory.organisations("committee") if one.place in places - there]
    return [_founded(one, told, now) for one in sorted(bodies, key=lambda one: one.place)]


def secretary_of(organisation_id: int, on: date) -> Actor:
    """Whoever keeps a committee of the demo, as their session would make them."""
    return _in(next(one for one in directory.posts_at(organisation_id) if one.role == SECRETARY), on)


def worker_of(place: str, on: date) -> Actor:
    """Whoever does social work nearest to a place, likewise."""
    post = directory.responsible("social_worker", place, on)
    assert post is not None
    return _in(post, on)


def _in(post: PostInfo, on: date) -> Actor:
    return Actor(
        user_id=directory.holders_of(post.id, on)[0],
        permissions=ROLES[post.role].permissions,
        holders=(post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
        leads=post.leads,
    )


def _founded(body: OrganisationInfo, told: dict[str, Any], now: datetime) -> UUID:
    id, project = committee_id(body.place), str(project_id())
    founding = Founding(told["since"], None, told["proposed_on"], "", Answer.YES, Answer.YES, project)
    services.found(COORDINATOR, id=id, place=body.place, told=founding, now=now, organisation_id=body.id)
    secretary = secretary_of(body.id, day_of(now))
    for by in Approver:
        approval, row = Approval(by, told["approved_on"]), uuid5(id, by)
        services.approve(secretary, id=row, committee_id=id, told=approval, now=now)
    services.set_plan(secretary, id=uuid5(id, "plan"), year=day_of(now).year, targets=told["plan"], now=now)
    if body.place in told["signed_at"]:
        _sworn(secretary, id, told["undertaken_on"], now)
    return id


def _sworn(secretary: Actor, id: UUID, on: date, now: datetime) -> None:
    """Everybody has signed, and somebody who is not the secretary is in the chair."""
    seated = selectors.members(secretary, secretary.organisation_id or 0, day_of(now))
    chair = next((one for one in seated if not one.keeps), None)
    if chair is not None:
        services.take_office(
            secretary,
            id=uuid5(id, "chair"),
            holding_id=chair.holding_id,
            office=Office.CHAIR,
            since=on,
            now=now,
        )
    _sign(secretary, [one.holding_id for one in seated if not one.undertaken], id, on, now)


def _sign(secretary: Actor, holdings: Collection[int], id: UUID, on: date, now: datetime) -> None:
    for holding in holdings:
        row = uuid5(id, f"signed {holding}")
        services.sign_undertaking(secretary, id=row, holding_id=holding, signed_on=on, now=now)


def _project(told: dict[str, Any]) -> NewProject:
    return NewProject(told["name"], told["donor"], told["since"], told["until"], told["supporters"])


def _told() -> dict[str, Any]:
    told = read(FILE)
    assert isinstance(told, dict)
    return told
