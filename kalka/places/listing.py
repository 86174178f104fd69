"""The layout of a territory list, and its rows read into what the rules decide about."""

import re
from collections.abc import Sequence

from kalka.core.errors import DomainError
from kalka.places.rules import GIVEN, MISSING, Listed, first_day
from kalka.sheets.cells import Cell, CellError, Parse, code, day, text
from kalka.sheets.table import Column, SheetRow

LEVEL_TITLES = {
    "country": {"ky": "өлкө", "ru": "страна", "en": "country"},
    "oblast": {"ky": "облус", "ru": "область", "en": "oblast"},
    "republican_city": {
        "ky": "республикалык маанидеги шаар",
        "ru": "город республиканского значения",
        "en": "city of republican significance",
    },
    "raion": {"ky": "район", "ru": "район", "en": "raion"},
    "city": {"ky": "облустук маанидеги шаар", "ru": "город областного значения", "en": "city"},
    "city_district": {"ky": "шаардын району", "ru": "район города", "en": "city district"},
    "ayil_aimak": {"ky": "айыл аймагы", "ru": "айылный аймак", "en": "ayil aimak"},
    "territorial_unit": {
        "ky": "муниципалдык аймактык башкармалык",
        "ru": "муниципальное территориальное управление",
        "en": "municipal territorial unit",
    },
    "raion_city": {"ky": "райондук маанидеги шаар", "ru": "город районного значения", "en": "town"},
    "urban_settlement": {"ky": "шаарча", "ru": "посёлок городского типа", "en": "urban settlement"},
    "city_village": {"ky": "шаарга караштуу айыл", "ru": "село в подчинении города", "en": "village of a city"},
    "village": {"ky": "айыл", "ru": "село", "en": "village"},
}


def _at_most(letters: int) -> Parse:
    def parse(cell: Cell) -> str:
        said = " ".join(text(cell).split())
        if len(said) > letters:
            raise CellError("sheets.cell_too_long", most=letters)
        return said

    return parse


def _codes(cell: Cell) -> tuple[str, ...]:
    return tuple(code(part) for part in re.split(r"[\s,;]+", text(cell)) if part)


COLUMNS = (
    Column("code", {"ky": "коду", "ru": "код", "en": "code"}, required=True, parse=code),
    Column(
        "name_ky",
        {"ky": "кыргызча аталышы", "ru": "название на кыргызском", "en": "name in Kyrgyz"},
        parse=_at_most(120),
    ),
    Column(
        "name_ru",
        {"ky": "орусча аталышы", "ru": "название на русском", "en": "name in Russian"},
        required=True,
        parse=_at_most(120),
    ),
    Column(
        "name_en",
        {"ky": "англисче аталышы", "ru": "название на английском", "en": "name in English"},
        parse=_at_most(120),
    ),
    Column("level", {"ky": "деңгээли", "ru": "уровень", "en": "level"}, required=True, options=LEVEL_TITLES),
    Column("parent", {"ky": "кайсыга караштуу", "ru": "входит в", "en": "lies in"}, parse=code),
    Column("iso_3166_2", {"ky": "ISO коду", "ru": "код ISO", "en": "ISO code"}, parse=_at_most(6)),
    Column(
        "name_ky_status",
        {"ky": "кыргызча аталыштын абалы", "ru": "состояние названия на кыргызском", "en": "state of the Kyrgyz name"},
        parse=code,
    ),
    Column("note", {"ky": "эскертүү", "ru": "примечание", "en": "note"}, parse=_at_most(200)),
    Column("vintage", {"ky": "тизменин айы", "ru": "месяц списка", "en": "month of the list"}, parse=_at_most(10)),
    Column("valid_from", {"ky": "качантан бери", "ru": "действует с", "en": "from"}, parse=day),
    Column("valid_to", {"ky": "качан токтогон", "ru": "не действует с", "en": "no longer from"}, parse=day),
    Column("predecessors", {"ky": "мурда", "ru": "ранее", "en": "formerly"}, parse=_codes),
)


def listed(row: SheetRow) -> Listed:
    ky, before = row.text("name_ky"), row.values["predecessors"]
    return Listed(
        row=row.number,
        code=row.text("code"),
        level=row.text("level"),
        parent=row.text("parent"),
        ky=ky,
        ru=row.text("name_ru"),
        en=row.text("name_en"),
        iso=row.text("iso_3166_2"),
        note=row.text("note"),
        status=(row.text("name_ky_status").lower() or GIVEN) if ky else MISSING,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        predecessors=before if isinstance(before, tuple) else (),
    )


def vintage_of(rows: Sequence[SheetRow], told: str) -> str:
    """The one month the list is of. Refuses none, several, one that is no month, and a file that contradicts."""
    said = {row.text("vintage") for row in rows if row.text("vintage")} | ({told} if told else set())
    if not said:
        raise DomainError("places.vintage_missing")
    if len(said) > 1:
        raise DomainError("places.vintage_mixed", vintages=", ".join(sorted(said)[:4]))
    vintage = said.pop()
    if first_day(vintage) is None:
        raise DomainError("places.vintage_unreadable", field="vintage")
    return vintage
