"""The list of families that a committee keeps, as a table: each row a family by code, or refused with a reason.

A name is taken only where the table says that she agreed to it, and goes into the case sealed; a name without that is
refused, for a list that names people must not be kept. Who is in the row's own pair is whoever brings the table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalka.cases.labels import BANDS
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.datafile import LANGUAGES
from kalka.core.permissions import Permission
from kalka.families import labels, practice, rules, selectors, services
from kalka.families.rules import MOST_CHILDREN, End, Met, Named, NewContact, NewEnd, NewFamily, Way
from kalka.sheets import cells, written
from kalka.sheets.cells import Cell, CellError, Options
from kalka.sheets.loading import Loader
from kalka.sheets.table import Column, SheetRow
from kalka.ui.text import StrOrPromise

# How people write it in lists of their own, beside the titles of the codes.
Called = dict[str, tuple[str, ...]]
FROM: Called = {
    "self": ("өзү", "өзү келди", "сама обратилась", "самообращение"),
    "round": ("короо кыдыруу", "подворный обход", "обход"),
    "meeting": ("жолугушуу", "чогулуш", "собрание", "встреча"),
    "neighbour": ("коңшулар", "коңшулар айтты", "кошунасы", "соседи"),
    "relative": ("туугандары", "родственники"),
    "school": ("мектеп", "бала бакча", "школа", "соцпедагог"),
    "clinic": ("ФАП", "ҮДТ", "дарыгер", "больница", "ГСВ"),
    "police": ("милиция", "участкалык", "участковый", "ИИБ", "РОВД"),
    "social": ("соцкызматкер", "соцработник", "соцөнүгүү"),
    "elders": ("аксакалдар соту", "аялдар кеңеши", "суд аксакалов", "женсовет"),
    "other": ("башка", "другое"),
}
ENDED: Called = {
    "passed": ("жакшырды", "оңолду", "улучшение", "благополучно"),
    "handed_over": ("өткөрүлдү", "передано", "передана"),
    "moved": ("көчүп кетти", "көчтү", "переехали", "выехали"),
    "declined": ("баш тартты", "отказались", "отказ"),
    "mistake": ("жаңылыш", "ошибочно"),
}
CALLED: Called = {
    "alcohol": ("ичкилик", "ичет", "арак", "аракечтик", "алкоголь", "пьёт", "пьянство", "наркотик", "баңгизат"),
    "quarrels": ("чыр", "чатак", "уруш", "ссоры", "скандалы", "конфликт"),
    "control": ("кызганыч", "ревность", "контроль", "көзөмөлдөйт"),
    "before": ("мурда зомбулук болгон", "мурун урган", "ранее было насилие", "рецидив"),
    "poverty": ("жакырчылык", "аз камсыз", "карыз", "бедность", "малоимущая", "малообеспеченная", "долги"),
    "workless": ("жумушсуз", "иштебейт", "безработный", "безработица", "не работает"),
    "migration": ("миграция", "мигрант", "ата-энеси чет өлкөдө", "Россияда", "родители в миграции"),
    "isolated": ("обочолонгон", "эч ким менен сүйлөшпөйт", "изоляция", "никуда не ходит"),
    "in_laws": ("кайнене", "кайната", "свекровь", "свёкры"),
    "divorce": ("ажырашкан", "ажырашуу", "развод", "разведены"),
    "illness": ("оору", "майып", "ден соолук", "болезнь", "инвалидность", "ЛОВЗ"),
    "pregnant": ("кош бойлуу", "боюнда бар", "беременная", "младенец", "ымыркай"),
    "school": ("мектепке барбайт", "сабак калтырат", "не ходит в школу", "прогулы"),
    "early_marriage": ("эрте никах", "эрте турмуш", "ранний брак"),
    "no_papers": ("документи жок", "паспорту жок", "нет документов", "без документов"),
}
_BETWEEN = re.compile(r"[,;/\n]+")


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One row: the family, when somebody last spoke with it, how it ended."""

    told: NewFamily
    spoke: NewContact | None
    end: NewEnd | None


def _heads(title: StrOrPromise, *others: str) -> dict[str, str]:
    """In the three languages, and as lists are headed elsewhere."""
    said = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            said[lang] = str(title)
    return said | {f"also {number}": other for number, other in enumerate(others)}


def _options(titles: labels.Labels, called: Called) -> Options:
    return {code: _heads(title, *called.get(code, ())) for code, title in titles.items()}


