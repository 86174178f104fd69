"""A played course made ready to be cast: what stays, and what every case has of its own.

The values of a case are put in one list, and each of its rows is picked out of it: no model is made on the way.
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from json.encoder import encode_basestring
from operator import itemgetter
from random import Random
from typing import Any
from uuid import UUID

from kalka.core.clock import BISHKEK
from kalka.demo.simulate import houses
from kalka.demo.simulate.ink import Ink, day
from kalka.demo.simulate.numbering import Account, Cell, Line, file_models
from kalka.demo.simulate.recording import columns
from kalka.demo.simulate.refs import reference
from kalka.demo.simulate.told import Told, called
from kalka.lawbook.book import Law
from kalka.orders.numbers import number_key
from kalka.vault import crypto
from kalka.vault import keys as vault
from kalka.vault.blind import Kind, mac
from kalka.vault.classes import Klass
from kalka.vault.models import SubjectKey

Pick = Callable[[Sequence[Any]], tuple[Any, ...]]
Rows = dict[str, list[tuple[Any, ...]]]  # by table
KEYS = SubjectKey._meta.db_table
INTERNAL = {"rule": "internal"}  # as duties and cases say it
ZERO = timedelta(hours=6)  # Bishkek is so far from UTC, all the year


@dataclass(frozen=True, slots=True)
class Sealed:
    subject: int
    klass: str
    before: str  # of the context, up to the key of the row
    pk: int
    after: str
    pieces: tuple[Any, ...]  # text, and numbers of spoken cells


@dataclass(slots=True)
class Plan:
    """`rows`: for each row its table and what picks it out of a case's values."""

    ink: Ink
    ids: int
    kept: list[Any]  # what is the same in every case
    cells: list[Cell]  # clear values of the case's own
    digests: int
    sealed: list[Sealed]
    spoken: list[Cell]  # what stands between the words of sealed values
    keys: tuple[tuple[int, str], ...]
    rows: list[tuple[str, Pick]]

    def cast(self, told: Told, number: int, seed: int, into: Rows) -> None:
        """The rows of one case, added to those of others."""
        rng = Random(f"{seed}/{number}/ids")
        drawn = rng.randbytes(16 * (self.ids + self.digests))
        hexes = [drawn[at : at + 16].hex() for at in range(0, 16 * self.ids, 16)]
        voice = Voice(self.ink, told, hexes, reference(seed, number))
        blob = self.ink.blob
        keys = self._keys(hexes, into)
        spoken = [voice.spoken(cell) for cell in self.spoken]
        values = [
            *hexes,
            *map(voice.clear, self.cells),
            *(blob(drawn[at : at + 16]) for at in range(16 * self.ids, len(drawn), 16)),
            *(blob(self._seal(one, keys, hexes, spoken)) for one in self.sealed),
            *self.kept,
        ]
        for table, pick in self.rows:
            into[table].append(pick(values))

    def _keys(self, hexes: list[str], into: Rows) -> dict[tuple[int, str], bytes]:
        """New data keys, wrapped as the vault wraps them."""
        drawn = secrets.token_bytes(crypto.KEY * len(self.keys))
        found = {}
        for place, (subject, klass) in enumerate(self.keys):
            key = drawn[place * crypto.KEY : (place + 1) * crypto.KEY]
            found[subject, klass] = key
            wrapped = vault.wrapped(UUID(hexes[subject]), Klass(klass), key)
            into[KEYS].append((hexes[subject], self.ink.text(klass), self.ink.blob(wrapped)))
        return found

    def _seal(self, one: Sealed, keys: Mapping[tuple[int, str], bytes], hexes: list[str], spoken: list[str]) -> bytes:
        said = "".join([piece if type(piece) is str else spoken[piece] for piece in one.pieces])
        context = f"{one.before}{_dashed(hexes[one.pk])}{one.after}"
        return crypto.seal(keys[one.subject, one.klass], said.encode(), context.encode())


# What is kept of a number is its digest.
DIGESTS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "number key": lambda words: number_key(words["order.number"]),
    "phone": lambda words: mac(Kind.PHONE, words["her.phone"]),
    "called": called,
}


