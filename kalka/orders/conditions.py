"""The coded bans and conditions of an order, in the strict shape of the law's own lists."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from kalka.lawbook import book, schema
from kalka.lawbook.schema import Listed

FILE = Path(__file__).parent / "conditions.yaml"


@cache
def listed() -> dict[str, Listed]:
    return {one.code: one for one in schema.listed(FILE, dict(book.acts()))}


def titles(codes: Iterable[str], lang: str | None = None) -> tuple[str, ...]:
    """In the order of the list, in the language asked for, else of the page."""
    spoken, wanted = (lang or get_language() or "ky")[:2], set(codes)
    return tuple(one.title[spoken] for code, one in listed().items() if code in wanted)


def choices() -> list[tuple[str, str]]:
    return list(zip(listed(), titles(listed()), strict=True))
