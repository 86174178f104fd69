"""Figures as the pages and files show them: prepared for the drawings, in rows for the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kalka.sheets.writing import Value as Cell
from kalka.statistics.rules import Choices, Figure, FigureRow, Line, Period, State, Summary, Table
from kalka.ui import writing
from kalka.ui.charts import Value

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Row:
    value: Value
    before: Value | None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the table of months: a cell is None where the month is not in the release."""

    year: str
    cells: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    title: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure stands to that of a year earlier. Only of two whole periods with figures that are both shown."""

    more: bool
    less: bool
    by: int
    per_cent: int | None  # None below 20: a per cent of so few says nothing


def value(figure: Figure, code: str = "", title: str = "") -> Value:
    return Value(code, title, figure.n if figure.shown else None, hidden=figure.state is State.HIDDEN)


def values(lines: Iterable[Line]) -> tuple[Value, ...]:
    return tuple(value(line.figure, line.code, line.title) for line in lines)


def rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    return tuple(
        Row(value(line.figure, line.code, line.title), value(line.before) if line.before else None) for line in lines
    )


def calendar(months: Sequence[Line]) -> tuple[Year, ...]:
    """The same as the line, as a table: a row a year, a column a month, the newest year first."""
    at = {line.code: value(line.figure, line.code, line.title) for line in months}
    years = sorted({code[:4] for code in at}, reverse=True)
    return tuple(Year(year, tuple(at.get(f"{year}-{month:02d}") for month in MONTHS)) for year in years)


def month_names() -> tuple[str, ...]:
    """Short, for the columns of that table."""
    return tuple(writing.tongue().MONTHS[month - 1][:3] for month in MONTHS)


def short_months(months: Iterable[Value]) -> tuple[str, ...]:
    """«ноя 2025», of codes like «2025-11»."""
    names = month_names()
    return tuple(f"{names[int(one.code[5:]) - 1]} {one.code[:4]}" for one in months)


def change(table: Table) -> Change | None:
    now, before = table.total, table.total_before
    if not table.complete or before is None or now.n is None or before.n is None:
        return None
    by = now.n - before.n
    return Change(by > 0, by < 0, abs(by), round(100 * abs(by) / before.n) if before.n >= 20 else None)


def filters(table: Table, choices: Choices, more: Sequence[tuple[str, str]]) -> tuple[Filter, ...]:
    """What can be asked instead; a month is chosen apart from its year, so that the lists stay short."""
    years = [(code, title) for code, title in choices.periods if "-" not in code]
    names = writing.tongue().MONTHS
    months = [("", _("the whole year")), *((f"{month:02d}", names[month - 1]) for month in MONTHS)]
    first, *others = choices.breakdowns
    return (
        Filter("period", _("Year"), tuple(years), str(table.period.year)),
        Filter("month", _("Month"), tuple(months), f"{table.period.month:02d}" if table.period.month else ""),
        Filter("place", _("Territory"), choices.places, table.place),
        Filter("by", _("By"), (first, *more, *others), table.by),
    )


def address(table: Table) -> str:
    """Of the page that shows this table."""
    period = {"period": table.period.year} | ({"month": f"{table.period.month:02d}"} if table.period.month else {})
    return urlencode({"by": table.by, **period} | ({"place": table.place} if table.place else {}))


def marked(marks: Iterable[tuple[date, str]]) -> list[tuple[str, str]]:
    """Days of the law by their month, as a chart takes them."""
    return [(f"{on.year}-{on.month:02d}", text) for on, text in marks]


def last(summary: Summary) -> Value:
    return value(summary.figure, summary.indicator, summary.title)


# Files


def headings() -> tuple[str, ...]:
    """Every row carries what must stand beside its figure: a row cut out of the file still says what it is."""
    return (
        _("Indicator"),
        _("Title"),
        _("Unit"),
        _("Stage"),
        _("Agency"),
        _("Period"),
        _("Code of the territory"),
        _("Territory"),
        _("By"),
        _("Code"),
        _("Name"),
        _("State"),
        _("Figure"),
        _("Taken on"),
        _("Release"),
        _("Territories of"),
    )


def states() -> dict[State, str]:
    return {State.SHOWN: _("shown"), State.HIDDEN: _("hidden"), State.NONE: _("no data")}


def cells(found: Iterable[FigureRow]) -> Iterator[tuple[Cell, ...]]:
    words = states()
    for row in found:
        yield (
            row.indicator,
            row.title,
            row.unit,
            row.stage,
            row.agency,
            row.period,
            row.place,
            row.place_title,
            row.by,
            row.code,
            row.code_title,
            words[row.state],
            row.n,
            row.extracted_on,
            row.release,
            row.vintage,
        )


def table_cells(table: Table) -> Iterator[tuple[Cell, ...]]:
    """The total, its lines, and each of them a year earlier."""
    earlier = Period(table.period.year - 1, table.period.month)
    yield _cells(table, table.period, "", "", table.total)
    yield from (_cells(table, table.period, line.code, line.title, line.figure) for line in table.lines)
    if table.total_before is not None:
        yield _cells(table, earlier, "", "", table.total_before)
    for line in table.lines:
        if line.before is not None:
            yield _cells(table, earlier, line.code, line.title, line.before)


def _cells(table: Table, period: Period, code: str, title: str, figure: Figure) -> tuple[Cell, ...]:
    passport = table.passport
    row = FigureRow(
        indicator=table.indicator,
        title=table.title,
        unit=passport.unit,
        stage=passport.stage,
        agency=passport.agency,
        period=period.code,
        place=table.place,
        place_title=passport.place,
        by=table.by if code else "",
        code=code,
        code_title=title,
        state=figure.state,
        n=figure.n,
        release=passport.release,
        extracted_on=passport.extracted_on,
        vintage=passport.vintage,
    )
    return next(cells([row]))
