"""The number of an order: sealed, and found again only by whoever has the whole of it."""

from kalka.orders.models import OrderNumber, ProtectionOrder
from kalka.orders.rules import fold_number
from kalka.vault.keys import Keys, fingerprint


def number_key(number: str) -> bytes:
    """By what equal numbers are found. Useless without the root key."""
    return fingerprint("orders.number", fold_number(number))


def number_of(order: ProtectionOrder, keys: Keys) -> str:
    """Empty while it is pending."""
    row = OrderNumber.objects.filter(order=order).first()
    return str(keys.get(row, "number")) if row else ""
