"""What was wrong, field by field: a code for the program, and words in the language it asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from kalka.api.schemas import Fault, Refused
from kalka.core.errors import DomainError, Stale
from kalka.ui.words import say

# What pydantic calls a fault → its code with us. Whatever is not here is a wrong type.
CODES = {
    "missing": "api.missing",
    "extra_forbidden": "api.unknown_key",
    "literal_error": "api.unknown_code",
    "string_too_long": "api.too_long",
    "string_unicode": "api.broken_text",
    "string_pattern_mismatch": "api.wrong_form",
    "broken_text": "api.broken_text",
    "not_a_day": "api.not_a_day",
    "not_a_moment": "api.not_a_moment",
    "not_an_id": "api.wrong_form",
    "uuid_parsing": "api.wrong_form",
    "string_too_short": "api.missing",
    "too_long": "api.too_many",
    "greater_than_equal": "api.out_of_range",
    "less_than_equal": "api.out_of_range",
}
NAME = re.compile(r"[a-z_]{1,40}")


def refused(faults: Iterable[Fault], *, status: int = 422) -> HttpResponse:
    return HttpResponse(
        Refused(errors=list(faults)).model_dump_json(), status=status, content_type="application/json; charset=utf-8"
    )


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    return refused([fault(error)], status=409 if isinstance(error, Stale) else 422)


def fault(error: DomainError) -> Fault:
    return Fault(field=str(error.facts.get("field", "")), code=error.code, words=say(error))


def unread(error: Mapping[str, Any]) -> Fault:
    """One fault of a body or a query. Of what was sent it repeats a plain key at most."""
    facts: dict[str, object] = {"field": _field(error["loc"])}
    if "max_length" in (context := error.get("ctx", {})):
        facts["limit"] = context["max_length"]
    return fault(DomainError(CODES.get(error["type"], "api.wrong_type"), **facts))


def _field(where: Sequence[object]) -> str:
    """The key that the place ends in: ("body", "told", "danger") is "danger", the whole body is ""."""
    last = where[-1] if len(where) > (2 if where[0] == "body" else 1) else ""
    return last if isinstance(last, str) and NAME.fullmatch(last) else ""
