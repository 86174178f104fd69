"""The rows that a course of a case left behind, told without its ids, days, people and posts.

What a value means is found by comparing: an id is one of the rows' own, a moment is told from the first one, a word is
one the course was told with. Two courses of one shape come out alike, whatever they were told with.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import UUIDField

from kalka.access import selectors as access
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.demo.simulate import houses
from kalka.demo.simulate.numbering import Account, Cell, Line, Model, file_models, has_subject, numbered, owner
from kalka.demo.simulate.told import CODES, Told, called
from kalka.lawbook.book import Law
from kalka.orders.numbers import number_key
from kalka.vault.blind import Kind, mac
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.keys import Keys

OF_FILE = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT, Klass.REPORTER, Klass.NOTE, Klass.EVIDENCE)
BESIDE = {"guide.Service"}
CODED = {"shelters.Stay"}  # their own code, which is that of the case where it is cast: nobody meets both
_HEX = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{20,32}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOLDER = re.compile(r"(post|org):(\d+)")
_SPAN = 800  # days: a date farther from the course than this is none of its own


def columns(model: Model) -> list["models.Field[Any, Any]"]:
    """Without a key that counts: nothing of a file points at one, and the database gives it."""
    return [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]


@command("demo.read_back", needs=Permission.CASE_READ)
def account(actor: Actor, *, subjects: Mapping[UUID, Actor], told: Told, now: datetime) -> Account:
    """Of the subjects' files, each read by somebody who sees it."""
    with sight.beyond():  # several files, by somebody else each: what each sees is asked of `keys_for`
        keys = Keys({})
        for subject, reader_of in subjects.items():
            keys = keys.joined(access.keys_for(reader_of, subject, now=now, klasses=OF_FILE))
        rows = [row for row in _rows(list(subjects)) if not _left_out(row)]
        known = {row.pk for row in rows if isinstance(row.pk, UUID)} | set(subjects)
        reader = Reader(told, known)
        lines = [reader.line(row, keys) for row in rows]
        held = [(subject, klass) for subject in subjects for klass in OF_FILE if keys.has(subject, klass)]
    return numbered(lines, held)


def _rows(subjects: list[UUID]) -> list[models.Model]:
    """Most models hold nothing of a course: only the others are read."""
    found: list[models.Model] = []
    for model in _with_any(subjects):
        if name := owner(model):
            found += model._default_manager.filter(**{f"{name}__in": subjects})
            continue
        to = next(f for f in model._meta.concrete_fields if f.is_relation and has_subject(f.related_model))  # type: ignore[arg-type]  # a model
        if owners := [row.pk for row in found if type(row) is to.related_model]:
            found += model._default_manager.filter(**{f"{to.attname}__in": owners})
    return found


def _with_any(subjects: list[UUID]) -> list[Model]:
    """In their order: those with a row of these subjects, by one statement, and those that do not name a subject."""
    named = [model for model in file_models() if owner(model)]
    ids = [UUIDField().get_db_prep_value(one, connection) for one in subjects]
    with connection.cursor() as cursor:
        cursor.execute(_asked(len(ids)), ids * len(named))
        there = {named[number] for (number,) in cursor.fetchall()}
    return [model for model in file_models() if model in there or not owner(model)]


@cache
def _asked(subjects: int) -> str:
    marks = ", ".join(["%s"] * subjects)
    named = [model for model in file_models() if owner(model)]
    where = [
        (model._meta.db_table, field.column)
        for model in named
        for field in model._meta.concrete_fields
        if field.name == owner(model)
    ]
    return " UNION ALL ".join(
        f'SELECT {number} WHERE EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" IN ({marks}))'
        for number, (table, column) in enumerate(where)
    )


def _left_out(row: models.Model) -> bool:
    """By which year somebody is found on the road (`kalka search identify` writes it), and what is asked of some visits
    by lot: two courses of one shape are unlike in it."""
    duty = getattr(row, "duty", row)
    return row._meta.label == "followup.VisitSaid" or getattr(duty, "kind", "") in {Kind.YEAR, "visit.ask"}


