"""Events out of a spreadsheet: a row is an event, or so many of one kind that the source counted together."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.prevention import columns, rules, selectors, services
from kalka.prevention.rules import NewEvent
from kalka.sheets.loading import Loader
from kalka.sheets.table import SheetRow


def _told(actor: Actor, row: SheetRow, now: datetime) -> NewEvent:
    told = columns.told(row)
    rules.check_event(told, today=day_of(now))
    return told


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, NewEvent)
    services.record_event(actor, id=id, told=told, now=now)


LOADER = Loader(
    kind="events",
    title=_("Prevention"),
    needs=Permission.EVENT_KEEP,
    columns=columns.columns,
    key=columns.key,
    told=_told,
    is_there=selectors.is_there,
    take=_take,
)
