"""Digests of the addresses messages go to: equal for equal ones, and nothing without the root key."""

from kalka.notices.rules import Way
from kalka.vault.blind import Kind, dialled, mac


def reached(way: str, address: str) -> bytes:
    """The same however a number is written."""
    return mac(Kind.REACHED, f"{way} {dialled(address) if way == Way.SMS else address.strip().casefold()}")
