"""An order as a page shows it, without anything sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from kalka.directory import selectors as directory
from kalka.lawbook.book import Provision
from kalka.orders import conditions
from kalka.orders.models import ProtectionOrder, dated, version
from kalka.orders.rules import IN_FORCE, State


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`starts`, `ends` and `last_day` are whole days in Bishkek, the last one included."""

    id: UUID
    ref: str
    subject_id: UUID
    place: str
    authority: str  # empty: not known yet
    issued_at: datetime
    recorded_at: datetime
    starts: date
    ends: date
    last_day: date
    state: State
    pending: bool
    served: bool
    extended: bool
    stated: bool  # the paper names another last day than the law
    basis: Provision
    counting: Provision | None
    codes: tuple[str, ...]
    revoked_at: datetime | None
    respondent_id: UUID | None
    post_id: int | None
    version: str  # another one with every record that changes where it stands

    @property
    def runs(self) -> bool:
        return self.state in IN_FORCE

    @property
    def counting_is_set(self) -> bool:
        return self.counting is not None and self.counting.is_set

    @property
    def cite(self) -> str:
        """In the language of the page."""
        return self.basis.cite((get_language() or "ky")[:2])

    @property
    def conditions(self) -> tuple[str, ...]:
        return conditions.titles(self.codes)


def lines(orders: Iterable[ProtectionOrder], at: datetime) -> tuple[OrderLine, ...]:
    """Of orders of `dated()`, at a moment. One query more."""
    found = list(orders)
    names = {one.id: one.name() for one in directory.organisations()} if found else {}
    return tuple(line(order, names, at) for order in found)


def line(order: ProtectionOrder, names: Mapping[int, str], at: datetime) -> OrderLine:
    told = dated(order)
    return OrderLine(
        id=order.pk,
        ref=order.case_ref,
        subject_id=order.subject_id,
        place=order.place,
        authority=names.get(order.issuer, "") if order.issuer else "",
        issued_at=order.issued_at,
        recorded_at=order.recorded_at,
        starts=order.starts,
        ends=order.ends,
        last_day=told.last_day,
        state=told.state(at),
        pending=not order.numbered,
        served=order.served,
        extended=order.until is not None,
        stated=order.stated,
        basis=Provision.from_json(order.basis),
        counting=Provision.from_json(order.counting) if order.counting else None,
        codes=tuple(order.conditions.split(",")) if order.conditions else (),
        revoked_at=order.revoked_at,
        respondent_id=order.respondent_id,
        post_id=order.post_id,
        version=version(order),
    )
