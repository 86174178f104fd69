"""The listed grounds on which an office knows of a file without the person's agreement, by the law of the day."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.core.errors import DomainError
from kalka.lawbook import book
from kalka.lawbook.book import Law, Provision

FILE = Path(__file__).with_name("grounds.yaml")


def ground(code: str, on: date) -> Provision | None:
    """What the law of the day says; None where it says nothing that is known: then it is our own rule.

    Refuses `cases.no_ground` for what is not listed.
    """
    if code not in listed():
        raise DomainError("cases.no_ground")
    key = listed()[code]
    return Law(on).get(key) if key else None


@cache
def listed() -> Mapping[str, str]:
    """The key of the law book by the code; empty where there is none."""
    body = Fields(datafile.read(FILE), FILE.name)
    found = {code: _law(body.raw(code), code) for code in body.names()}
    body.close()
    if unknown := sorted({key for key in found.values() if key} - {*book.keys()}):
        refuse(FILE.name, f"no such key of the law book: {', '.join(unknown)}")
    return found


def _law(item: object, code: str) -> str:
    fields = Fields(item, f"{FILE.name}: {code}")
    key = fields.maybe("law", str)
    fields.close()
    return key or ""
