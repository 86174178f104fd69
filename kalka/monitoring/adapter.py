"""The other side that watches the devices, as far as it is known: it is asked for what came since a moment.

How the monitoring centre of the Ministry of Justice answers was not found. Whoever connects it writes a class with this
one method; a test double stands in `tests/`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kalka.core.actors import SYSTEM
from kalka.core.errors import DomainError
from kalka.monitoring import selectors, services
from kalka.monitoring.rules import NewSignal
from kalka.vault import blind


@dataclass(frozen=True, slots=True)
class Sent:
    """One signal as the other side sends it. `ref` is how it calls the signal: the same one comes once."""

    ref: str
    device: str = field(repr=False)
    sign: str = ""
    at: datetime | None = None


class Centre(Protocol):
    def since(self, moment: datetime) -> Iterable[Sent]:
        """Everything that came to it after the moment, in whatever order, perhaps some of it again."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """`refused` are signals that could not be taken, by why: somebody has to look at each."""

    taken: int
    refused: tuple[tuple[str, str], ...]  # ref, code


def pull(centre: Centre, since: datetime, *, now: datetime) -> Pulled:
    """Each signal by itself: one that cannot be taken holds up no other."""
    taken, refused = 0, []
    for sent in centre.since(since):
        if sent.at is None and selectors.came(SYSTEM, signal_id(sent.ref)):
            taken += 1  # it has no time of its own: it came when it came first
            continue
        told = NewSignal(sent.sign, sent.at or now, ref=sent.ref)
        try:
            services.receive_signal(SYSTEM, id=signal_id(sent.ref), device=sent.device, told=told, now=now)
        except DomainError as refusal:
            refused.append((sent.ref, refusal.code))
        else:
            taken += 1
    return Pulled(taken, tuple(refused))


def signal_id(ref: str) -> UUID:
    return UUID(bytes=blind.mac(blind.Kind.ROW, f"monitoring.adapter|{ref}"), version=4)
