"""The description of the API, made of the operations and of the policy that guards them."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from config.policy import POLICY

# Headers that the door and the pause add, wherever they answer.
HEADERS = {401: ("WWW-Authenticate", "string"), 503: ("Retry-After", "integer")}


class Description(OpenAPISchema):
    """As ninja describes it, with the scope that each operation asks of a token."""

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        scopes = POLICY[f"api:{operation.url_name}"].scopes
        named = [str(scopes[method]) for method in operation.methods]
        return [{name: named for name in asked} for asked in super().operation_security(operation) or ()]

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        described = super().responses(operation)
        for status, (name, kind) in HEADERS.items():
            if status in described:
                described[status]["headers"] = {name: {"schema": {"type": kind}}}
        return described


def describe(api: NinjaAPI, root: str) -> dict[str, Any]:
    return Description(api, root)
