"""Signals out of a file of whoever watches the devices: a row is a signal. Brought again, a signal is there once."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.monitoring import rules, selectors, services, signs
from kalka.monitoring.models import DeviceSignal
from kalka.monitoring.rules import NewSignal
from kalka.sheets import cells
from kalka.sheets.loading import Loader
from kalka.sheets.table import Column, SheetRow


@dataclass(frozen=True, slots=True)
class Told:
    device: str = field(repr=False)
    signal: NewSignal


def columns() -> tuple[Column, ...]:
    said = {code: one.title for code, one in signs.signs().items()}
    return (
        Column("ref", {"ky": "Сигналдын номери", "ru": "Номер сигнала"}, required=True),
        Column("device", {"ky": "Түзүлүштүн номери", "ru": "Номер устройства"}, required=True),
        Column("sign", {"ky": "Сигнал", "ru": "Сигнал"}, required=True, options=said),
        Column("at", {"ky": "Күнү жана убактысы", "ru": "День и время"}, required=True, parse=cells.moment),
    )


def _told(actor: Actor, row: SheetRow, now: datetime) -> Told:
    at = row.values.get("at")
    assert isinstance(at, datetime)  # the column is required
    told = NewSignal(row.text("sign"), at, ref=row.text("ref"))
    rules.check_signal(told, signs.signs(), now)
    if selectors.watched_by(actor, row.text("device"), now=now, at=at) is None:
        raise DomainError("monitoring.no_such_device", field="device")
    return Told(row.text("device"), told)


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, Told)
    services.take_signal(actor, id=id, device=told.device, told=told.signal, now=now)


def _is_there(actor: Actor, id: UUID) -> bool:
    with sight.beyond():
        return DeviceSignal.objects.filter(pk=id, author_id=actor.user_id).exists()


LOADER = Loader(
    kind="signals",
    title=_("Signals of the monitoring"),
    needs=Permission.VISIT_LOG,
    columns=columns,
    key=lambda row: [row.text("ref")],
    told=_told,
    is_there=_is_there,
    take=_take,
)
