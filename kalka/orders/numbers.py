"""The number of an order: sealed, and found again only by whoever has the whole of it."""

from kalka.orders.models import OrderNumber, ProtectionOrder
from kalka.orders.rules import fold_number
from kalka.people.rules.identity import names_asked
from kalka.vault.blind import Kind, mac
from kalka.vault.keys import Keys, fingerprint


def number_key(number: str) -> bytes:
    """By what equal numbers are found. Useless without the root key."""
    return fingerprint("orders.number", fold_number(number))


def number_of(order: ProtectionOrder, keys: Keys) -> str:
    """Empty while it is pending."""
    row = OrderNumber.objects.filter(order=order).first()
    return str(keys.get(row, "number")) if row else ""


def marks_of(pin: str, name: str, year: int | None) -> tuple[str, ...]:
    """Keyed digests of whom an order is against: of the personal number, and of the name with the year."""
    named = [mac(Kind.YEAR, one) for one in names_asked(name, year)] if name and year else []
    return tuple(one.hex() for one in (mac(Kind.PIN, pin), *named) if one)
