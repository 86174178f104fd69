"""The same document read back: each service with what is wrong in it, and nothing taken while anything is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kalka.core.errors import DomainError
from kalka.guide.feed import DAYS
from kalka.guide.rules import Hours, NewLocation, NewService, Where

MOST = 5_000  # services of a file
LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Given:
    id: UUID
    provider_id: UUID
    provider: Mapping[str, str]
    service: NewService
    locations: tuple[tuple[UUID, NewLocation], ...]


def read(data: bytes) -> list[Given]:
    """Refuses with `guide.feed_unfit` and the number of the first service that cannot be read."""
    if len(data) > LARGEST:
        raise _unfit("larger than 20 MB")
    try:
        body = json.loads(data)
        services = body["services"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unfit("not a document of HSDS 3.0") from None
    if not isinstance(services, list) or len(services) > MOST:
        raise _unfit(f"services must be a list of at most {MOST}")
    return [_given(number, one) for number, one in enumerate(services, 1)]


def _given(number: int, one: Any) -> Given:
    try:
        locations = tuple(_location(at["location"]) for at in one.get("service_at_locations", ()))
        attributes = _attributes(one)
        organization = one["organization"]
        return Given(
            id=UUID(one["id"]),
            provider_id=UUID(organization["id"]),
            provider=_words(organization, "name"),
            service=_service(one, attributes, tuple(str(id) for id, _ in locations)),
            locations=locations,
        )
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        raise _unfit(f"service {number}: a required field is missing or of another kind") from None


def _service(one: Any, attributes: Mapping[str, list[str]], locations: tuple[str, ...]) -> NewService:
    always = attributes.get("always", ["no"])[0] == "yes"
    return NewService(
        name=_words(one, "name"),
        about=_words(one, "description"),
        coming=_words(one, "application_process", needed=False),
        needs=tuple(attributes.get("need", ())),
        serves=tuple(attributes.get("serves", ())),
        languages=tuple(str(language["code"]) for language in one.get("languages", ())),
        areas=tuple(str(area["extent"]) for area in one.get("service_areas", ())),
        phones=tuple(str(phone["number"]) for phone in one.get("phones", ())),
        hours=() if always else tuple(_hours(when) for when in one.get("schedules", ())),
        always=always,
        cost=attributes.get("cost", ["free"])[0],
        status=str(one["status"]),
        locations=locations,
    )


def _location(there: Any) -> tuple[UUID, NewLocation]:
    attributes = _attributes(there)
    addresses = there.get("addresses", ())
    kind = attributes.get("kind", [str(there["location_type"])])[0]
    address = _words(addresses[0], "address_1") if addresses else None
    if kind == Where.WITHHELD and address is not None:
        raise ValueError("an address of a place that must not be known")
    accessible = bool(there.get("accessibility"))
    return UUID(there["id"]), NewLocation(kind, attributes["place"][0], address, accessible)


def _hours(when: Any) -> Hours:
    days = tuple(DAYS.index(day) + 1 for day in str(when["byday"]).split(","))
    return Hours(days, str(when["opens_at"]), str(when["closes_at"]))


def _words(body: Any, name: str, *, needed: bool = True) -> dict[str, str]:
    """In every language that was given; one that says only the standard's own field says it in Kyrgyz and Russian."""
    found = {
        label.partition(":")[2]: values[0]
        for label, values in _attributes(body).items()
        if label.startswith(f"{name}:") and label.partition(":")[2] in ("ky", "ru", "en")
    }
    if found:
        return found
    plain = str(body[name] if needed else body.get(name, ""))
    return {"ky": plain, "ru": plain} if plain else {}


def _attributes(body: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in body.get("attributes", ()):
        found.setdefault(str(one["label"]), []).append(str(one["value"]))
    return found


def _unfit(problem: str) -> DomainError:
    return DomainError("guide.feed_unfit", field="file", problem=problem)