def signs(cell: Cell) -> tuple[str, ...]:
    """Several in one cell, with commas or on lines of their own. Refuses what is none of the list."""
    one = cells.choice(_options(labels.SIGNS, CALLED))
    found = [str(one(part)) for part in (part.strip() for part in _BETWEEN.split(written.words(cell))) if part]
    if not found:
        raise CellError("families.no_sign")
    return tuple(dict.fromkeys(found))


def columns() -> tuple[Column, ...]:
    return (
        Column("number", _heads(_("Number in the list"), "№", "Катар саны", "№ п/п", "Код"), parse=written.words),
        Column("on", _heads(_("Noted on"), "Аныкталган күнү", "Катталган күнү", "Дата выявления", "Дата"),
               required=True, parse=written.day),
        Column("how", _heads(_("Where do you know of it from?"), "Кантип аныкталды", "Ким билдирди", "Кем выявлена"),
               options=_options(labels.HOWS, FROM)),
        Column("signs", _heads(_("What worries you?"), "Себеби", "Тобокелдик", "Кыйынчылыгы", "Причина", "Риск"),
               required=True, parse=signs),
        Column("sex", _heads(_("Sex"), "Жынысы", "Пол"), parse=written.sex),
        Column("band", _heads(_("Age"), "Жашы", "Возраст"), options=_options(BANDS, {})),
        Column("children", _heads(_("How many children are there?"), "Балдардын саны", "Кол-во детей", "Дети"),
               parse=written.number(0, MOST_CHILDREN)),
        Column("name", _heads(_("Family name and given name"), "ФИО", "Ф.И.О.", "Аты-жөнү", "Үй-бүлө"),
               parse=written.words),
        Column("agreed", _heads(_("She agreed that her name is written"), "Макулдугу бар", "Согласие есть", "Согласие"),
               parse=written.yes),
        Column("spoke_on", _heads(_("Spoke last"), "Акыркы байланыш", "Акыркы жолугушуу", "Последний контакт"),
               parse=written.day),
        Column("ended_on", _heads(_("The work ended on"), "Эсептен чыккан күнү", "Снята с учёта"), parse=written.day),
        Column("how_ended", _heads(_("How did it end?"), "Эмне үчүн чыкты", "Причина снятия"),
               options=_options(labels.ENDS, ENDED)),
        Column("told", _heads(_("In a few words, without names"), "Эскертүү", "Примечание"), parse=written.words),
    )  # fmt: skip


def _told(actor: Actor, row: SheetRow, now: datetime) -> Listed:
    selectors.committee_of(actor)
    today, on = day_of(now), row.day("on")
    assert on is not None  # the column is required
    family, _space, given = row.text("name").partition(" ")
    told = NewFamily(
        how=row.text("how") or rules.How.OTHER,
        signs=tuple(row.values["signs"]),  # type: ignore[arg-type]  # as `signs` gives them
        sex=row.text("sex") or "unknown",
        band=row.text("band"),
        children=row.number_of("children"),
        named=Named.CONSENT if row.values.get("agreed") is True and family else Named.CODE,
        family=family,
        given=given,
        told=row.text("told"),
        on=on,
    )
    rules.check_family(told, grounds=practice.grounds(), today=today)
    return Listed(told, _spoke(row, on, now), _end(row, on, now))


def _spoke(row: SheetRow, since: date, now: datetime) -> NewContact | None:
    on = row.day("spoke_on")
    if on is None:
        return None
    rules.past("spoke_on", on, since=since, today=day_of(now))
    return NewContact(Way.MEETING, Met.SPOKE, on)


def _end(row: SheetRow, since: date, now: datetime) -> NewEnd | None:
    on = row.day("ended_on")
    if on is None:
        return None
    rules.past("ended_on", on, since=since, today=day_of(now))
    return NewEnd(row.text("how_ended") or End.PASSED, on)


def _key(row: SheetRow) -> Sequence[str]:
    """The number in the list and the day; without a number rows that are alike stand for as many families."""
    return [row.text("number"), str(row.values.get("on"))] if row.text("number") else []


def _take(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, Listed)
    services.import_family(actor, id=id, told=told.told, spoke=told.spoke, end=told.end, now=now)


FAMILIES = Loader(
    kind="families",
    title=_("Families at risk"),
    needs=Permission.FAMILY_NOTE,
    columns=columns,
    key=_key,
    told=_told,
    is_there=selectors.is_there,
    take=_take,
)
