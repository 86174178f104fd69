"""From a grid of cells to named, checked rows, whatever kind of file the grid came from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from kalka.core.errors import DomainError
from kalka.sheets.cells import Above, Cell, CellError, Counted, Options, Parse, choice, looks, text

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_ERRORS = 1_000
HEADING_WITHIN = 15  # rows; statistics offices put a title above the headings
BLANK = (None, "")

Line = Sequence[Cell | Above]
Grid = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: the column must be there and no cell of it may be blank. With `options`, `parse` may be left out."""

    name: str
    titles: Mapping[str, str]
    required: bool = False
    parse: Parse = text
    options: Options = field(default_factory=dict)

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(looks(title) for title in (self.name, *self.titles.values()))

    def title(self, lang: str) -> str:
        return self.titles.get(lang) or self.titles.get("ru") or self.name

    def value(self, cell: Cell) -> object:
        """None for a blank cell. Raises CellError."""
        if isinstance(cell, str):
            cell = cell.strip()
        if cell in BLANK:
            if self.required:
                raise CellError("sheets.required")
            return None
        if self.options and self.parse is text:
            return choice(self.options)(cell)
        return self.parse(cell)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` is the row as the person sees it, the heading included."""

    number: int
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def number_of(self, name: str) -> int | None:
        value = self.values.get(name)
        return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class RowError:
    """`column` is its name, or empty when the whole row is meant. Facts are codes and numbers, never a cell's text."""

    row: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """Rows without an error, and the errors. `ignored` are headings nobody asked for; `cut`: errors were too many;
    `remarks`: rows that are no data, such as a total, each with what it was taken for."""

    rows: tuple[SheetRow, ...]
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...] = ()
    cut: bool = False
    remarks: tuple[RowError, ...] = ()


Passed = Callable[[Line, Line], str]  # the headings and a row → what it was taken for, if it is no data


class Titles:
    """Names of columns for a message, in the language of whoever reads it."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = tuple(columns)

    def __str__(self) -> str:
        return ", ".join(f"«{column.title(get_language() or '')}»" for column in self.columns)


def nothing(_heads: Line, _cells: Line) -> str:
    return ""


def arrange(grid: Grid, columns: Sequence[Column], passed: Passed = nothing) -> Read:
    """Refuses a grid that is empty, too large, lacks a required column or has one twice."""
    _measure(grid)
    at = _heading_row(grid, columns)
    places = _places(grid[at], columns)
    rows: list[SheetRow] = []
    errors: list[RowError] = []
    remarks: list[RowError] = []
    cut = False
    for number, cells in enumerate(grid[at + 1 :], start=at + 2):
        if all(_blank(cell) or isinstance(cell, Above) for cell in cells):
            continue
        if why := passed(grid[at], cells):
            remarks.append(RowError(number, "", why))
            continue
        values, wrong = _row(number, cells, columns, places)
        errors += wrong
        if not wrong:
            rows.append(SheetRow(number, values))
        if len(errors) >= MAX_ERRORS:
            cut = True
            break
    known = frozenset().union(*(column.headings for column in columns))
    ignored = tuple(
        str(head).strip() for head in map(own, grid[at]) if not _blank(head) and looks(str(head)) not in known
    )
    return Read(tuple(rows), tuple(errors), ignored, cut, tuple(remarks))


def own(cell: Cell | Above) -> Cell:
    """What stands in it, or in the cell it is merged with."""
    return cell.value if isinstance(cell, Above) else cell


def found(heads: Line, columns: Sequence[Column]) -> int:
    """How many of the columns these headings name."""
    folded = {looks(str(head)) for head in map(own, heads) if not _blank(head)}
    return sum(1 for column in columns if column.headings & folded)


def _measure(grid: Grid) -> None:
    if len(grid) > MAX_ROWS + HEADING_WITHIN:
        raise DomainError("sheets.too_many_rows", most=MAX_ROWS)
    widest = max((len(cells) for cells in grid), default=0)
    if widest > MAX_COLUMNS or sum(len(cells) for cells in grid) > MAX_CELLS:
        raise DomainError("sheets.too_many_cells", columns=MAX_COLUMNS, cells=MAX_CELLS)


def _heading_row(grid: Grid, columns: Sequence[Column]) -> int:
    """The row that names most: above it may stand a title, or headings that are merged over several columns."""
    first = None
    named: list[tuple[int, int]] = []
    required = [column for column in columns if column.required]
    for at, cells in enumerate(grid[:HEADING_WITHIN]):
        if all(_blank(cell) for cell in cells):
            continue
        first = at if first is None else first
        if found(cells, required) == len(required) and (count := found(cells, columns)):
            named.append((-count, at))
    if first is None:
        raise DomainError("sheets.empty")
    if named:
        return min(named)[1]
    best = max(range(first, min(len(grid), HEADING_WITHIN)), key=lambda at: found(grid[at], columns))
    missing = [column for column in required if not found(grid[best], [column])] or columns
    raise DomainError("sheets.columns_missing", columns=Titles(missing), row=best + 1)


def _places(heads: Line, columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column in columns:
        at = [i for i, head in enumerate(map(own, heads)) if not _blank(head) and looks(str(head)) in column.headings]
        if len(at) > 1:
            raise DomainError("sheets.column_twice", columns=Titles([column]))
        if at:
            places[column.name] = at[0]
    return places


def _row(
    number: int, cells: Line, columns: Sequence[Column], places: Mapping[str, int]
) -> tuple[dict[str, object], list[RowError]]:
    values: dict[str, object] = {}
    wrong: list[RowError] = []
    for column in columns:
        at = places.get(column.name, len(cells))
        try:
            values[column.name] = _value(column, cells[at] if at < len(cells) else None)
        except CellError as error:
            wrong.append(RowError(number, column.name, error.code, error.facts))
    return values, wrong


def _value(column: Column, cell: Cell | Above) -> object:
    """A number merged over several rows is one number for all of them: in each it would be counted again."""
    value = column.value(own(cell))
    if isinstance(cell, Above) and isinstance(value, int | Counted):
        raise CellError("sheets.merged_number")
    return value


def _blank(cell: Cell | Above) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
