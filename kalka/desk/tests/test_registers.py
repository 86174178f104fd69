"""The lists as files: what the pages show, no more, in the record before the first row, and safe in a spreadsheet."""

import csv
import io

import pytest
from django.conf import settings
from django.test import Client

from kalka.cases.models import Case
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.core.refs import show_ref
from kalka.orders.models import ProtectionOrder
from tests.matrix import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def world(together):
    return worlds.build()


def opened(world, role: str, path: str, language: str = "en"):
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(path)


def rows(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_file_of_cases_holds_what_the_list_shows_and_no_wall_is_leapt(world):
    found = rows(opened(world, "police_inspector", "/cases.csv"))
    ref = world.bundles["own"].parts["ref"]
    case = Case.objects.get(ref=ref)
    mine = next(row for row in found if row["Case"] == show_ref(ref))
    assert mine == {
        "Case": show_ref(ref),
        "Kind": "Violence",
        "Code of the territory": case.place,
        "Territory": mine["Territory"],
        "Opened": case.opened_on.isoformat(),
        "Stage": "Open",
        "Level when last assessed": "high",
        "Assessed on": clock.day_of(clock.now()).isoformat(),
    }
    others = {show_ref(world.bundles[one].parts["ref"]) for one in ("foreign", "walled")}
    assert not others & {row["Case"] for row in found}


def test_the_file_of_orders_holds_codes_and_days(world):
    found = rows(opened(world, "police_inspector", "/orders.csv"))
    order = ProtectionOrder.objects.get(pk=world.bundles["own"].parts["order"])
    mine = next(row for row in found if row["Case"] == show_ref(order.case_ref))
    assert (mine["First day"], mine["Last day"], mine["Served"]) == (str(order.starts), str(order.ends), "no")
    assert mine["State"] == "Runs, number to be completed"
    assert show_ref(world.bundles["walled"].parts["ref"]) not in {row["Case"] for row in found}


@pytest.mark.parametrize(
    ("path", "kind"), [("/cases.csv", "cases.whole_register"), ("/orders.csv", "orders.whole_register")]
)
def test_a_file_is_in_the_record_before_its_first_row(world, path, kind):
    answer = opened(world, "police_inspector", path)
    pieces = iter(answer.streaming_content)
    assert AuditEntry.objects.filter(command=kind).count() == 0
    first = next(pieces)
    entry = AuditEntry.objects.get(command=kind)
    assert (entry.kind, entry.count) == ("read", first.decode().count("\r\n") - 1)


def test_the_name_of_a_file_and_its_language_come_from_the_asking(world):
    answer = opened(world, "police_inspector", "/cases.csv", "ky")
    assert answer["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert "Ачык" in b"".join(answer.streaming_content).decode()


def test_batches_join_without_a_gap(world, monkeypatch):
    whole = rows(opened(world, "police_inspector", "/cases.csv"))
    monkeypatch.setattr("kalka.cases.selectors.whole.AT_ONCE", 1)
    monkeypatch.setattr("kalka.orders.selectors.whole.AT_ONCE", 1)
    assert rows(opened(world, "police_inspector", "/cases.csv")) == whole
    assert len(rows(opened(world, "police_inspector", "/orders.csv"))) >= 1


def test_whoever_has_no_list_has_no_file(world):
    nowhere = opened(world, "analyst", "/nowhere/")
    assert opened(world, "analyst", "/cases.csv").content == nowhere.content


def test_the_lists_offer_their_file(world):
    assert "/cases.csv" in opened(world, "police_inspector", "/cases/").content.decode()
    assert "/orders.csv" in opened(world, "police_inspector", "/orders/").content.decode()
