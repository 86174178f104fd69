import csv
import io
import json
import re
import zipfile
from pathlib import Path
from uuid import UUID

import jsonschema_rs
import pytest

from kalka.core.errors import DomainError
from kalka.guide import feed, selectors, services
from kalka.guide.models import Location, Provider, Revision, Service, ServiceAt
from kalka.guide.rules import Hours
from kalka.guide.tables import tables
from kalka.guide.tests.factories import (
    AIMAK,
    MINISTRY,
    NOW,
    STREET,
    TODAY,
    location,
    provider,
    service,
    territory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REQUIRED = jsonschema_rs.Draft202012Validator(
    json.loads(Path(__file__).with_name("hsds_required.json").read_text()), validate_formats=True
)


@pytest.fixture(autouse=True)
def land():
    territory()


@pytest.fixture
def centre():
    there = provider(about={"ky": "2009-жылдан бери иштейт", "ru": "Работает с 2009 года"})
    service(there, locations=(str(location(there, accessible=True)), str(location(there, "withheld"))))
    service(there, hours=(Hours((6, 7), "20:00", "08:00"),), coming={"ky": "Чалыңыз", "ru": "Позвоните"})
    service(there, hours=(), always=True, needs=("safety", "shelter"), cost="part")
    return there


def document():
    return feed.document(selectors.everything(today=TODAY), today=TODAY)


def test_it_has_what_the_standard_requires(centre):
    assert [error.message for error in REQUIRED.iter_errors(json.loads(document()))] == []


def test_the_check_can_fail(centre):
    body = json.loads(document())
    del body["services"][0]["organization"]["description"]
    body["services"][1]["id"] = "7"
    said = [error.message for error in REQUIRED.iter_errors(body)]
    assert said == ['"description" is a required property', '"7" is not a "uuid"']


def test_a_place_that_must_not_be_known_leaves_as_a_part_of_the_country(centre):
    hidden = [
        at["location"]
        for one in json.loads(document())["services"]
        for at in one["service_at_locations"]
        if "withheld" in json.dumps(at)
    ]
    assert [(set(one), {a["label"]: a["value"] for a in one["attributes"]}) for one in hidden] == [
        ({"id", "location_type", "attributes"}, {"kind": "withheld", "place": AIMAK})
    ]


def test_read_back_elsewhere_it_is_the_same(centre):
    before, sent = selectors.everything(today=TODAY), document()
    for model in (ServiceAt, Revision, Service, Location, Provider):
        model.objects.all().delete()
    services.take(MINISTRY, data=sent, now=NOW)
    assert selectors.everything(today=TODAY) == before
    assert document() == sent


def test_taken_twice_it_changes_nothing(centre):
    services.take(MINISTRY, data=document(), now=NOW)
    assert services.take(MINISTRY, data=document(), now=NOW) == []


def test_what_has_changed_in_the_file_counts_from_now_on(centre):
    body = json.loads(document())
    for one in body["services"]:
        one["organization"] |= {"name": "Таяныч", "description": "Таяныч", "attributes": []}
        for at in one["service_at_locations"]:
            for address in at["location"].get("addresses", ()):
                address |= {"address_1": "Манас көчөсү, 3", "attributes": []}
    services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert Provider.objects.values_list("name", "about").get() == ({"ky": "Таяныч", "ru": "Таяныч"}, {})
    assert set(Location.objects.values_list("kind", "address__ky")) == {
        ("physical", "Манас көчөсү, 3"),
        ("withheld", None),
    }
    assert Revision.objects.count() == 3, "no service said anything new"


def test_a_place_that_must_not_be_known_is_never_made_public_by_a_file(centre):
    body = json.loads(document())
    hidden = [at["location"] for one in body["services"] for at in one["service_at_locations"]]
    (there,) = [one for one in hidden if one["location_type"] == "virtual"]
    there |= {"location_type": "physical", "addresses": [{"address_1": STREET["ky"]}]}
    there["attributes"] = [one for one in there["attributes"] if one["label"] == "place"]
    with pytest.raises(DomainError, match=r"guide\.address_must_not_be_known"):
        services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert sorted(Location.objects.values_list("kind", flat=True)) == ["physical", "withheld"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"services": {}}',
        b"[" * 100_000,
        b"PK",
        b"PK\x03\x04" + b"\0" * 40,
    ],
)
def test_what_is_no_such_document_is_refused(data):
    with pytest.raises(DomainError, match=r"guide\.feed_unfit"):
        services.take(MINISTRY, data=data, now=NOW)
    assert Service.objects.count() == 0


