"""The directory for others, as HSDS 3.0 says it: one document, and the same as tables. Nothing here is not public.

A location that must not be known leaves as a virtual one without an address: the standard has no other word. Texts
are Kyrgyz; the other languages stand in `attributes`, as the standard keeps what it has no field for.
"""

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID, uuid5

from kalka.guide.rules import Where, said
from kalka.guide.selectors import Offer, Spot
from kalka.guide.taxonomy import TAXONOMY
from kalka.places import selectors as places
from kalka.sheets.writing import guarded

COUNTRY = "KG"
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
            *_said(one.id, "name", one.name),
            *_said(one.id, "description", one.about),
            *_said(one.id, "application_process", one.coming),
            *(_attribute(one.id, "need", code) for code in one.needs),
            *(_attribute(one.id, "serves", code) for code in one.serves),
            _attribute(one.id, "cost", one.cost),
            _attribute(one.id, "always", "yes" if one.always else "no"),
        ],
    }


def organization(one: Offer) -> Body:
    name = _text(one.provider)
    return {
        "id": str(one.provider_id),
        "name": name,
        "description": name,
        "attributes": _said(one.provider_id, "name", one.provider),
    }


def location(spot: Spot) -> Body:
    """Of a place that must not be known: the part of the country, and nothing else."""
    body: Body = {
        "id": str(spot.id),
        "location_type": str(Where.PHYSICAL if spot.kind == Where.PHYSICAL else Where.VIRTUAL),
        "attributes": [_attribute(spot.id, "kind", spot.kind), _attribute(spot.id, "place", spot.place)],
    }
    if spot.address is None:
        return body
    chain = places.chain(spot.place)
    address = {
        "id": _id(spot.id, "address", ""),
        "address_1": _text(spot.address),
        "city": places.name(spot.place, "ky"),
        "state_province": places.name(chain[-2], "ky") if len(chain) > 1 else places.name(spot.place, "ky"),
        "postal_code": "",
        "country": COUNTRY,
        "address_type": "physical",
        "attributes": _said(spot.id, "address_1", spot.address),
    }
    accessible = [{"id": _id(spot.id, "accessible", ""), "description": "step-free"}] if spot.accessible else []
    return {**body, "addresses": [address], "accessibility": accessible}


def tables(offers: Sequence[Offer]) -> bytes:
    """One CSV a kind of thing, packed: what a spreadsheet opens."""
    bodies = [service(one) for one in offers]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(bodies).items():
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))  # the same directory is the same file
            archive.writestr(entry, _csv(rows))
    return packed.getvalue()


def _tables(bodies: Iterable[Body]) -> dict[str, list[Body]]:
    kinds = ("phones", "schedules", "service_areas", "languages", "attributes")
    found: dict[str, list[Body]] = {"organizations": [], "services": [], "service_at_locations": [], "locations": []}
    found |= {"addresses": [], **{kind: [] for kind in kinds}}
    seen: set[str] = set()
    for body in bodies:
        given = body["organization"]
        found["services"].append(_flat(body, organization_id=given["id"]))
        if given["id"] not in seen:
            seen.add(given["id"])
            found["organizations"].append({name: given[name] for name in ("id", "name", "description")})
        for kind in kinds:
            found[kind] += [{**one, "service_id": body["id"]} for one in body[kind]]
        for at in body["service_at_locations"]:
            there = at["location"]
            link = {"id": at["id"], "service_id": body["id"], "location_id": there["id"]}
            found["service_at_locations"].append(link)
            if there["id"] not in seen:
                seen.add(there["id"])
                found["locations"].append({name: there[name] for name in ("id", "location_type")})
                found["addresses"] += [_flat(one, location_id=there["id"]) for one in there.get("addresses", ())]
    return found


def _flat(body: Body, **more: str) -> Body:
    return {name: value for name, value in body.items() if not isinstance(value, (list, dict))} | more


def _csv(rows: list[Body]) -> str:
    out = StringIO()
    heads = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows({name: guarded(str(value)) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _schedules(one: Offer) -> list[Body]:
    """In the words of iCal: weekly, on these days."""
    stretches = [(hours.days, hours.opens, hours.closes) for hours in one.hours]
    if one.always:
        stretches = [(EVERY_DAY, "00:00", "24:00")]
    return [
        {
            "id": _id(one.id, "schedule", str(number)),
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day - 1] for day in days),
            "opens_at": opens,
            "closes_at": closes,
        }
        for number, (days, opens, closes) in enumerate(stretches)
    ]


def _said(about: UUID, name: str, words: Words) -> list[Body]:
    return [_attribute(about, f"{name}:{lang}", text) for lang, text in sorted(words.items())]


def _attribute(about: UUID, label: str, value: str) -> Body:
    return {"id": _id(about, label, value), "link_id": str(about), "label": label, "value": value}


def _text(words: Words) -> str:
    return said(words, "ky")[0]


def _id(about: UUID, kind: str, value: str) -> str:
    """The same thing has the same id in every feed."""
    return str(uuid5(about, f"{kind}:{value}"))
