"""The journal of sittings that a committee keeps, as a table: each row a sitting that was held, in counts.

Decisions about families do not come in this way: a code of another list says nothing here, and words about a family are
not taken. A column of such words is passed over, and said to be.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.datafile import LANGUAGES
from kalka.core.permissions import Permission
from kalka.sheets import written
from kalka.sheets.cells import Options
from kalka.sheets.loading import Loader
from kalka.sheets.table import Column, SheetRow
from kalka.sittings import labels, rules, services
from kalka.sittings.models import Sitting
from kalka.sittings.rules import MOST, Kind, NewPast, Venue
from kalka.ui.text import StrOrPromise

# How people write the kinds in journals of their own.
CALLED: dict[str, tuple[str, ...]] = {
    Kind.VIOLENCE: (
        *("зомбулук боюнча", "зомбулук фактысы", "үй-бүлөлүк зомбулук боюнча", "факты", "кезексиз"),
        *("по факту", "по фактам насилия", "внеочередное", "по случаю насилия"),
    ),
    Kind.PLANNING: ("план", "пландоо", "пландаштыруу", "план боюнча", "планирование", "плановое", "кезектеги"),
    Kind.PREVENTION: ("алдын алуу", "профилактика", "алдын алуу боюнча", "профилактическое", "по профилактике"),
    Kind.FOUNDING: ("түзүү", "уюштуруу", "уюштуруу жыйыны", "учредительное", "организационное", "создание"),
}
ALSO: dict[str, tuple[str, ...]] = {
    "number": ("№", "Катар саны", "№ п/п", "Протоколдун номери", "№ протокола"),
    "on": ("Күнү", "Датасы", "Дата", "Отурум күнү", "Дата заседания"),
    "kind": ("Түрү", "Максаты", "Отурумдун түрү", "Вид", "Тема", "Цель"),
    "came": ("Катышкандар", "Катышкандардын саны", "Катышты", "Присутствовали", "Кол-во присутствующих"),
    "cases": ("Каралган үй-бүлөлөр", "Каралган фактылар", "Рассмотрено семей", "Рассмотрено случаев"),
    "decisions": ("Чечимдердин саны", "Чечимдер", "Кол-во решений", "Решений"),
    "done": ("Аткарылды", "Аткарылган чечимдер", "Исполнено", "Выполнено"),
}


@cache
def columns() -> tuple[Column, ...]:
    count = written.number(0, MOST)
    return (
        Column("number", _heads("number", _("Number of the minutes")), parse=written.words),
        Column("on", _heads("on", _("Day of the sitting")), required=True, parse=written.day),
        Column("kind", _heads("kind", _("What for?")), required=True, options=_kinds()),
        Column("came", _heads("came", _("How many members came")), parse=count),
        Column("cases", _heads("cases", _("How many families were spoken of")), parse=count),
        Column("decisions", _heads("decisions", _("How many decisions")), parse=count),
        Column("done", _heads("done", _("How many of them were done")), parse=count),
    )


def is_there(actor: Actor, id: UUID) -> bool:
    with sight.beyond():
        return Sitting.objects.filter(pk=id, author_id=actor.user_id).exists()


def _heads(name: str, title: StrOrPromise) -> dict[str, str]:
    return _said(title) | {f"also {number}": other for number, other in enumerate(ALSO[name])}


def _said(title: StrOrPromise) -> dict[str, str]:
    said = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            said[lang] = str(title)
    return said


def _kinds() -> Options:
    return {
        code: _said(title) | {f"also {number}": other for number, other in enumerate(CALLED[code])}
        for code, title in labels.KINDS.items()
    }


def _key(row: SheetRow) -> Sequence[str]:
    """Two sittings of a kind on one day are told apart by the number of their minutes."""
    return (str(row.day("on")), row.text("kind"), row.text("number"))


def _told(actor: Actor, row: SheetRow, now: datetime) -> NewPast:
    on = row.day("on")
    assert isinstance(on, date)  # the column is required
    counts = {name: row.number_of(name) or 0 for name in ("came", "cases", "decisions", "done")}
    told = NewPast(row.text("kind"), on, Venue.OKMOTU, **counts)
    rules.check_past(told, today=day_of(now))
    return told


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, NewPast)
    services.note_past(actor, id=id, told=told, now=now)


LOADER = Loader(
    kind="sittings",
    title=_("Sittings"),
    needs=Permission.SITTING_KEEP,
    columns=columns,
    key=_key,
    told=_told,
    is_there=is_there,
    take=_take,
)
