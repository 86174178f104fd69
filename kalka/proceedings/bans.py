"""What may not have been obeyed: the bans and limits under electronic monitoring, and the conditions of orders."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language

from kalka.lawbook.schema import Listed
from kalka.monitoring import signs
from kalka.orders import conditions


@cache
def listed() -> dict[str, Listed]:
    """Monitoring first; what stands in both lists stands here once, in the words of monitoring."""
    return {**signs.bans(), **{code: one for code, one in conditions.listed().items() if code not in signs.bans()}}


def titles(codes: Iterable[str]) -> tuple[str, ...]:
    """In the order of the list and the language of the page."""
    spoken, wanted = (get_language() or "ky")[:2], set(codes)
    return tuple(one.title[spoken] for code, one in listed().items() if code in wanted)


def choices() -> list[tuple[str, str]]:
    return list(zip(listed(), titles(listed()), strict=True))
