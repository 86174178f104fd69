"""The description says exactly what there is."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.policy import POLICY
from kalka.api.api import described

ID = "0b9c1a54-6a0e-4a8f-9d55-0d6f4d0d2f10"
ARGUMENTS: dict[str, dict[str, Any]] = {"api:report": {"id": ID}, "api:case": {"ref": "R"}, "api:law": {"key": "K"}}
PLAIN = {ID: "{id}", "/R": "/{ref}", "/K": "/{key}"}


def declared() -> set[tuple[str, str]]:
    """Every operation of the policy but the description itself."""
    found = set()
    for name, rule in POLICY.items():
        if name.startswith("api:") and name != "api:contract":
            path = reverse(name, kwargs=ARGUMENTS.get(name, {}))
            for value, mark in PLAIN.items():
                path = path.replace(value, mark)
            found |= {(method.lower(), path) for method in rule.methods}
    return found


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): found for path, methods in described()["paths"].items() for method, found in methods.items()
    }


def test_it_lists_exactly_the_operations_of_the_policy() -> None:
    assert operations().keys() == declared()


def test_each_operation_asks_for_the_token_and_declares_every_refusal() -> None:
    for (method, path), found in operations().items():
        assert found["security"] == [{"Token": []}], path
        assert {401, 404, 422} <= found["responses"].keys(), path
        assert (413 in found["responses"]) == (method == "put"), path
        assert found["summary"] and found["operationId"], path


def test_no_shape_takes_or_gives_a_key_it_does_not_name() -> None:
    shapes = described()["components"]["schemas"]
    assert shapes["ReportIn"]["additionalProperties"] is False
    texts = [one for one in shapes["ReportIn"]["properties"].values() if one.get("type") == "string"]
    assert all({"maxLength", "pattern", "enum", "format"} & one.keys() for one in texts)


def test_the_door_is_a_bearer_token() -> None:
    assert described()["components"]["securitySchemes"] == {"Token": {"type": "http", "scheme": "bearer"}}


@pytest.mark.django_db
def test_anybody_may_read_the_description_as_json_and_there_is_no_page_of_it() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    said = json.loads(answer.content)
    assert said == json.loads(json.dumps(described())) and said["openapi"].startswith("3.")
    assert Client().get("/api/v1/docs").status_code == 404
