"""A table of somebody's own work taken in: checked whole, then row by row, each row a record or nothing.

A module says in its `importing.py` what its columns are and what a row becomes; the rest is the same for all. While any
row is wrong nothing is written. A row is known again by what its `key` says, as a keyed digest that nobody can turn
back into a name: run again, or after an interruption, it goes on with what is not there yet.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.sheets.cells import CellError, looks
from kalka.sheets.kept import read_kept
from kalka.sheets.table import Column, RowError, SheetRow
from kalka.ui.text import StrOrPromise
from kalka.vault import blind


@dataclass(frozen=True, slots=True)
class Loader:
    """What a module says of one kind of table.

    `key`: the parts that make a row the same one when the file comes again; rows with an equal key and equal cells are
    one row that was written twice. Empty parts: rows that are alike stand for as many (participants without names).
    `told`: the row as the service wants it; refuses with CellError or DomainError whatever the service would refuse
    (the fact "field" names the column), and reads what it needs as the actor. `take`: writes it, through services,
    under the id given.
    """

    kind: str
    title: StrOrPromise
    needs: Permission
    columns: Callable[[], tuple[Column, ...]]
    key: Callable[[SheetRow], Sequence[str]]
    told: Callable[[Actor, SheetRow, datetime], object]
    is_there: Callable[[Actor, UUID], bool]
    take: Callable[[Actor, UUID, object, datetime], None]
    alone: Callable[[object], Sequence[tuple[str, str, str]]] = lambda _told: ()
    """What no two rows of a file may say, as the column, the word, and the code of the refusal."""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    number: int  # as the person sees it
    id: UUID
    told: object


@dataclass(frozen=True, slots=True)
class Checked:
    """`new` are the rows to take in, `there` counts those taken in before, `remarks` are rows that are not rows."""

    new: tuple[Row, ...]
    there: int
    errors: tuple[RowError, ...]
    remarks: tuple[RowError, ...]
    ignored: tuple[str, ...]


def check(loader: Loader, actor: Actor, data: bytes, filename: str, *, now: datetime) -> Checked:
    """Every row against everything that taking it in would refuse. Writes nothing.

    Refuses whoever may not import, and a file that cannot be read at all.
    """
    if not actor.may(loader.needs):
        raise AccessDenied("core.not_permitted")
    found = read_kept(data, filename, loader.columns())
    seen = _Seen(loader, actor)
    errors, remarks, new, there = list(found.errors), list(found.remarks), [], 0
    for row in found.rows:
        id, fault = seen.add(row)
        if fault is not None:
            (remarks if fault.code == "sheets.row_twice" else errors).append(fault)
            continue
        try:
            told = loader.told(actor, row, now)
        except (CellError, DomainError) as refusal:
            errors.append(_refused(loader, row, refusal))
            continue
        if (fault := seen.taken(row, told)) is not None:
            errors.append(fault)
        elif loader.is_there(actor, id):
            there += 1
        else:
            new.append(Row(row.number, id, told))
    return Checked(tuple(new), there, _in_order(errors), _in_order(remarks), found.ignored)


def _in_order(faults: list[RowError]) -> tuple[RowError, ...]:
    return tuple(sorted(faults, key=lambda one: one.row))


def take_in(
    loader: Loader, actor: Actor, rows: Sequence[Row], *, now: datetime, each: Callable[[], None] = lambda: None
) -> int:
    """One row after the other. `each` is called after every one."""
    for row in rows:
        loader.take(actor, row.id, row.told, now)
        each()
    return len(rows)


def row_id(kind: str, organisation_id: int | None, parts: Sequence[str]) -> UUID:
    """The same for the same words however they were typed. The organisation's own: two may write of the same."""
    said = "\x1f".join([kind, str(organisation_id or ""), *(looks(part) for part in parts)])
    return UUID(bytes=blind.mac(blind.Kind.ROW, said), version=4)


class _Seen:
    """The rows of one file so far."""

    def __init__(self, loader: Loader, actor: Actor) -> None:
        self._loader, self._actor = loader, actor
        self._rows: dict[UUID, SheetRow] = {}
        self._first: dict[tuple[str, str], int] = {}
        self._alike: Counter[tuple[str, ...]] = Counter()

    def add(self, row: SheetRow) -> tuple[UUID, RowError | None]:
        parts = tuple(self._loader.key(row))
        if not parts:
            parts = tuple(f"{name}={value}" for name, value in sorted(row.values.items()))
            self._alike[parts] += 1
            parts = (*parts, str(self._alike[parts]))
        id = row_id(self._loader.kind, self._actor.organisation_id, parts)
        first = self._rows.setdefault(id, row)
        if first is row:
            return id, None
        code = "sheets.row_twice" if _alike(first.values, row.values) else "sheets.row_differs"
        return id, RowError(row.number, "", code, {"first": first.number})

    def taken(self, row: SheetRow, told: object) -> RowError | None:
        """What a row above says already, and only one may say."""
        for column, word, code in self._loader.alone(told):
            first = self._first.setdefault((column, word), row.number)
            if first != row.number:
                return RowError(row.number, column, code, {"first": first})
        return None


def _alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return {name: looks(str(value)) for name, value in one.items()} == {
        name: looks(str(value)) for name, value in other.items()
    }


def _refused(loader: Loader, row: SheetRow, refusal: CellError | DomainError) -> RowError:
    if isinstance(refusal, AccessDenied):
        return RowError(row.number, "", "core.not_permitted")
    field = str(refusal.facts.get("field", ""))
    names = {column.name for column in loader.columns()}
    return RowError(row.number, field if field in names else "", refusal.code, refusal.facts)
