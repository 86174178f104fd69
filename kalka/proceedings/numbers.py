"""The numbers of registers: sealed, and found again only by whoever has the whole of one."""

from collections.abc import Iterable
from uuid import UUID

from kalka.orders.rules import fold_number
from kalka.proceedings.models import ProceedingNumber
from kalka.vault.keys import Keys, fingerprint


def number_key(register: str, number: str) -> bytes:
    """By what equal numbers of one register are found. Useless without the root key."""
    return fingerprint(f"proceedings.number {register}", fold_number(number))


def numbers_of(proceeding_ids: Iterable[UUID], keys: Keys) -> dict[UUID, list[tuple[str, str]]]:
    """Register and number of each, in the order they became known."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    for row in ProceedingNumber.objects.filter(proceeding__in=list(proceeding_ids)).order_by("recorded_at", "id"):
        found.setdefault(row.proceeding_id, []).append((row.register, str(keys.get(row, "number") or "")))
    return found
