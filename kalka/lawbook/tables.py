"""What else the law says with dates: editions of its acts, the table of deadlines, who owes what, who tells whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from kalka.core.datafile import Fields, read, refuse
from kalka.lawbook import book, schema
from kalka.lawbook.codes import subject_codes
from kalka.lawbook.schema import CONFIDENCES, Citation

T = TypeVar("T")
History: TypeAlias = tuple[Citation, ...]
Rows: TypeAlias = tuple[tuple[Callable[[Citation], T], History], ...]  # what is made of where it stands on a day
SEEN = ("none", "start", "part", "quoted")
NO_RULE = ("practice", "draft", "contract", "other_method")  # what a row of the table is when it is no rule of law


@dataclass(frozen=True, slots=True)
class Edition:
    """From which day another text of an act holds, by which act, and what is known to differ."""

    act: str
    since: date
    since_confidence: str
    by: str
    seen: str
    what: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A row of the table: the keys that hold it, or what it is instead of a rule of law (`standing`)."""

    number: int
    keys: tuple[str, ...]
    standing: str
    title: Mapping[str, str]
    said: Mapping[str, str]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a subject owes on a day. `term` names a key; None: no term was found. `duties`: what carries it out here."""

    code: str
    subject: str
    title: Mapping[str, str]
    term: str | None
    duties: tuple[str, ...]
    where: Citation

    def cite(self, lang: str = "ky") -> str:
        return book.cite(self.where.act, self.where.article, lang)


@dataclass(frozen=True, slots=True)
class Interaction:
    """Who tells whom. None for everybody, or for somebody who is no subject; a form of None is unset."""

    code: str
    sender: str | None
    receiver: str | None
    what: Mapping[str, str]
    term: str | None
    form: Mapping[str, str] | None
    duties: tuple[str, ...]
    where: Citation

    def cite(self, lang: str = "ky") -> str:
        return book.cite(self.where.act, self.where.article, lang)


def editions(path: Path | None = None) -> tuple[Edition, ...]:
    """Of every act, by day. Refuses `datafile.refused`."""
    return _editions(path or book.FOLDER / "editions.yaml")


def editions_on(day: date) -> tuple[Edition, ...]:
    """The edition of each act that holds on a day."""
    begun = [one for one in editions() if one.since <= day]
    return tuple({one.act: one for one in sorted(begun, key=lambda one: one.since)}.values())


def deadlines(path: Path | None = None) -> tuple[Deadline, ...]:
    return _deadlines(path or book.FOLDER / "deadlines.yaml")


def obligations_on(day: date) -> tuple[Obligation, ...]:
    """In the order of the file."""
    return _made(_obligations(), day)


def interactions_on(day: date) -> tuple[Interaction, ...]:
    return _made(_interactions(), day)


@cache
def _editions(path: Path) -> tuple[Edition, ...]:
    file = Fields(read(path), path.name)
    found = [one for act in file.names() for one in _of_act(act, Fields({"rows": file.raw(act)}, path.name))]
    return tuple(sorted(found, key=lambda one: (one.since, one.act)))


def _of_act(act: str, body: Fields) -> list[Edition]:
    rows = [_edition(act, Fields(row, f"{body.where}: {act}")) for row in body.take("rows", list)]
    if [one.since for one in rows] != sorted({one.since for one in rows}):
        refuse(body.where, f"the editions of {act} are not in order")
    return rows


def _edition(act: str, row: Fields) -> Edition:
    found = Edition(
        act=act,
        since=row.take("from", date),
        since_confidence=row.one_of("from_confidence", CONFIDENCES),
        by=row.take("by", str),
        seen=row.one_of("seen", SEEN),
        what=row.words("what"),
    )
    row.close()
    for one in (act, found.by):
        if book.act(one).status == "draft":
            refuse(row.where, f"{one} is a draft: it is no edition")
    return found


@cache
def _deadlines(path: Path) -> tuple[Deadline, ...]:
    file = Fields(read(path), path.name)
    return tuple(_deadline(int(name), Fields(file.raw(name), f"{path.name}: {name}")) for name in file.names())


def _deadline(number: int, row: Fields) -> Deadline:
    if "keys" in row:
        found = Deadline(number, row.strings("keys"), "", {}, {}, "", "")
        if unknown := set(found.keys) - set(book.keys()):
            refuse(row.where, f"no such key: {', '.join(sorted(unknown))}")
    else:
        standing, title, said = row.one_of("is", NO_RULE), row.words("title"), row.words("said")
        confidence, source = row.one_of("confidence", CONFIDENCES), row.take("source", str)
        found = Deadline(number, (), standing, title, said, confidence, source)
    row.close()
    return found


@cache
def _obligations() -> Rows[Obligation]:
    found: list[tuple[Callable[[Citation], Obligation], History]] = []
    for code, row in _rows("obligations.yaml"):
        subject = _subject(row, "subject")
        if subject is None:
            refuse(row.where, "somebody owes it")
        owed = partial(Obligation, code, subject, row.words("title"), _term(row), row.strings("duties"))
        found.append((owed, _history(row)))
        row.close()
    return tuple(found)


@cache
def _interactions() -> Rows[Interaction]:
    found: list[tuple[Callable[[Citation], Interaction], History]] = []
    for code, row in _rows("interactions.yaml"):
        sender, receiver = _subject(row, "from"), _subject(row, "to")
        what, term, form = row.words("what"), _term(row), _form(row)
        tells = partial(Interaction, code, sender, receiver, what, term, form, row.strings("duties"))
        found.append((tells, _history(row)))
        row.close()
    return tuple(found)


def _rows(name: str) -> list[tuple[str, Fields]]:
    file = Fields(read(book.FOLDER / name), name)
    return [(code, Fields(file.raw(code), f"{name}: {code}")) for code in file.names()]


def _subject(row: Fields, key: str) -> str | None:
    found = row.maybe(key, str)
    if found is not None and found not in subject_codes():
        refuse(row.where, f"{found} is no subject")
    return found


def _term(row: Fields) -> str | None:
    found = row.maybe("term", str)
    if found is not None and found not in book.keys():
        refuse(row.where, f"no such key: {found}")
    return found


def _form(row: Fields) -> Mapping[str, str] | None:
    if row.raw("form") is None:
        return None
    return refuse(row.where, "a form is written here once its text was read, and its reader with it")


def _history(row: Fields) -> History:
    """Dated like everything else; a provision rests on an act that is no draft."""
    found = []
    for entry in row.take("history", list):
        fields = Fields(entry, row.where)
        found.append(schema.citation(fields, dict(book.acts())))
        fields.close()
    schema.in_order(found, row.where)
    return tuple(found)


def _standing(history: History, day: date) -> Citation | None:
    past = [one for one in history if one.since <= day]
    if not past or (past[-1].until is not None and past[-1].until < day):
        return None
    return past[-1]


def _made(rows: Rows[T], day: date) -> tuple[T, ...]:
    """Those in force on the day, each with where it then stands."""
    return tuple(made(where) for made, history in rows if (where := _standing(history, day)))
