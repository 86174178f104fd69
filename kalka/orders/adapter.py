"""The police register of orders, АИС «Коргоо ордери», as another program: asked for what it wrote since a day.

How it answers was not found. Whoever connects it writes a class with this one method; a test double stands in `tests/`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.orders import services
from kalka.orders.rules import fold_number
from kalka.orders.rules.listed import Listed
from kalka.vault import blind


class Register(Protocol):
    def since(self, day: date) -> Iterable[Listed]:
        """What was written or changed there since the day, in whatever order, perhaps some of it again."""


@dataclass(frozen=True, slots=True)
class Pulled:
    taken: int
    refused: tuple[str, ...]  # why, one for each line that could not be taken


def pull(register: Register, actor: Actor, since: date, *, now: datetime) -> Pulled:
    """As a post of the police, line by line: one that cannot be taken holds up no other."""
    taken, refused = 0, []
    for told in register.since(since):
        try:
            services.take_listed(actor, id=line_id(actor, told), told=told, now=now)
        except DomainError as refusal:
            refused.append(refusal.code)
        else:
            taken += 1
    return Pulled(taken, tuple(refused))


def line_id(actor: Actor, told: Listed) -> UUID:
    """The same for a line that says the same to the same person."""
    number = f"{told.numbered.authority}|{fold_number(told.numbered.number)}"
    said = f"{actor.user_id}|{number}|{told.issued_on}|{told.last_day}|{','.join(sorted(told.conditions))}"
    return UUID(bytes=blind.mac(blind.Kind.ROW, f"orders.register|{said}"), version=4)
