"""The description says exactly what there is."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from config.policy import POLICY
from kalka.api.api import ROOT, described
from kalka.api.urls import operations as operations_of_ninja


def declared() -> dict[tuple[str, str], str]:
    """Every operation of the policy but the description itself, with the name of its address."""
    found = {}
    for pattern in operations_of_ninja:
        name, template = f"api:{pattern.name}", re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{ROOT}{pattern.pattern}")
        found |= {(method.lower(), template): name for method in POLICY[name].methods}
    return found


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): found for path, methods in described()["paths"].items() for method, found in methods.items()
    }


def test_it_lists_exactly_the_operations_of_the_policy() -> None:
    assert operations().keys() == declared().keys()
    assert set(declared().values()) == {name for name in POLICY if name.startswith("api:")} - {"api:contract"}


def test_each_operation_names_the_scope_of_the_token_and_declares_every_refusal() -> None:
    names = declared()
    for (method, path), found in operations().items():
        scope = POLICY[names[method, path]].scopes[method.upper()]
        assert found["security"] == [{"Token": [scope]}], path
        assert {401, 404, 422, 503} <= found["responses"].keys(), path
        assert (413 in found["responses"]) == (method in {"put", "post"}), path
        assert ({200, 201} <= found["responses"].keys()) == (method == "put"), path
        assert "WWW-Authenticate" in found["responses"][401]["headers"], path
        assert found["summary"] and found["operationId"], path


def test_no_shape_takes_a_key_it_does_not_name_or_a_text_without_an_end() -> None:
    shapes = described()["components"]["schemas"]
    taken = [name for name in shapes if name.endswith("In")]
    assert len(taken) == 8
    for name in taken:
        assert shapes[name]["additionalProperties"] is False, name
        for key, one in shapes[name].get("properties", {}).items():
            for shape in (one, *one.get("anyOf", [])):
                if shape.get("type") == "string":
                    assert {"maxLength", "pattern", "enum", "const", "format"} & shape.keys(), f"{name}.{key}"
                if shape.get("type") == "array":
                    assert "maxItems" in shape, f"{name}.{key}"


def test_the_door_is_a_bearer_token() -> None:
    assert described()["components"]["securitySchemes"] == {"Token": {"type": "http", "scheme": "bearer"}}


@pytest.mark.django_db
def test_anybody_may_read_the_description_as_json_and_there_is_no_page_of_it() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    said = json.loads(answer.content)
    assert said == json.loads(json.dumps(described())) and said["openapi"].startswith("3.")
    assert Client().get("/api/v1/docs").status_code == 404
