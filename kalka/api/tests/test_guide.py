"""What docs/api.md shows is what happens."""

import re
from typing import Any

import pytest
from django.conf import settings

from kalka.api.api import described
from kalka.api.tests.factories import program, report_path
from kalka.cases.tests.factories import raion
from kalka.ui.problems import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.both]

GUIDE = (settings.ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture
def clinic() -> Any:
    return program(raion().worker)


def test_the_report_it_shows_is_taken_in(clinic: Any) -> None:
    body = re.search(r"```json\n(.+?)```", GUIDE, re.DOTALL)
    assert body is not None
    assert clinic.put(report_path(), body[1].encode()).status_code == 201


def test_every_operation_is_in_its_table_and_no_other() -> None:
    shown = set(re.findall(r"\| `(GET|PUT) (/api/v1/[^?`]+)", GUIDE))
    paths = described()["paths"].items()
    assert shown == {(method.upper(), path) for path, methods in paths for method in methods}


@pytest.mark.parametrize(("day", "value"), [("2024-08-06", 3), ("2024-09-01", 30)])
def test_the_law_it_shows_is_the_law(clinic: Any, day: str, value: int) -> None:
    assert clinic.get("/law/order.duration_days", on=day).json()["value"] == value
    assert '"value": 3,' in GUIDE and "On 2024-09-01 the value is 30." in GUIDE


def test_each_code_of_a_status_is_right() -> None:
    shown = re.findall(r"\| (\d{3}) \| `\{\"code\": \"(\w+)\"\}`", GUIDE)
    assert shown and all(CODES[int(status)] == code for status, code in shown)
