"""The same document as tables, one CSV a kind of thing, packed: what a spreadsheet opens; and such a file read back."""

import csv
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from kalka.guide.feed import Body, service, term_id
from kalka.guide.selectors import Offer
from kalka.sheets.writing import guarded, unguarded

LARGEST = 20_000_000  # bytes of all the tables together, as they are unpacked
OF_SERVICE = ("phones", "schedules", "service_areas", "languages")
OF_LOCATION = ("addresses", "accessibility")
TABLES = ("organizations", "services", "service_at_locations", "locations", *OF_SERVICE, *OF_LOCATION)
EVERY = (*TABLES, "attributes", "taxonomy_terms")
# What an attribute says, by its label without the language.
TERMS = {
    "name": "The name in another language",
    "description": "The description in another language",
    "application_process": "How one comes, in another language",
    "address_1": "The address in another language",
    "need": "What it helps with",
    "serves": "Whom it is for",
    "cost": "What it costs: free, part, paid",
    "always": "Whether it is open day and night",
    "room": "Whether there was room when it was last confirmed: free, waiting, full",
    "kind": "physical, virtual, or withheld: a place that must not be known",
    "place": "The code of the territory",
}
Rows = dict[str, list[Body]]


def tables(offers: Sequence[Offer]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(service(one) for one in offers).items():
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))  # the same directory is the same file
            archive.writestr(entry, _csv(rows))
    return packed.getvalue()


def nested(data: bytes) -> Body:
    """The document the tables are of. ValueError, KeyError where they are no such tables, or more than is taken."""
    there = _read(data)
    said = _by(there["attributes"], "link_id")
    whose = {one["id"]: {**one, "attributes": said.get(one["id"], [])} for one in there["organizations"]}
    places = _places(there, said)
    beside = {name: _by(there[name], "service_id") for name in OF_SERVICE}
    at: Rows = {}
    for link in there["service_at_locations"]:
        at.setdefault(link["service_id"], []).append({**link, "location": places[link["location_id"]]})
    services = [
        {
            **one,
            **{name: rows.get(one["id"], []) for name, rows in beside.items()},
            "organization": whose[one["organization_id"]],
            "service_at_locations": at.get(one["id"], []),
            "attributes": said.get(one["id"], []),
        }
        for one in there["services"]
    ]
    return {"services": services}


def _places(there: Rows, said: Rows) -> dict[str, Body]:
    addresses, access = (_by(there[name], "location_id") for name in OF_LOCATION)
    return {
        one["id"]: {
            **one,
            "addresses": [{**at, "attributes": said.get(at["id"], [])} for at in addresses.get(one["id"], [])],
            "accessibility": access.get(one["id"], []),
            "attributes": said.get(one["id"], []),
        }
        for one in there["locations"]
    }


def _tables(bodies: Iterable[Body]) -> Rows:
    found: Rows = {name: [] for name in EVERY}
    seen: set[str] = set()
    for body in bodies:
        given = body["organization"]
        found["services"].append(_flat(body, organization_id=given["id"]))
        found["attributes"] += body["attributes"]
        if given["id"] not in seen:
            seen.add(given["id"])
            found["organizations"].append(_flat(given))
            found["attributes"] += given["attributes"]
        for kind in OF_SERVICE:
            found[kind] += [{**one, "service_id": body["id"]} for one in body[kind]]
        for at in body["service_at_locations"]:
            there = at["location"]
            link = {"id": at["id"], "service_id": body["id"], "location_id": there["id"]}
            found["service_at_locations"].append(link)
            if there["id"] not in seen:
                seen.add(there["id"])
                _location(found, there)
    found["taxonomy_terms"] = _terms(found["attributes"])
    return found


def _location(found: Rows, there: Body) -> None:
    found["locations"].append(_flat(there))
    found["attributes"] += there["attributes"]
    for kind in OF_LOCATION:
        for one in there.get(kind, ()):
            found[kind].append(_flat(one, location_id=there["id"]))
            found["attributes"] += one.get("attributes", ())


def _terms(attributes: Iterable[Body]) -> list[Body]:
    labels = sorted({one["label"] for one in attributes})
    return [
        {"id": term_id(label), "name": label, "description": TERMS[label.partition(":")[0]], "taxonomy": "kalka"}
        for label in labels
    ]


def _flat(body: Body, **more: str) -> Body:
    return {name: value for name, value in body.items() if not isinstance(value, (list, dict))} | more


def _csv(rows: list[Body]) -> str:
    out = StringIO()
    heads = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows({name: guarded(str(value)) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _read(data: bytes) -> Rows:
    """Every table of ours; one that is not in the file is empty."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                raise ValueError("larger than is taken")
            there = set(archive.namelist())
            return {name: _rows(archive, f"{name}.csv") if f"{name}.csv" in there else [] for name in EVERY}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, csv.Error) as none:
        raise ValueError("no such tables") from none


def _rows(archive: zipfile.ZipFile, name: str) -> list[Body]:
    with archive.open(name) as packed:
        text = packed.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise ValueError("larger than it says")
    reader: Iterable[Mapping[str | Any, str | Any]] = csv.DictReader(StringIO(text.decode("utf-8-sig")))
    return [{name: unguarded(value) for name, value in row.items() if name and value} for row in reader]


def _by(rows: Iterable[Body], key: str) -> Rows:
    found: Rows = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
