"""What a device may tell, as data."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.lawbook import book, schema
from kalka.lawbook.schema import Listed

FILE = Path(__file__).with_name("signs.yaml")
BANS = Path(__file__).with_name("bans.yaml")


@dataclass(frozen=True, slots=True)
class Sign:
    code: str
    within: timedelta  # somebody answers
    danger: bool
    title: dict[str, str]

    @property
    def words(self) -> str:
        return self.title[(get_language() or "ky")[:2]]


@cache
def signs() -> dict[str, Sign]:
    body = Fields(datafile.read(FILE), FILE.name)
    body.one_of("standing", ("internal",))
    told = Fields(body.raw("signs"), f"{FILE.name}: signs")
    found = {code: _sign(code, Fields(told.raw(code), f"{FILE.name}: {code}")) for code in told.names()}
    body.close()
    return found


def _sign(code: str, body: Fields) -> Sign:
    minutes = body.take("minutes", int)
    found = Sign(code, timedelta(minutes=minutes), body.take("danger", bool), body.words("title"))
    body.close()
    if minutes < 1:
        refuse(body.where, "a clock that is over before it begins")
    return found


@cache
def bans() -> dict[str, Listed]:
    return {one.code: one for one in schema.listed(BANS, dict(book.acts()))}


def ban_titles(codes: str) -> tuple[str, ...]:
    """Of codes with commas, in the order of the list."""
    spoken, wanted = (get_language() or "ky")[:2], set(codes.split(","))
    return tuple(one.title[spoken] for code, one in bans().items() if code in wanted)
