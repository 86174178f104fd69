"""A spreadsheet of reports: checked whole, then taken in row by row, each row a report or nothing.

While any row is wrong nothing is written. Interrupted or run again, it goes on where it stopped: a row that is there
already, with the same words by the same author, is not taken twice; with other words it is refused.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.intake import columns, selectors, services
from kalka.intake.rules import NewReport
from kalka.sheets.reading import read
from kalka.sheets.table import RowError, SheetRow


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    number: int  # as the person sees it
    id: UUID
    told: NewReport


@dataclass(frozen=True, slots=True)
class Checked:
    """`new` are the rows to take in, `there` counts those taken in before."""

    new: tuple[Row, ...]
    there: int
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...]


def check(actor: Actor, data: bytes, filename: str, *, now: datetime) -> Checked:
    """Every row against everything that taking it in would refuse. Writes nothing.

    Refuses whoever may not import, and a file that cannot be read at all.
    """
    if not actor.may(Permission.REPORT_IMPORT):
        raise AccessDenied("core.not_permitted")
    found = read(data, filename, columns.columns())
    errors = list(found.errors)
    new: list[Row] = []
    seen: set[UUID] = set()
    there = 0
    for row in found.rows:
        if columns.is_blank(row):
            continue
        wrong = _missing(row) or _refused(actor, row, seen, now=now)
        if isinstance(wrong, RowError):
            errors.append(wrong)
            continue
        seen.add(columns.row_id(row))
        if selectors.is_there(actor, columns.row_id(row)):
            there += 1
        else:
            new.append(Row(row.number, columns.row_id(row), columns.told(row)))
    return Checked(tuple(new), there, tuple(sorted(errors, key=lambda e: e.row)), found.ignored)


def take_in(actor: Actor, rows: tuple[Row, ...], *, now: datetime, each: Callable[[], None]) -> int:
    """One command a row. `each` is called after every one."""
    for row in rows:
        services.import_report(actor, id=row.id, told=row.told, now=now)
        each()
    return len(rows)


def _missing(row: SheetRow) -> RowError | None:
    name = next((name for name in columns.MUST if row.values.get(name) is None), None)
    return RowError(row.number, name, "sheets.required") if name else None


def _refused(actor: Actor, row: SheetRow, seen: set[UUID], *, now: datetime) -> RowError | None:
    id, told = columns.row_id(row), columns.told(row)
    if id in seen:
        return RowError(row.number, "id", "intake.row_number_twice")
    try:
        selectors.check_new(actor, id, told, content=asdict(told), today=day_of(now))
    except AccessDenied:
        return RowError(row.number, "id", "intake.row_differs")
    except DomainError as refusal:
        field = str(refusal.facts.get("field", ""))
        return RowError(row.number, field if field in columns.ABOUT else "", refusal.code, refusal.facts)
    return None
