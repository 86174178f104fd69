"""What docs/api.md shows is what happens."""

import json
import re
from typing import Any

import pytest
from django.conf import settings

from kalka.api.api import described
from kalka.api.tests.factories import program
from kalka.api.tests.figures import released
from kalka.cases.tests.factories import post, raion
from kalka.core.refs import new_id
from kalka.core.scopes import TokenScope
from kalka.intake import services as intake
from kalka.intake.models import Report
from kalka.orders.tests import factories as orders
from kalka.ui.problems import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.both]

GUIDE = (settings.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SCOPE = TokenScope


def example(number: int) -> list[Any]:
    """The JSON it shows, in the order of reading."""
    part = re.split(r"^## ", GUIDE, flags=re.MULTILINE)
    text = next(one for one in part if one.startswith(f"Example {number}:"))
    return [json.loads(block) for block in re.findall(r"```json\n(.+?)```", text, re.DOTALL)]


def is_shown(shown: Any, told: Any) -> bool:
    """As the guide shows it: the same keys, the same values but for «…», and of a list what it names."""
    if isinstance(shown, dict):
        return shown.keys() == told.keys() and all(is_shown(value, told[key]) for key, value in shown.items())
    if isinstance(shown, list):
        return all(any(is_shown(one, other) for other in told) for one in shown)
    return bool(told) if shown == "…" else bool(shown == told)


@pytest.fixture
def clinic() -> Any:
    return program(raion().worker)


def test_a_crisis_centre_sends_a_report_and_asks_what_became_of_it() -> None:
    world = raion()
    centre = program(world.crisis, SCOPE.REPORTS_WRITE, SCOPE.REPORTS_READ)
    sent, answered = example(1)
    path = f"/reports/{answered['id']}"
    answer = centre.put(path, sent)
    assert answer.status_code == 201 and is_shown(answered, answer.json()), answer.json()
    assert centre.put(path, sent).status_code == 200
    said = {"report_id": answered["id"], "outcome": "no_case", "reason": "Ката чалуу", "id": new_id()}
    intake.triage_report(world.worker, now=Report.objects.get().recorded_at, **said)
    assert centre.get(path).json() == answered | {"state": "no_case"}


def test_a_district_registers_an_order_and_its_service_and_looks_it_up() -> None:
    world = orders.world()
    district = program(world.inspector, SCOPE.ORDERS_WRITE, SCOPE.ORDERS_READ)
    paper, order, service, found = example(2)
    numbered = {"authority": world.office.pk, "case": world.case.ref}
    assert world.office.pk in {one["id"] for one in district.get("/orders/authorities").json()["items"]}
    registered = district.put(f"/orders/{order['id']}", paper | numbered)
    assert registered.status_code == 201
    assert is_shown(order | {"case": world.case.ref}, registered.json()), registered.json()
    served = district.put(f"/orders/{order['id']}/services/{new_id()}", service)
    assert served.json() == registered.json() | {"served": True}
    asked = re.search(r"--data '(.+?)'", GUIDE)
    assert asked is not None
    looked_up = district.post("/orders/lookup", json.loads(asked[1])).json()
    assert is_shown(found["items"][0] | {"case": world.case.ref}, looked_up["items"][0]), looked_up


def test_a_statistics_office_fetches_a_table_with_its_passport_and_what_is_hidden() -> None:
    raion()
    released()
    office = program(post("prosecutor"), SCOPE.STATISTICS_READ)
    asked = re.search(r"/api/v1(/statistics/reports\?[^\"]+)", GUIDE)
    assert asked is not None
    told = office.get(asked[1]).json()
    assert is_shown(example(3)[0], told), told
    states = {line["figure"]["state"]: line["figure"]["n"] for line in told["lines"]}
    assert states == {"hidden": None, "none": None}


def test_every_operation_is_in_its_table_with_its_scope_and_no_other() -> None:
    shown = set(
        re.findall(r"\| `(GET|PUT|POST) (/api/v1/[^?`]+)[^`]*` \|[^|]+\| `([a-z:]+)` \|", GUIDE.replace("\\|", "/"))
    )
    paths = described()["paths"].items()
    assert shown == {
        (method.upper(), path, one["security"][0]["Token"][0]) for path, found in paths for method, one in found.items()
    }
    assert {scope for _method, _path, scope in shown} == {str(scope) for scope in TokenScope}


@pytest.mark.parametrize(("day", "value"), [("2024-08-06", 3), ("2024-09-01", 30)])
def test_the_law_it_shows_is_the_law(clinic: Any, day: str, value: int) -> None:
    assert clinic.get("/law/order.duration_days", on=day).json()["value"] == value
    assert '"value": 3,' in GUIDE and "On 2024-09-01 the value is 30." in GUIDE


def test_each_code_of_a_status_is_right() -> None:
    shown = re.findall(r"\| (\d{3}) \| `\{\"code\": \"(\w+)\"\}`", GUIDE)
    assert shown and all(CODES[int(status)] == code for status, code in shown)
