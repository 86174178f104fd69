"""The document or its tables read back: of each service what is wrong in it, and nothing taken while anything is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kalka.core.errors import DomainError
from kalka.guide import selectors
from kalka.guide.feed import DAYS, OFFSET
from kalka.guide.rules import (
    Hours,
    NewLocation,
    NewService,
    Where,
    check_location,
    check_provider,
    check_secret,
    check_service,
)
from kalka.guide.tables import nested
from kalka.places import selectors as places

MOST, SAID = 5_000, 20  # services of a file; of how many it is said what is wrong
LARGEST = 20_000_000
_FIELDS = {"about": "description", "coming": "application_process", "areas": "service_areas", "hours": "schedules"}


@dataclass(frozen=True, slots=True)
class Given:
    id: UUID
    provider_id: UUID
    provider: Mapping[str, str]
    about: Mapping[str, str]
    service: NewService
    locations: tuple[tuple[UUID, NewLocation], ...]


def read(data: bytes) -> list[Given]:
    """Of the document, or of its tables. Refuses with `guide.feed_unfit` what is neither, and with
    `guide.feed_rows_unfit` the services that cannot be taken: of each its number in the file, and the field."""
    services = _services(data)
    found, wrong = [], []
    for number, one in enumerate(services, 1):
        try:
            found.append(_checked(_given(one)))
        except DomainError as refused:
            wrong.append(f"{number}: {_FIELDS.get(field := str(refused.facts.get('field', '')), field)}")
        except KeyError as missing:
            wrong.append(f"{number}: {missing.args[0]}")
        except (ValueError, TypeError, AttributeError, IndexError):
            wrong.append(f"{number}: ?")
    if wrong:
        more = ["…"] if len(wrong) > SAID else []
        raise DomainError("guide.feed_rows_unfit", field="file", rows="; ".join([*wrong[:SAID], *more]))
    return found


def _services(data: bytes) -> list[Any]:
    if len(data) > LARGEST:
        raise DomainError("guide.feed_unfit", field="file")
    try:
        body = nested(data) if data.startswith(b"PK") else json.loads(data)
        services = body["services"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DomainError("guide.feed_unfit", field="file") from None
    if not isinstance(services, list) or len(services) > MOST:
        raise DomainError("guide.feed_unfit", field="file")
    return services


def _checked(one: Given) -> Given:
    """What the pages refuse is refused of a file as well."""
    check_provider(one.provider, one.about)
    for _id, told in one.locations:
        check_location(told, places=places.infos([told.place]))
    check_service(one.service, selectors.lists(one.service.areas))
    check_secret(one.service.needs, [told.kind for _id, told in one.locations])
    return one


def _given(one: Any) -> Given:
    locations = tuple(_location(at["location"]) for at in one.get("service_at_locations", ()))
    organization = one["organization"]
    return Given(
        id=UUID(one["id"]),
        provider_id=UUID(organization["id"]),
        provider=_words(organization, "name"),
        about=_about(organization),
        service=_service(one, _attributes(one), tuple(str(id) for id, _ in locations)),
        locations=locations,
    )


def _about(organization: Any) -> dict[str, str]:
    """The standard requires a description: where there was none, the name stands there once more."""
    told = _words(organization, "description", needed=False)
    return {} if set(told.values()) == {organization["name"]} else told


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
        room=attributes.get("room", [""])[0],
        locations=locations,
    )


def _location(there: Any) -> tuple[UUID, NewLocation]:
    attributes = _attributes(there)
    addresses = there.get("addresses", ())
    kind = attributes.get("kind", [str(there["location_type"])])[0]
    address = _words(addresses[0], "address_1") if addresses else None
    if kind == Where.WITHHELD and address is not None:
        raise DomainError("guide.address_must_not_be_known", field="address")
    accessible = bool(there.get("accessibility"))
    return UUID(there["id"]), NewLocation(kind, attributes["place"][0], address, accessible)


def _hours(when: Any) -> Hours:
    days = tuple(DAYS.index(day) + 1 for day in str(when["byday"]).split(","))
    opens, closes = (str(when[name]).removesuffix(OFFSET) for name in ("opens_at", "closes_at"))
    return Hours(days, opens, closes)


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
