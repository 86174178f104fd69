"""The number of a device: sealed, and found again only by whoever has the whole of it."""

from kalka.monitoring.rules import fold_device
from kalka.vault.keys import fingerprint


def device_key(device: str) -> bytes:
    """By what equal numbers are found. Useless without the root key."""
    return fingerprint("monitoring.device", fold_device(device))
