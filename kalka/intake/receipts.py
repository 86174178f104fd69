"""A receipt, asked after by anybody who holds its number. What is answered is two words: never the report, a name, a
place or a day, for somebody may force her to ask while he looks on.

The number has 20 digits, 66 bits: fewer than a machine would be given, so that it can be learnt by heart. It is looked
for by a keyed digest and then held against a slow hash, at a pace that is limited.
"""

import hmac
import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import OuterRef

from kalka.accounts import guard
from kalka.core import sight
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.intake import practice, rules
from kalka.intake.models import Receipt, Triage
from kalka.vault import erasing

DIGITS = 20
_GROUP = 4
_LONGEST = 60  # with whatever somebody puts between the digits
_FIGURES = "0123456789"


class Heard(StrEnum):
    TAKEN = "taken"  # written down, and somebody answers for it
    WAITING = "waiting"  # written down
    UNKNOWN = "unknown"  # never given, replaced, over, erased: nobody can tell which


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def shown(code: str) -> str:
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def fill(row: Receipt, *, today: date) -> str:
    """Draws the number and puts into the row what is kept of it. Returns the number."""
    code = new_code()
    row.lookup, row.hashed = _digest(code), make_password(code)
    row.given_on, row.until = today, today + timedelta(days=practice.receipt_days())
    return code


def ask(typed: str, *, address: str, now: datetime) -> Heard:
    """As often as one likes, within the limits of the address and of everybody: refuses with `accounts.locked`.

    It takes as long for a number nobody was given.
    """
    guard.begun(address, limit="receipt", now=now)
    guard.begun("", limit="receipts", now=now)
    code = "".join(sign for sign in typed[:_LONGEST] if sign in _FIGURES)
    with sight.beyond():  # of one report: whether it is there and somebody answers for it
        row = _standing(code, now)
        right = check_password(code, row.hashed if row else _nobodys())
        if row is None or not right:
            return Heard.UNKNOWN
        return Heard.TAKEN if _taken(row, now) else Heard.WAITING


def _standing(code: str, now: datetime) -> Receipt | None:
    """The receipt, while it counts."""
    wanted = _digest(code)
    rows = Receipt.objects.exclude(erasing.stone_of(OuterRef("subject_id")))
    row = rows.filter(lookup=wanted, replaced_by=None, until__gte=day_of(now)).first()
    return row if row and hmac.compare_digest(bytes(row.lookup or b""), wanted) else None


def _taken(row: Receipt, now: datetime) -> bool:
    """Somebody said what becomes of it, or a post has to that somebody acts in."""
    if Triage.objects.filter(report=row.report_id, outcome__in=rules.FINAL).exists():
        return True
    today, post = day_of(now), duties.post_with(SYSTEM, row.subject_id, "intake.triage")
    if post is None:
        return False
    substitute = directory.substitute_of(post, today)
    return any(not directory.is_vacant(one, today) for one in (post, substitute.id if substitute else None) if one)


def _digest(code: str) -> bytes:
    return guard.mac("intake-receipt", code)


@cache
def _nobodys() -> str:
    return make_password("nobody was given this number")