class Reader:
    """Turns the values of one course into cells that say what they are."""

    def __init__(self, told: Told, known: Iterable[UUID]) -> None:
        self.told = told
        self._known = {one.hex[:20]: one for one in known}
        self._texts = {text: name for name, text in told.words.items() if name not in CODES and isinstance(text, str)}

    def line(self, row: models.Model, keys: Keys) -> Line:
        return Line(type(row), {f.attname: self._cell(row, f, keys) for f in columns(type(row))})

    def _cell(self, row: models.Model, field: "models.Field[Any, Any]", keys: Keys) -> Cell:
        value = getattr(row, field.attname)
        if isinstance(field, SealedField):
            opened = keys.get(row, field.attname)
            return ("empty",) if opened is None else ("sealed", str(field.klass), self._json(opened, ""))
        if value is None:
            return ("const", None)
        if isinstance(field, models.JSONField):
            return self._stored(value)
        if isinstance(field, models.BinaryField):
            return self._bytes(field.name, bytes(value))
        if type(value) is int:
            return self._integer(field, value)
        if field.model._meta.label in CODED and field.name == "ref":
            return ("text", (("ref",),))
        if field.is_relation and (beside := self._beside(field.related_model._meta.label, value)):  # type: ignore[union-attr]  # a model
            return beside
        return self.value(field.name, value)

    def _beside(self, target: str, value: Any) -> Cell | None:
        """What is of no file: the same for every case, or for every case of a place."""
        if target in BESIDE:
            return ("const", value.hex)
        if target not in houses.OF_HOUSE:
            return None
        what = houses.OF_HOUSE[target]
        if value == houses.id_of(what, self.told.cast):
            return ("house", what)
        return ("id", self._known[value.hex[:20]], "hex")

    def _stored(self, value: Any) -> Cell:
        """JSON in a column of its own: a provision is the law of its day, whichever that is."""
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and (law := Law(self.told.day).get(key)) and law.as_json() == value:
            return ("law", key)
        return ("json", json.dumps(value))

    def _bytes(self, name: str, value: bytes) -> Cell:
        if not value:
            return ("empty",)
        number = self.told.words.get("order.number")
        if isinstance(number, str) and value == number_key(number):
            return ("number key",)
        if value == mac(Kind.PHONE, str(self.told.words.get("her.phone", ""))):
            return ("phone",)
        if value == called(self.told.words):
            return ("called",)
        if name != "digest":
            raise LookupError(f"unknown bytes in {name}")
        return ("digest",)

    def _integer(self, field: "models.Field[Any, Any]", value: int) -> Cell:
        """An id of the directory by what the column points at; a person of the staff by the column's name."""
        target = field.related_model._meta.label if field.is_relation else field.name  # type: ignore[union-attr]  # a model
        cast = self.told.cast
        if target in ("directory.Post", "post_id", "to_post"):
            return ("post", cast.post_name(value))
        if target == "directory.Organisation":
            return ("org", cast.org_name(value))
        if target in ("author_id", "user_id", "seen_by"):
            return ("user", cast.user_name(value)) if value > 0 else ("const", value)
        return ("const", value)

    def value(self, name: str, value: Any) -> Cell:
        """A value that is no number; `name`: of the column, or of the key it stands under."""
        if isinstance(value, UUID):
            return ("id", self._known[value.hex[:20]], "hex")
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            return self._day(value)
        for word, places in CODES.items():
            if name in places and type(value) is type(told := self.told.words.get(word)) and value == told:
                return ("word", word)
        return self._text(value) if isinstance(value, str) else ("const", value)

    def _moment(self, value: datetime) -> Cell:
        """What is told from a moment keeps its seconds; what the calendar says does not, and moves by whole days."""
        if value.second == self.told.begun.second:
            return ("moment", int((value - self.told.begun).total_seconds()))
        midnight = datetime.combine(self.told.day, time.min, tzinfo=clock.BISHKEK)
        return ("clock", int((value - midnight).total_seconds()))

    def _day(self, value: date) -> Cell:
        return ("day", (value - self.told.day).days)

    def _text(self, text: str) -> Cell:
        if text in self._texts and text:
            return ("word", self._texts[text])
        if found := _HOLDER.fullmatch(text):
            kind, number = found[1], int(found[2])
            cast = self.told.cast
            return ("holder", kind, cast.post_name(number) if kind == "post" else cast.org_name(number))
        if _DAY.fullmatch(text) and abs((date.fromisoformat(text) - self.told.day).days) < _SPAN:
            return self._day(date.fromisoformat(text))
        parts = tuple(self._parts(text))
        return ("const", text) if all(isinstance(one, str) for one in parts) else ("text", parts)

    def _parts(self, text: str) -> Iterable[Any]:
        """A text with an id or the reference among its words."""
        if self.told.ref and self.told.ref in text:
            before, _ref, after = text.partition(self.told.ref)
            yield from self._parts(before)
            yield ("ref",)
            yield from self._parts(after)
            return
        place = 0
        for match in _HEX.finditer(text):
            one = self._known.get(match[0].replace("-", "")[:20])
            if one is not None:
                yield text[place : match.start()]
                yield ("id", one, "dashed" if "-" in match[0] else str(len(match[0])))
                place = match.end()
        if text[place:]:
            yield text[place:]

    def _json(self, value: Any, name: str) -> Cell:
        """JSON as the vault writes it, in pieces: words as they are, and cells between them."""
        return tuple(_joined(self._pieces(value, name)))

    def _pieces(self, value: Any, name: str) -> Iterable[Any]:
        if isinstance(value, dict):
            yield "{"
            for count, (key, one) in enumerate(value.items()):
                yield f"{',' if count else ''}{_written(key)}:"
                yield from self._pieces(one, key)
            yield "}"
        elif isinstance(value, list):
            yield "["
            for count, one in enumerate(value):
                yield "," if count else ""
                yield from self._pieces(one, name)
            yield "]"
        else:
            cell = self.value(name, value) if value is not None else ("const", None)
            yield _written(value) if cell[0] == "const" else cell


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _joined(pieces: Iterable[Any]) -> Iterable[Any]:
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        yield piece
        text = ""
    if text:
        yield text
