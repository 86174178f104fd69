"""Two schematic maps of the country, by code: squares for raions and cities, outlines for the nine units.

A figure whose code has no place on the map is not drawn; it stands in the table as every other one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.ui.charts import Step, Value, classes, share, step_of

_FOLDER = Path(__file__).parent / "maps"
STRIDE_X, STRIDE_Y, WIDE, TALL = 58, 52, 56, 50
OBLAST = 5  # letters of a code that name the unit a raion lies in
FEW = 6  # squares
LETTERS = 9  # of a name that stand in a square
# What a name says of its kind; a square needs only to know a city from the raion of the same name.
_KINDS = frozenset({"району", "район", "raion", "district", "облусу", "область", "oblast"})
_CITIES = {"шаары": "ш.", "г.": "г.", "город": "г.", "city": "c."}


@dataclass(frozen=True, slots=True)
class Tile:
    """`value` is None where the installation has no such place."""

    code: str
    x: int
    y: int
    value: Value | None
    step: int
    short: str = ""

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2


@dataclass(frozen=True, slots=True)
class TileMap:
    x: int
    y: int
    width: int
    height: int
    tiles: tuple[Tile, ...]
    border: str
    steps: tuple[Step, ...]

    @property
    def few(self) -> bool:
        """So few squares across that their words can be read on a phone."""
        return self.width <= FEW * STRIDE_X


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    path: str
    line: str  # from a place that is too small to hold its own figure
    x: str  # where its figure stands
    y: str
    value: Value | None
    step: int
    short: str


@dataclass(frozen=True, slots=True)
class UnitMap:
    width: int
    height: int
    units: tuple[Unit, ...]
    steps: tuple[Step, ...]


def tile_map(values: Sequence[Value], within: str = "") -> TileMap | None:
    """The whole country, or the squares of one oblast. None where no figure has a square."""
    seats = _tiles()
    held = {one.code: one for one in values}
    drawn = {code: at for code, at in seats.items() if not within or code[:OBLAST] == within[:OBLAST]}
    known = [held[code] for code in drawn if code in held]
    if not known:
        return None
    shades, names = classes(known), _names(known)
    tiles = tuple(_tile(code, at, held.get(code), shades, names) for code, at in drawn.items())
    left, top = min(one.x for one in tiles), min(one.y for one in tiles)
    right, foot = max(one.x for one in tiles) + WIDE, max(one.y for one in tiles) + TALL
    return TileMap(left - 1, top - 1, right - left + 2, foot - top + 2, tiles, _border(drawn), shades)


def unit_map(values: Sequence[Value]) -> UnitMap | None:
    """None where no figure is one of a unit of the country."""
    width, height, units = _units()
    held = {one.code: one for one in values if one.code in units}
    if not held:
        return None
    shades, bare = classes(list(held.values())), [_bare(one.title) for one in held.values()]
    drawn = tuple(
        Unit(
            code=code,
            path=path,
            line=line,
            x=share(x, width),
            y=share(y, height),
            value=held.get(code),
            step=step_of(held[code], shades) if code in held else 0,
            short=_marked(held[code].title, bare) if code in held else "",
        )
        for code, (x, y, path, line) in units.items()
    )
    return UnitMap(width, height, drawn, shades)


def shortened(title: str, others: Collection[str] = ()) -> str:
    """A name that fits into a square; a city is marked where a raion has the same name."""
    bare = _bare(title)
    mark = next((_CITIES[word] for word in title.split() if word in _CITIES), "")
    if mark and list(others).count(bare) > 1:
        return f"{bare[: LETTERS - 3]} {mark}"
    return bare if len(bare) <= LETTERS else f"{bare[: LETTERS - 1].rstrip('-')}."


def _marked(title: str, others: Collection[str]) -> str:
    """A name for an outline: whole, and a city said to be one where the oblast around it is called the same."""
    bare = _bare(title)
    mark = next((_CITIES[word] for word in title.split() if word in _CITIES), "")
    return f"{bare} {mark}" if mark and list(others).count(bare) > 1 else bare


def _bare(title: str) -> str:
    return " ".join(word for word in title.split() if word not in _KINDS and word not in _CITIES) or title


def _names(known: Sequence[Value]) -> dict[str, str]:
    bare = [_bare(one.title) for one in known]
    return {one.code: shortened(one.title, bare) for one in known}


def _tile(code: str, at: tuple[int, int], value: Value | None, shades: Sequence[Step], names: dict[str, str]) -> Tile:
    x, y = at[0] * STRIDE_X + 1, at[1] * STRIDE_Y + 1
    if value is None:
        return Tile(code, x, y, None, 0)
    return Tile(code, x, y, value, step_of(value, shades), names[value.code])


def _border(seats: dict[str, tuple[int, int]]) -> str:
    """The lines between squares of different oblasts."""
    at = {seat: code[:OBLAST] for code, seat in seats.items()}
    path = ""
    for (col, row), oblast in at.items():
        if at.get((col + 1, row), oblast) != oblast:
            path += f"M{(col + 1) * STRIDE_X},{row * STRIDE_Y}v{STRIDE_Y}"
        if at.get((col, row + 1), oblast) != oblast:
            path += f"M{col * STRIDE_X},{(row + 1) * STRIDE_Y}h{STRIDE_X}"
    return path


@cache
def _tiles() -> dict[str, tuple[int, int]]:
    body = datafile.Fields(datafile.read(_FOLDER / "tiles.yaml"), "tiles.yaml")
    columns, rows = body.take("columns", int), body.take("rows", int)
    seats: dict[str, tuple[int, int]] = {}
    for code, (col, row) in body.take("tiles", dict).items():
        if (col, row) in seats.values() or not (0 <= col < columns and 0 <= row < rows):
            datafile.refuse("tiles.yaml", f"{code} has no square of its own")
        seats[code] = (col, row)
    body.close()
    return seats


@cache
def _units() -> tuple[int, int, dict[str, tuple[int, int, str, str]]]:
    body = datafile.Fields(datafile.read(_FOLDER / "oblasts.yaml"), "oblasts.yaml")
    width, height = body.take("width", int), body.take("height", int)
    units = {}
    for code, given in body.take("units", dict).items():
        unit = datafile.Fields(given, f"oblasts.yaml: {code}")
        x, y = unit.take("at", list)
        units[code] = (int(x), int(y), unit.take("path", str), unit.maybe("line", str) or "")
        unit.close()
    body.close()
    # The two cities lie within an oblast: drawn last, they stand on top.
    return width, height, dict(sorted(units.items(), key=lambda unit: unit[0][3] != "0"))
