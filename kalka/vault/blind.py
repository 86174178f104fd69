"""Keyed digests of what identifies somebody: equal for equal values, and nothing without the root key.

Few values are possible (a phone number has nine digits), so whoever holds the root key and a copy of the database can
try them all. A copy alone shows only which digests are equal.
"""

import hmac
from enum import StrEnum

import phonenumbers

from kalka.core import root

SIZE = 16
COUNTRY = "KG"
FEWEST = 6  # letters and digits of a personal number that tell it from a word


class Kind(StrEnum):
    PIN = "pin"
    PHONE = "phone"
    BORN = "born"  # a name, folded by whoever asks, and a day of birth
    YEAR = "year"  # a name, folded by whoever asks, and a year of birth: many may share it
    REACHED = "reached"  # a way and an address by which a message went
    NAMED = "named"  # a phone with the sound of a given name: one phone serves a family
    ROW = "row"  # what a row of somebody's own table is known again by; a name may be in it


def mac(kind: Kind, value: str) -> bytes:
    """128 bits; the same for every way of writing one number. Empty for what identifies nobody."""
    normal = normalised(kind, value)
    return hmac.digest(root.derive(f"blind|{kind}"), normal.encode(), "sha256")[:SIZE] if normal else b""


def normalised(kind: Kind, value: str) -> str:
    """The one form of a value that is compared; empty for what identifies nobody, such as 0000 or "none"."""
    if kind is Kind.PIN:
        return _pin(value)
    return dialled(value) if kind is Kind.PHONE else value


def dialled(phone: str) -> str:
    """+996700123456, or empty for what nobody can dial. A number without its country is of Kyrgyzstan."""
    try:
        parsed = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _pin(value: str) -> str:
    """Papers of other countries have letters too."""
    kept = "".join(c for c in value.upper() if c.isalnum())
    digits = [c for c in kept if c.isdigit()]
    return kept if len(kept) >= FEWEST and len(set(digits)) > 1 else ""
