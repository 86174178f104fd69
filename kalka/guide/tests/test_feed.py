import csv
import io
import json
import zipfile
from pathlib import Path

import jsonschema_rs
import pytest

from kalka.core.errors import DomainError
from kalka.guide import feed, selectors, services
from kalka.guide.models import Location, Provider, Revision, Service, ServiceAt
from kalka.guide.rules import Hours
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
    there = provider()
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


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"services": {}}',
        b'{"services": [{}]}',
        b'{"services": [{"id": "x"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_such_document_is_refused(data):
    with pytest.raises(DomainError, match=r"guide\.feed_unfit"):
        services.take(MINISTRY, data=data, now=NOW)
    assert Service.objects.count() == 0


def test_an_address_of_a_place_that_must_not_be_known_is_refused_and_nothing_of_the_file_taken(centre):
    body = json.loads(document())
    places = [at["location"] for one in body["services"] for at in one["service_at_locations"]]
    hidden = next(one for one in places if "withheld" in json.dumps(one))
    hidden["addresses"] = [{"id": "1", "address_1": STREET["ky"]}]
    body["services"][0]["phones"][0]["number"] = "5200"
    with pytest.raises(DomainError, match=r"guide\.feed_unfit"):
        services.take(MINISTRY, data=json.dumps(body).encode(), now=NOW)
    assert Revision.objects.count() == 3


def test_as_tables_each_kind_of_thing_has_its_own_and_no_text_becomes_a_formula(centre):
    service(centre, name={"ky": "=1+1", "ru": "=1+1"})
    packed = zipfile.ZipFile(io.BytesIO(feed.tables(selectors.everything(today=TODAY))))
    rows = {name: list(csv.DictReader(io.StringIO(packed.read(name).decode()))) for name in packed.namelist()}
    assert {name: len(found) for name, found in rows.items() if name != "attributes.csv"} == {
        "organizations.csv": 1,
        "services.csv": 4,
        "service_at_locations.csv": 2,
        "locations.csv": 2,
        "addresses.csv": 1,
        "phones.csv": 4,
        "schedules.csv": 4,
        "service_areas.csv": 4,
        "languages.csv": 8,
    }
    assert [one["name"] for one in rows["services.csv"] if "1+1" in one["name"]] == ["'=1+1"]
