"""A place as people write it in their own tables: «Халмин АА», «Учкун айыл өкмөтү», «г. Токмок», or its code."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kalka.core.datafile import read
from kalka.places import selectors
from kalka.places.rules import COUNTED
from kalka.sheets.cells import Cell, CellError, looks, text
from kalka.sheets.written import lettered

FILE = Path(__file__).parent / "spellings.yaml"
_KIND = re.compile(
    "|".join(
        rf"\b{looks(word)}(?:\b|(?=\s|$))"
        for word in (
            "айыл аймагы", "айылдык аймагы", "айыл өкмөтү", "айылдык өкмөтү", "айыл аймак", "аа", "ао", "аө",
            "айильный аймак", "айылный аймак", "аильный аймак", "аильный округ", "айыльный аймак",
            "шаары", "шаарчасы", "город", "г", "ш", "муниципалдык аймактык башкармалык", "мту", "му",
            "айылы", "село", "с", "ayil aimak", "ayil okmotu", "rural municipality", "city", "town",
        )
    )
)  # fmt: skip
_CODE = re.compile(r"(?:KG)?[0-9A-Z]{5,14}")


def code_of(cell: Cell, *, levels: Collection[str] = COUNTED, under: str = "") -> str:
    """The code of the one place that is meant. With the raion after a comma where a name repeats: «Ак-Суу, Москва».

    Refuses what no place is called, and a name that several have: names are said, never guessed. `under`: only in it.
    """
    said = lettered(text(cell)).replace("/", "").strip()
    inside = selectors.within(under) if under else None
    if _CODE.fullmatch(said) and (info := selectors.get(said)) and info.level in levels:
        return said
    name, _comma, above = said.partition(",")
    found = [code for code in _called(name, levels) if inside is None or code in inside]
    if above.strip():
        found = [code for code in found if _lies_in(code, above)]
    if not found:
        raise CellError("places.not_found_by_name", field="place")
    if len(found) > 1:
        names = "; ".join(f"{selectors.full_name(code)} ({code})" for code in found[:4])
        raise CellError("places.name_of_several", field="place", places=names)
    return found[0]


def _called(name: str, levels: Collection[str]) -> list[str]:
    bare = _bare(name)
    wanted = {bare, _spellings().get(bare, bare)}
    return [
        code
        for code, _label in selectors.choices(level=frozenset(levels))
        if (info := selectors.get(code)) and any(_bare(one) in wanted for one in info.names.values() if one)
    ]


def _lies_in(code: str, above: str) -> bool:
    wanted = _bare(above)
    infos = [info for info in selectors.chains([code])[code][1:]]
    return any(_bare(name).startswith(wanted) for info in infos for name in info.names.values() if name)


def _bare(name: str) -> str:
    """Without what kind of place it is."""
    plain = looks(name.replace(".", " ").replace("«", " ").replace("»", " ").replace('"', " "))
    return " ".join(_KIND.sub(" ", plain).split())


def _spellings() -> dict[str, str]:
    told: Any = read(FILE)
    return {_bare(one): _bare(known) for known, others in told.items() for one in others}
