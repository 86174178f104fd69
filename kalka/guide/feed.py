"""The directory for others, as HSDS 3.0 says it: one document. Nothing here is not public.

A location that must not be known leaves as a virtual one without an address: the standard has no other word. Texts
are Kyrgyz; the other languages stand in `attributes`, as the standard keeps what it has no field for.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from kalka.guide.rules import Where, said
from kalka.guide.selectors import Offer, Spot
from kalka.guide.taxonomy import TAXONOMY
from kalka.places import selectors as places

COUNTRY, OFFSET = "KG", "+06:00"  # one time in the whole country, the whole year
TERMS = UUID("5b1f8e4a-6c0d-5d0e-9a53-0f7d3a2c9b11")  # what the attributes mean, the same in every feed
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = tuple(range(1, 8))
Body = dict[str, Any]
Words = Mapping[str, str]


def document(offers: Iterable[Offer], *, today: date) -> bytes:
    """`services`, each with its organization, where and when: as the standard's own service answers."""
    body = {"version": "3.0", "as_of": today.isoformat(), "services": [service(one) for one in offers]}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def service(one: Offer) -> Body:
    id = str(one.id)
    return {
        "id": id,
        "name": _text(one.name),
        "description": _text(one.about),
        "status": one.status,
        "application_process": _text(one.coming),
        "fees_description": said(TAXONOMY.costs[one.cost], "ky")[0],
        "eligibility_description": ", ".join(said(TAXONOMY.serves[code], "ky")[0] for code in one.serves),
        "assured_date": one.confirmed_on.isoformat(),
        "organization": organization(one),
        "phones": [{"id": _id(one.id, "phone", number), "number": number} for number in one.phones],
        "schedules": _schedules(one),
        "service_areas": [
            {"id": _id(one.id, "area", code), "name": places.name(code, "ky"), "extent": code} for code in one.areas
        ],
        "service_at_locations": [
            {"id": _id(one.id, "at", str(spot.id)), "location": location(spot)} for spot in one.spots
        ],
        "languages": [{"id": _id(one.id, "language", code), "code": code} for code in one.languages],
        "attributes": [
            *_said("service", one.id, "name", one.name),
            *_said("service", one.id, "description", one.about),
            *_said("service", one.id, "application_process", one.coming),
            *(_attribute("service", one.id, "need", code) for code in one.needs),
            *(_attribute("service", one.id, "serves", code) for code in one.serves),
            _attribute("service", one.id, "cost", one.cost),
            _attribute("service", one.id, "always", "yes" if one.always else "no"),
            *([_attribute("service", one.id, "room", one.room)] if one.room else []),
        ],
    }


def organization(one: Offer) -> Body:
    name = _text(one.provider)
    return {
        "id": str(one.provider_id),
        "name": name,
        "description": _text(one.provider_about) or name,
        "attributes": [
            *_said("organization", one.provider_id, "name", one.provider),
            *_said("organization", one.provider_id, "description", one.provider_about),
        ],
    }


def location(spot: Spot) -> Body:
    """Of a place that must not be known: the part of the country, and nothing else."""
    body: Body = {
        "id": str(spot.id),
        "location_type": str(Where.PHYSICAL if spot.kind == Where.PHYSICAL else Where.VIRTUAL),
        "attributes": [
            _attribute("location", spot.id, "kind", spot.kind),
            _attribute("location", spot.id, "place", spot.place),
        ],
    }
    if spot.accessible:
        body["accessibility"] = [{"id": _id(spot.id, "accessible", ""), "description": "step-free"}]
    if spot.address is None:
        return body
    chain = places.chain(spot.place)
    id = _id(spot.id, "address", "")
    address = {
        "id": id,
        "address_1": _text(spot.address),
        "city": places.name(spot.place, "ky"),
        "state_province": places.name(chain[-2], "ky") if len(chain) > 1 else places.name(spot.place, "ky"),
        "postal_code": "",
        "country": COUNTRY,
        "address_type": "physical",
        "attributes": _said("address", UUID(id), "address_1", spot.address),
    }
    return {**body, "addresses": [address]}


def _schedules(one: Offer) -> list[Body]:
    """In the words of iCal: weekly, on these days."""
    stretches = [(hours.days, hours.opens, hours.closes) for hours in one.hours]
    if one.always:
        stretches = [(EVERY_DAY, "00:00", "23:59")]  # the attribute says that it is always
    return [
        {
            "id": _id(one.id, "schedule", str(number)),
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day - 1] for day in days),
            "opens_at": f"{opens}{OFFSET}",
            "closes_at": f"{closes}{OFFSET}",
        }
        for number, (days, opens, closes) in enumerate(stretches)
    ]


def _said(entity: str, about: UUID, name: str, words: Words) -> list[Body]:
    return [_attribute(entity, about, f"{name}:{lang}", text) for lang, text in sorted(words.items())]


def _attribute(entity: str, about: UUID, label: str, value: str) -> Body:
    return {
        "id": _id(about, label, value),
        "link_id": str(about),
        "link_entity": entity,
        "taxonomy_term_id": term_id(label),
        "label": label,
        "value": value,
    }


def term_id(label: str) -> str:
    return str(uuid5(TERMS, label))


def _text(words: Words) -> str:
    return said(words, "ky")[0]


def _id(about: UUID, kind: str, value: str) -> str:
    """The same thing has the same id in every feed."""
    return str(uuid5(about, f"{kind}:{value}"))
