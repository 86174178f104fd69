"""Trainings out of a spreadsheet: a row is a person on the roll, or so many of one kind at a course.

The programme is known again by its name, the course by its day and place: a file of names makes as many courses as it
names, whatever the order of its rows.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.sheets.loading import Loader
from kalka.sheets.table import SheetRow
from kalka.training import columns, selectors, services
from kalka.training.columns import Told


def _told(actor: Actor, row: SheetRow, now: datetime) -> Told:
    return columns.told(row, now)


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, Told)
    services.take_row(actor, id=id, told=told, now=now)


LOADER = Loader(
    kind="trainings",
    title=_("Training"),
    needs=Permission.TRAINING_KEEP,
    columns=columns.columns,
    key=columns.key,
    told=_told,
    is_there=selectors.is_there,
    take=_take,
)
