"""Reading JSON strictly: UTF-8, no key twice, no number that is none, nothing nested deeper than anything of ours."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from kalka.core.errors import DomainError

DEEPEST = 4


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Refuses with `api.not_json`, `api.key_twice`, `api.too_deep`."""
        try:
            text = request.body.decode("utf-8")
            found: dict[str, Any] = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise DomainError("api.not_json") from None
        if _deeper(found, DEEPEST):
            raise DomainError("api.too_deep", most=DEEPEST)
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DomainError("api.key_twice")
    return found


def _no_number(text: str) -> None:
    """NaN and the infinities, which Python would take."""
    raise ValueError(text)


def _deeper(value: Any, most: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inside is None:
        return False
    return most == 0 or any(_deeper(one, most - 1) for one in inside)