def test_of_each_service_that_cannot_be_taken_it_is_said_what_is_wrong(centre):
    body = json.loads(document())
    first, second, third = body["services"]
    del first["organization"]["id"]
    second["phones"][0]["number"] = "чалыңыз"
    third["status"] = "сейрек"
    body["services"] += [{}, {"id": "x"}]
    with pytest.raises(DomainError) as refused:
        services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert (refused.value.code, refused.value.facts["rows"]) == (
        "guide.feed_rows_unfit",
        "1: id; 2: phones; 3: status; 4: organization; 5: organization",
    )
    assert Revision.objects.count() == 3


def test_an_address_of_a_place_that_must_not_be_known_is_refused_and_nothing_of_the_file_taken(centre):
    body = json.loads(document())
    places = [at["location"] for one in body["services"] for at in one["service_at_locations"]]
    hidden = next(one for one in places if "withheld" in json.dumps(one))
    hidden["addresses"] = [{"id": "1", "address_1": STREET["ky"]}]
    body["services"][0]["phones"][0]["number"] = "5200"
    with pytest.raises(DomainError) as refused:
        services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert re.fullmatch(r"\d: address", refused.value.facts["rows"])
    assert Revision.objects.count() == 3


def test_a_safe_place_to_sleep_that_comes_with_an_address_is_refused_out_of_a_file_too(centre):
    body = json.loads(document())
    open_ = next(one for one in body["services"] if "physical" in json.dumps(one["service_at_locations"]))
    open_["attributes"].append({"label": "need", "value": "shelter"})
    with pytest.raises(DomainError) as refused:
        services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert refused.value.facts["rows"].endswith(": locations")


def packed():
    return tables(selectors.everything(today=TODAY))


def rows(data):
    there = zipfile.ZipFile(io.BytesIO(data))
    return {name: list(csv.DictReader(io.StringIO(there.read(name).decode()))) for name in there.namelist()}


def test_as_tables_each_kind_of_thing_has_what_the_standard_requires_and_no_text_becomes_a_formula(centre):
    service(centre, name={"ky": "=1+1", "ru": "=1+1"})
    found = rows(packed())
    required = json.loads(Path(__file__).with_name("hsds_tables.json").read_text())
    assert found.keys() == required.keys()
    for name, columns in required.items():
        assert found[name], name
        assert [(name, row["id"]) for row in found[name] for column in columns if not row[column]] == []
        assert len({UUID(row["id"]) for row in found[name]}) == len(found[name])
    terms = {row["id"] for row in found["taxonomy_terms.csv"]}
    assert {row["taxonomy_term_id"] for row in found["attributes.csv"]} == terms
    entities = {"organization": "organizations", "service": "services", "location": "locations", "address": "addresses"}
    for row in found["attributes.csv"]:
        assert row["link_id"] in {one["id"] for one in found[f"{entities[row['link_entity']]}.csv"]}
    assert [one["name"] for one in found["services.csv"] if "1+1" in one["name"]] == ["'=1+1"]


def test_the_tables_read_back_elsewhere_are_the_same(centre):
    service(centre, name={"ky": "=1+1", "ru": "=1+1"}, room="waiting")
    before, sent, whole = selectors.everything(today=TODAY), packed(), document()
    for model in (ServiceAt, Revision, Service, Location, Provider):
        model.objects.all().delete()
    services.take(MINISTRY, data=sent, now=NOW)
    assert (selectors.everything(today=TODAY), packed(), document()) == (before, sent, whole)
    assert services.take(MINISTRY, data=sent, now=NOW) == []


def test_tables_that_unpack_to_more_than_is_taken_are_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 20_000_001)
    with pytest.raises(DomainError, match=r"guide\.feed_unfit"):
        services.take(MINISTRY, data=bomb.getvalue(), now=NOW)
