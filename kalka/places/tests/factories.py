"""Invented territory. Codes begin with 9, so that none can be taken for a real one."""

from datetime import UTC, datetime

from kalka.core.actors import SYSTEM, Actor
from kalka.core.permissions import Permission
from kalka.places import services
from kalka.places.rules import Listed
from kalka.sheets.writing import Table, csv_bytes

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
IMPORTER = Actor(7, frozenset({Permission.PLACES_IMPORT}))
OTHER = Actor(8, frozenset({Permission.POSTS_MANAGE}))
HEAD = ("code", "name_ky", "name_ru", "name_en", "level", "parent", "iso_3166_2", "name_ky_status", "note", "vintage")

COUNTRY = ("9", "Өлкө", "Страна", "Country", "country", "", "KG", "given", "", "2021-04")
OBLAST = ("91", "Чүкө облусу", "Чукинская область", "Chuko oblast", "oblast", "9", "KG-X", "given", "", "2021-04")
RAION = ("911", "Кара району", "Карасский район", "Kara raion", "raion", "91", "", "given", "", "2021-04")
OTHER_RAION = ("912", "Ак району", "Акский район", "Ak raion", "raion", "91", "", "given", "", "2021-04")
AIMAK = ("9111", "Көл айыл аймагы", "Кольский айылный аймак", "Kol", "ayil_aimak", "911", "", "draft", "", "2021-04")
TWIN = ("9121", "Көл айыл аймагы", "Кольский айылный аймак", "Kol", "ayil_aimak", "912", "", "given", "", "2021-04")
NAMELESS = ("9112", "", "Безымянный айылный аймак", "", "ayil_aimak", "911", "", "missing", "", "2021-04")
VILLAGE = ("91111", "Өрүк", "Орюк", "Oruk", "village", "9111", "", "given", "", "2021-04")
WHOLE = (COUNTRY, OBLAST, RAION, OTHER_RAION, AIMAK, TWIN, NAMELESS, VILLAGE)


def sheet(*rows, head=HEAD) -> bytes:
    return csv_bytes(Table("t", head, rows))


def of(vintage: str, *rows) -> tuple[tuple[str, ...], ...]:
    return tuple((*row[:-1], vintage) for row in rows)


def load(*rows, dry_run=False, vintage="", actor=IMPORTER, now=NOW, data=None):
    return services.import_places(
        actor, data=data or sheet(*rows), filename="list.csv", vintage=vintage, dry_run=dry_run, now=now
    )


def builtin(*, demo=False) -> int:
    return services.install_builtin(SYSTEM, now=NOW, demo=demo)


def row(number: int, code: str, level: str, parent: str = "", **more) -> Listed:
    return Listed(number, code, level, parent, ky=more.pop("ky", code), ru=code, en="", **more)
