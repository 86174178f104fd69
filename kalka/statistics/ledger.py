"""What was published of an indicator and year in every release there has been, and how much what it hid was.

The hidden figures are kept sealed with their sheet: without them nobody could tell later whether a new figure gives an
old one away, for the lines they were counted from are gone by then.
"""

import json
import zlib
from collections.abc import Mapping
from uuid import UUID

from django.db.models import F

from kalka.core import root
from kalka.statistics.counting import YEAR, Key
from kalka.statistics.models import Published, Sheet
from kalka.statistics.rules import State, read_period
from kalka.statistics.withholding import Hidden, Past
from kalka.vault import crypto

Figures = Mapping[Key, Hidden]


def past(indicator: str, year: int) -> list[Past]:
    """The releases that made figures of it, oldest first."""
    made = Sheet.objects.filter(indicator=indicator, year=year, release__published_at__isnull=False)
    made = made.filter(source_id=F("release_id")).order_by("release__published_at")
    return [_past(sheet) for sheet in made]


def sealed(release_id: UUID, indicator: str, year: int, hidden: Figures) -> bytes:
    told = [[*key, one.n, int(one.small)] for key, one in sorted(hidden.items())]
    return crypto.seal(_key(), zlib.compress(json.dumps(told).encode()), _context(release_id, indicator, year))


def _past(sheet: Sheet) -> Past:
    hidden = _opened(sheet)
    shown: dict[Key, int] = {}
    absent: set[Key] = set()
    above: dict[str, str] = {}
    rows = Published.objects.filter(release=sheet.release_id, indicator=sheet.indicator, year=sheet.year)
    for period, place, by, code, state, n, lies_in in rows.values_list(
        "period", "place", "by", "code", "state", "n", "above"
    ):
        key = key_of(period, place, by, code)
        if state == State.SHOWN:
            shown[key] = n or 0
        elif state == State.NONE:
            absent.add(key)
        if lies_in:
            above[place] = lies_in
    return Past(shown, hidden, frozenset(absent), above)


def key_of(period: str, place: str, by: str, code: str) -> Key:
    return Key(read_period(period).month or YEAR, place, by, code)


def _opened(sheet: Sheet) -> Figures:
    if not sheet.hidden:
        return {}
    data = crypto.unseal(_key(), bytes(sheet.hidden), _context(sheet.release_id, sheet.indicator, sheet.year))
    return {Key(*key): Hidden(n, bool(small)) for *key, n, small in json.loads(zlib.decompress(data))}


def _key() -> bytes:
    return root.derive("statistics.ledger")


def _context(release_id: UUID, indicator: str, year: int) -> bytes:
    return f"kalka|statistics.ledger|{release_id.hex}|{indicator}|{year}".encode()
