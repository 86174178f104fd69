"""The strict shape of the law's data files."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kalka.core.datafile import Fields, read, refuse

CONFIDENCES = ("verbatim", "paraphrase", "unclear", "unknown")
ACT_KINDS = ("law", "code", "resolution", "order", "draft")
ACT_STATUSES = ("in_force", "amending", "replaced", "draft", "unknown")
STANDINGS = ("named", "not_named", "unknown")
NUMBERS = ("hours", "days", "weeks", "months", "years", "count", "day_of_month")
RANGES = ("hours_range", "days_range", "months_range")
UNITS = (*NUMBERS, *RANGES, "flag", "text")
KEY = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[a-z0-9]+)*")
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
ARTICLE = re.compile(r"\d+(-\d+)?(\(\d+(-\d+)?\))?")

Value = int | bool | str | tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Act:
    id: str
    kind: str
    number: str | None
    date: date | None
    status: str
    text_seen: str
    short: dict[str, str]
    title: dict[str, str]
    translated: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a dated entry stands in the law, and how sure we are of it."""

    since: date
    until: date | None
    since_confidence: str
    act: str | None
    article: str | None
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    value: Value
    where: Citation
    edition: str


@dataclass(frozen=True, slots=True)
class Parameter:
    key: str
    title: dict[str, str]
    unit: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """How the law stood to one code of a dated list from a day on."""

    standing: str
    where: Citation


@dataclass(frozen=True, slots=True)
class Listed:
    code: str
    title: dict[str, str]
    history: tuple[Stand, ...]


def acts(path: Path) -> dict[str, Act]:
    file = Fields(read(path), path.name)
    return {id_: _act(id_, Fields(file.raw(id_), f"{path.name}: {id_}")) for id_ in file.names()}


def _act(id_: str, row: Fields) -> Act:
    found = Act(
        id=id_,
        kind=row.one_of("kind", ACT_KINDS),
        number=row.maybe("number", str),
        date=row.maybe("date", date),
        status=row.one_of("status", ACT_STATUSES),
        text_seen=row.one_of("text_seen", ("none", "start", "part", "quoted")),
        short=row.words("short"),
        title=row.words("title"),
        translated=row.strings("translated") if "translated" in row else (),
        note=row.take("note", str),
    )
    row.close()
    return found


def parameters(paths: list[Path], known: dict[str, Act]) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for path in paths:
        file = Fields(read(path), path.name)
        for key in file.names():
            if key in found:
                refuse(path.name, f"{key} is also in another file")
            if not KEY.fullmatch(key):
                refuse(path.name, f"{key} is not a key like theme.name")
            found[key] = _parameter(key, Fields(file.raw(key), f"{path.name}: {key}"), known)
    return found


def _parameter(key: str, body: Fields, known: dict[str, Act]) -> Parameter:
    title, unit, note = body.words("title"), body.one_of("unit", UNITS), body.maybe("note", str) or ""
    entries = tuple(_entry(key, unit, Fields(row, body.where), known) for row in body.take("values", list))
    body.close()
    in_order([e.where for e in entries], body.where)
    return Parameter(key, title, unit, note, entries)


def _entry(key: str, unit: str, row: Fields, known: dict[str, Act]) -> Entry:
    value = _value(unit, row.raw("value"), row.where)
    where = citation(row, known, dated=True)
    row.close()
    if (value is None) != (where.confidence == "unknown"):
        refuse(row.where, "a value is unset (null) exactly when its confidence is unknown")
    if value is not None and where.act is None:
        refuse(row.where, "a value needs the act that sets it")
    return Entry(value, where, _digest(key, unit, value, where))


def citation(row: Fields, known: dict[str, Act], dated: bool = False) -> Citation:
    """`dated` entries must say how sure their first day is; a list takes it from the entry's confidence."""
    act, article = row.maybe("act", str), row.maybe("article", str)
    if act is not None and act not in known:
        refuse(row.where, f"unknown act {act}")
    if act is not None and known[act].status == "draft":
        refuse(row.where, f"{act} is a draft: no rule may rest on it")
    if article is not None and (act is None or not ARTICLE.fullmatch(article)):
        refuse(row.where, f"article {article} is not an article of an act")
    confidence = row.one_of("confidence", CONFIDENCES)
    since, until = row.take("from", date), row.maybe("to", date)
    if until is not None and until < since:
        refuse(row.where, "the last day is before the first")
    sure = row.one_of("from_confidence", CONFIDENCES) if dated else confidence
    return Citation(since, until, sure, act, article, confidence, row.take("source", str))


def _value(unit: str, raw: object, where: str) -> Value:
    if raw is None:
        return None
    if unit == "flag" and isinstance(raw, bool):
        return raw
    if unit == "text" and isinstance(raw, str) and raw:
        return raw
    if unit in NUMBERS and type(raw) is int and raw > 0:
        return raw
    if unit in RANGES and isinstance(raw, list) and [type(n) for n in raw] == [int, int] and 0 < raw[0] < raw[1]:
        return (raw[0], raw[1])
    refuse(where, f"{raw!r} is not a value in {unit}")


def _digest(key: str, unit: str, value: Value, where: Citation) -> str:
    """Names this entry exactly as it was read, so that a decision shows which text it was made under."""
    entry = [key, unit, value, str(where.since), str(where.until), where.since_confidence]
    entry += [where.act, where.article, where.confidence, where.source]
    return hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode()).hexdigest()[:12]


def listed(path: Path, known: dict[str, Act]) -> tuple[Listed, ...]:
    file = Fields(read(path), path.name)
    return tuple(_listed(code, Fields(file.raw(code), f"{path.name}: {code}"), known) for code in file.names())


def _listed(code: str, body: Fields, known: dict[str, Act]) -> Listed:
    if not CODE.fullmatch(code):
        refuse(body.where, "a code is lower case words")
    title = body.words("title")
    history = tuple(_stand(Fields(row, body.where), known) for row in body.take("history", list))
    body.close()
    in_order([s.where for s in history], body.where)
    return Listed(code, title, history)


def _stand(row: Fields, known: dict[str, Act]) -> Stand:
    stand = Stand(row.one_of("standing", STANDINGS), citation(row, known))
    row.close()
    return stand


def in_order(entries: list[Citation], where: str) -> None:
    if not entries:
        refuse(where, "no entry")
    for earlier, later in zip(entries, entries[1:], strict=False):
        if later.since <= earlier.since:
            refuse(where, f"{later.since} does not come after {earlier.since}")
        if earlier.until is not None and earlier.until >= later.since:
            refuse(where, f"{earlier.until} reaches into the entry of {later.since}")
