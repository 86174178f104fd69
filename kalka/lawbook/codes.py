"""Lists that change with the law: forms of violence and subjects of protection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kalka.lawbook import book, schema
from kalka.lawbook.schema import Listed


@dataclass(frozen=True, slots=True)
class Dated:
    """One code as the law stood to it on a day. `standing`: named, not_named or unknown (the text was not seen)."""

    code: str
    title: Mapping[str, str]
    standing: str
    since: date
    act: str | None
    article: str | None
    confidence: str
    source: str

    def cite(self, lang: str = "ky") -> str:
        return book.cite(self.act, self.article, lang)


def forms_on(day: date) -> tuple[Dated, ...]:
    """The forms of violence to record on a day, also those the law does not name: help does not depend on it."""
    return _on("forms.yaml", day)


def subjects_on(day: date) -> tuple[Dated, ...]:
    """Kinds of bodies with an evidenced role. Their number in law is `Law(day)["subjects.count"]`, not this length."""
    return _on("subjects.yaml", day)


def subject_codes() -> frozenset[str]:
    """Of any day."""
    return frozenset(one.code for one in _list("subjects.yaml"))


def subject_title(code: str, lang: str = "ky") -> str:
    """Of any day: also of a subject the law did not know then."""
    return next(one.title[lang] for one in _list("subjects.yaml") if one.code == code)


def _on(file: str, day: date) -> tuple[Dated, ...]:
    return tuple(found for listed in _list(file) if (found := _at(listed, day)))


def _at(listed: Listed, day: date) -> Dated | None:
    past = [stand for stand in listed.history if stand.where.since <= day]
    if not past or (past[-1].where.until is not None and past[-1].where.until < day):
        return None
    last = past[-1]
    where = last.where
    return Dated(
        code=listed.code,
        title=listed.title,
        standing=last.standing,
        since=where.since,
        act=where.act,
        article=where.article,
        confidence=where.confidence,
        source=where.source,
    )


@cache
def _list(file: str) -> tuple[Listed, ...]:
    return schema.listed(book.FOLDER / file, dict(book.acts()))
