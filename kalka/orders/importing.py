"""An export of the police register of orders: a row is an order as the register says it.

The format of АИС «Коргоо ордери» was not found: these are the columns somebody can fill from it by hand or by a
program. Brought again, a line that says the same changes nothing.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.orders import conditions, services
from kalka.orders.models import RegisterLine
from kalka.orders.rules import Numbered, fold_number
from kalka.orders.rules.listed import Listed, check_listed
from kalka.orders.selectors.choices import ISSUERS
from kalka.sheets import written
from kalka.sheets.cells import Cell, CellError, choice, text, whole
from kalka.sheets.loading import Loader
from kalka.sheets.table import Column, SheetRow

FIRST_YEAR, LAST_YEAR = 1900, 2100


def columns() -> tuple[Column, ...]:
    return (
        Column("number", {"ky": "Ордердин номери", "ru": "Номер ордера"}, required=True),
        Column("authority", {"ky": "Ордерди берген орган", "ru": "Орган, выдавший ордер"}),
        Column("issued_on", {"ky": "Берилген күнү", "ru": "Дата выдачи"}, required=True, parse=written.day),
        Column("last_day", {"ky": "Акыркы күнү", "ru": "Последний день"}, required=True, parse=written.day),
        Column("name", {"ky": "Зомбулук жасаган адамдын аты-жөнү", "ru": "ФИО совершившего насилие"}),
        Column("year", {"ky": "Туулган жылы", "ru": "Год рождения"}, parse=whole(FIRST_YEAR, LAST_YEAR)),
        Column("pin", {"ky": "ИПН", "ru": "ПИН"}),
        Column("conditions", {"ky": "Тыюулар жана шарттар", "ru": "Запреты и условия"}, parse=_conditions),
    )


def _conditions(cell: Cell) -> tuple[str, ...]:
    """Titles or codes, with semicolons."""
    one = choice({code: item.title for code, item in conditions.listed().items()})
    return tuple(str(one(part)) for part in text(cell).split(";") if part.strip())


def _authority(actor: Actor, said: str) -> int:
    """Left out: the organisation that brings the file."""
    if not said and actor.organisation_id is not None:
        return actor.organisation_id
    issuers = [one for kind in ISSUERS for one in directory.organisations(kind)]
    names = {str(one.id): {"name": one.name(), "label": one.label()} for one in issuers}
    try:
        return int(str(choice(names)(said)))
    except CellError:
        raise DomainError("orders.no_such_authority", field="authority") from None


def _told(actor: Actor, row: SheetRow, now: datetime) -> Listed:
    issued_on, last_day, said = row.day("issued_on"), row.day("last_day"), row.values.get("conditions")
    assert issued_on is not None and last_day is not None  # the columns are required
    told = Listed(
        numbered=Numbered(_authority(actor, row.text("authority")), row.text("number")),
        issued_on=issued_on,
        last_day=last_day,
        conditions=said if isinstance(said, tuple) else (),
        name=row.text("name"),
        year=row.number_of("year"),
        pin=row.text("pin"),
    )
    check_listed(told, conditions=conditions.listed(), now=now)
    return told


def _key(row: SheetRow) -> list[str]:
    """A line that says something new of a known number is a new line."""
    days = [str(row.day(name) or "") for name in ("issued_on", "last_day")]
    said = row.values.get("conditions")
    codes = ",".join(said) if isinstance(said, tuple) else ""
    return [row.text("authority"), fold_number(row.text("number")), *days, codes]


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, Listed)
    services.take_listed(actor, id=id, told=told, now=now)


LOADER = Loader(
    kind="orders",
    title=_("Protection orders"),
    needs=Permission.ORDER_REGISTER,
    columns=columns,
    key=_key,
    told=_told,
    is_there=lambda actor, id: RegisterLine.objects.filter(pk=id).exists(),
    take=_take,
)