class Voice:
    """What the cells of a plan are for one case."""

    __slots__ = ("begun", "hexes", "ink", "midnight", "ref", "told")

    def __init__(self, ink: Ink, told: Told, hexes: list[str], ref: str) -> None:
        self.ink, self.told, self.hexes, self.ref = ink, told, hexes, ref
        self.begun = told.begun.astimezone(UTC).replace(tzinfo=None)
        self.midnight = datetime.combine(told.day, time.min) - ZERO

    def clear(self, cell: Cell) -> Any:
        """As a column holds it: the commonest first."""
        kind = cell[0]
        if kind == "moment":
            return self.ink.moment(self.begun + timedelta(0, cell[1]))
        if kind == "text":
            return self.ink.text(self._text(cell))
        if kind == "clock":
            return self.ink.moment(self.midnight + timedelta(0, cell[1]))
        if kind == "day":
            return day(self.told.day + timedelta(cell[1]))
        if kind == "word":
            return self.ink.const(self.told.words[cell[1]])
        if kind == "house":
            return self.ink.text(houses.id_of(cell[1], self.told.cast).hex)
        if kind in DIGESTS:
            return self.ink.blob(DIGESTS[kind](self.told.words))
        return self.ink.const(self._party(cell))

    def spoken(self, cell: Cell) -> str:
        """As it stands in JSON."""
        kind = cell[0]
        if kind == "word":
            word = self.told.words[cell[1]]
            return encode_basestring(word) if type(word) is str else json.dumps(word)
        if kind == "day":
            return f'"{day(self.told.day + timedelta(days=cell[1]))}"'
        if kind == "text":
            return json.dumps(self._text(cell), ensure_ascii=False)
        raise LookupError(f"{kind} in a sealed value")

    def _text(self, cell: Cell) -> str:
        return "".join([part if type(part) is str else self._part(part) for part in cell[1]])

    def _part(self, part: Cell) -> str:
        if part[0] == "ref":
            return self.ref
        hexed, shape = self.hexes[part[1]], part[2]
        return _dashed(hexed) if shape == "dashed" else hexed[: int(shape)]

    def _party(self, cell: Cell) -> object:
        """A post, a person of the staff, an organisation, or whoever holds a grant."""
        kind, name = cell[0], cell[-1]
        actor = self.told.cast.actor(name)
        if kind == "holder":
            return f"post:{actor.post_id}" if cell[1] == "post" else f"org:{actor.organisation_id}"
        return {"post": actor.post_id, "user": actor.user_id, "org": actor.organisation_id}[kind]


def _dashed(hexed: str) -> str:
    return f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}"


@dataclass(slots=True)
class Maker:
    """Puts a plan together, row by row."""

    ink: Ink
    ids: int
    law: Law
    kept: dict[Any, int] = field(default_factory=dict)
    cells: dict[Cell, int] = field(default_factory=dict)
    sealed: list[Sealed] = field(default_factory=list)
    spoken: dict[Cell, int] = field(default_factory=dict)
    digests: int = 0
    picked: list[tuple[str, list[tuple[str, int]]]] = field(default_factory=list)

    def plan(self, keys: tuple[tuple[int, str], ...]) -> Plan:
        sizes = {"id": self.ids, "cell": len(self.cells), "digest": self.digests, "sealed": len(self.sealed), "kept": 0}
        starts, at = {}, 0
        for kind, size in sizes.items():
            starts[kind], at = at, at + size
        rows: list[tuple[str, Pick]] = [
            (table, itemgetter(*(starts[kind] + place for kind, place in row))) for table, row in self.picked
        ]
        return Plan(
            self.ink,
            self.ids,
            list(self.kept),
            list(self.cells),
            self.digests,
            self.sealed,
            list(self.spoken),
            keys,
            rows,
        )

    def add(self, line: Line) -> None:
        self.picked.append(
            (line.model._meta.db_table, [self._column(line, name, cell) for name, cell in line.cells.items()])
        )

    def _column(self, line: Line, name: str, cell: Cell) -> tuple[str, int]:
        kind = cell[0]
        if kind == "id":
            return "id", cell[1]
        if kind == "digest":
            self.digests += 1
            return "digest", self.digests - 1
        if kind == "sealed":
            return self._sealed(line, name, cell)
        if kind in ("const", "json", "law", "empty"):
            return "kept", self._place(self.kept, self._same(kind, cell))
        return "cell", self._place(self.cells, cell)

    def _same(self, kind: str, cell: Cell) -> Any:
        """What every case of this plan says. A law not yet made is cited by nobody: an internal rule."""
        if kind == "law":
            provision = self.law.get(cell[1])
            return self.ink.text(json.dumps(provision.as_json() if provision else INTERNAL))
        return self.ink.text(cell[1]) if kind == "json" else self.ink.const(b"" if kind == "empty" else cell[1])

    def _sealed(self, line: Line, name: str, cell: Cell) -> tuple[str, int]:
        pk = line.cells[line.model._meta.pk.attname]
        before, _pk, after = vault.context(line.model, "\0", name).decode().partition("\0")
        pieces = tuple(piece if isinstance(piece, str) else self._place(self.spoken, piece) for piece in cell[2])
        self.sealed.append(Sealed(line.cells["subject_id"][1], cell[1], before, pk[1], after, pieces))
        return "sealed", len(self.sealed) - 1

    def _place(self, places: dict[Any, int], one: Any) -> int:
        return places.setdefault(one, len(places))


def ready(found: Account, law: Law, ink: Ink) -> Plan:
    """`law`: of any day of the era the cases are cast in."""
    maker = Maker(ink, found.ids, law)
    for line in found.lines:
        maker.add(line)
    return maker.plan(found.keys)


def tables() -> dict[str, list[str]]:
    """Every table a plan may write to and its columns, those pointed at first."""
    found = {KEYS: [str(f.column) for f in columns(SubjectKey)]}
    return found | {model._meta.db_table: [str(f.column) for f in columns(model)] for model in file_models()}


assert BISHKEK.utcoffset(datetime(2021, 1, 1)) == ZERO
