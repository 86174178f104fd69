"""Rows told by what they say: ids become numbers and the rows get an order, both always the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

Model = type[models.Model]
Cell = tuple[Any, ...]
UNDER = {"shelters.Taking": "file"}  # what says of which file it is under another name
ELSEWHERE = {"core", "accounts", "vault"}  # rows with a subject that are no part of a file


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its columns in the order of the table, without the key that the database gives."""

    model: Model
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Account:
    """What a course left: rows whose ids are numbers, and which subjects have keys of which classes."""

    lines: tuple[Line, ...]
    keys: tuple[tuple[int, str], ...]
    ids: int


@cache
def file_models() -> tuple[Model, ...]:
    """Models that hold rows of a file, those pointed at first."""
    left = [m for m in apps.get_models() if _is_of_file(m)]
    order: list[Model] = []
    while left:
        ready = [m for m in left if not (_points_at(m) & set(left) - {m})]
        order += ready
        left = [m for m in left if m not in ready]
    return tuple(order)


def _is_of_file(model: Model) -> bool:
    if model._meta.app_label in ELSEWHERE:
        return False
    return bool(owner(model)) or any(has_subject(one) for one in _points_at(model))


def owner(model: Model) -> str:
    """The column that says of which file a row is; empty where it says so by what it points at."""
    return "subject_id" if has_subject(model) else UNDER.get(model._meta.label, "")


def has_subject(model: Model) -> bool:
    return model._meta.app_label not in ELSEWHERE and "subject_id" in {f.name for f in model._meta.concrete_fields}


def _points_at(model: Model) -> set[Model]:
    return {f.related_model for f in model._meta.concrete_fields if f.is_relation}  # type: ignore[misc]  # models all


def numbered(lines: Sequence[Line], held: Sequence[tuple[UUID, str]]) -> Account:
    """The ids become numbers, the rows get an order: both by what the rows say, so that they are always the same."""
    colours: dict[UUID, bytes] = {one: b"" for line in lines for one in _ids(line)} | {one: b"" for one, _k in held}
    _refine(lines, held, colours)
    while tied := _tied(colours):
        colours[tied[0]] += b"first"
        _refine(lines, held, colours)
    order = sorted(colours, key=lambda one: colours[one])
    numbers = {one: place for place, one in enumerate(order)}

    def named(cell: Cell) -> Cell:
        return ("id", numbers[cell[1]], cell[2])

    models_in_order = {model: place for place, model in enumerate(file_models())}
    found = [Line(line.model, {name: _mapped(cell, named) for name, cell in line.cells.items()}) for line in lines]
    found.sort(key=lambda line: (models_in_order[line.model], repr(sorted(line.cells.items()))))
    return Account(tuple(found), tuple(sorted((numbers[one], str(klass)) for one, klass in held)), len(order))


def _refine(lines: Sequence[Line], held: Sequence[tuple[UUID, str]], colours: dict[UUID, bytes]) -> None:
    """Each id takes the colour of the rows it stands in, until no more of them differ."""
    count = 0
    while len(set(colours.values())) > count:
        count = len(set(colours.values()))
        seen: dict[UUID, list[bytes]] = {one: [colours[one]] for one in colours}
        for line in lines:
            coloured = {
                name: _mapped(cell, lambda one: ("id", colours[one[1]], one[2])) for name, cell in line.cells.items()
            }
            said = _hash(repr((line.model._meta.label, sorted(coloured.items()))).encode())
            for name, cell in line.cells.items():
                for one in _ids_of(cell):
                    seen[one].append(_hash(name.encode() + said))
        for one, klass in held:
            seen[one].append(_hash(str(klass).encode()))
        for one, said_of in seen.items():
            colours[one] = _hash(b"".join(sorted(said_of)))


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _tied(colours: Mapping[UUID, bytes]) -> list[UUID]:
    by: dict[bytes, list[UUID]] = {}
    for one, colour in colours.items():
        by.setdefault(colour, []).append(one)
    return next((ones for _colour, ones in sorted(by.items()) if len(ones) > 1), [])


def _ids(line: Line) -> Iterable[UUID]:
    return (one for cell in line.cells.values() for one in _ids_of(cell))


def _ids_of(cell: Any) -> Iterable[Any]:
    if isinstance(cell, tuple):
        if cell and cell[0] == "id":
            yield cell[1]
        else:
            for part in cell:
                yield from _ids_of(part)


def _mapped(cell: Any, change: Callable[[Cell], Cell]) -> Any:
    if not isinstance(cell, tuple):
        return cell
    if cell and cell[0] == "id":
        return change(cell)
    return tuple(_mapped(part, change) for part in cell)
