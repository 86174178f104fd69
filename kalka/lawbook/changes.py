"""What changed in the law between two days, in an order a jurist can go through and sign."""

import hashlib
from dataclasses import dataclass
from datetime import date

from kalka.lawbook import book, tables
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.codes import Dated, forms_on, subjects_on
from kalka.lawbook.tables import Edition


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the law that reads otherwise on the later day. None: no rule is known for that day."""

    key: str
    before: Provision | None
    after: Provision | None

    @property
    def same_value(self) -> bool:
        """The number stayed; what it rests on, or how sure it is, did not."""
        if self.before is None or self.after is None:
            return False
        return self.before.value == self.after.value


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A subject or a form of violence, as the law stood to it; None: it was not there."""

    before: Dated | None
    after: Dated | None

    @property
    def title(self) -> dict[str, str]:
        return dict((self.after or self.before).title)  # type: ignore[union-attr]  # one of the two is there


@dataclass(frozen=True, slots=True)
class Difference:
    first: date
    second: date
    editions: tuple[Edition, ...]  # that began after the first day, up to the second
    numbers: tuple[Change, ...]
    subjects: tuple[CodeChange, ...]
    forms: tuple[CodeChange, ...]
    edition: str  # of the whole book, as it was read for this

    @property
    def nothing(self) -> bool:
        return not (self.editions or self.numbers or self.subjects or self.forms)


def between(first: date, second: date) -> Difference:
    """From the earlier day to the later one, whichever is named first."""
    first, second = sorted((first, second))
    return Difference(
        first,
        second,
        tuple(one for one in tables.editions() if first < one.since <= second),
        tuple(_numbers(Law(first), Law(second))),
        _codes(subjects_on(first), subjects_on(second)),
        _codes(forms_on(first), forms_on(second)),
        edition(),
    )


def edition() -> str:
    """Names the whole book exactly as it was read: every entry of every key."""
    entries = [one.edition for key in book.keys() for one in book.history(key)]
    return hashlib.sha256(" ".join(entries).encode()).hexdigest()[:12]


def _numbers(first: Law, second: Law) -> list[Change]:
    pairs = ((key, first.get(key), second.get(key)) for key in book.keys())
    return [Change(key, before, after) for key, before, after in pairs if before != after]


def _codes(first: tuple[Dated, ...], second: tuple[Dated, ...]) -> tuple[CodeChange, ...]:
    before, after = ({one.code: one for one in listed} for listed in (first, second))
    pairs = ((before.get(code), after.get(code)) for code in dict.fromkeys([*before, *after]))
    return tuple(CodeChange(old, new) for old, new in pairs if old != new)
