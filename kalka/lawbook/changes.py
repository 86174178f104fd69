"""What changed in the law between two days, in an order a jurist can go through and sign."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeAlias

from kalka.lawbook import book, tables
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.codes import Dated, forms_on, subjects_on
from kalka.lawbook.tables import Edition, Interaction, Obligation

Row: TypeAlias = Obligation | Interaction


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
class Group:
    """The numbers one act changed on one day: other values first, then what only rests on something else now.

    Nothing is named where rules ended and no other took their place.
    """

    act: str | None
    since: date | None
    since_confidence: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """Who owes what, or who tells whom; None: nobody did on that day."""

    before: Row | None
    after: Row | None


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
    owed: tuple[RowChange, ...]
    told: tuple[RowChange, ...]
    edition: str  # of the whole book, as it was read for this

    @property
    def nothing(self) -> bool:
        listed = self.subjects, self.forms, self.owed, self.told
        return not (self.editions or self.numbers or any(listed))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The numbers by what changed them, in the order of the days."""

        def made_by(one: Change) -> tuple[date, str]:
            return (one.after.since, one.after.act or "") if one.after else (date.max, "")

        ordered = sorted(self.numbers, key=lambda one: (*made_by(one), one.same_value, one.key))
        return tuple(_group(list(some)) for _made, some in groupby(ordered, key=made_by))


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
        _rows(tables.obligations_on(first), tables.obligations_on(second)),
        _rows(tables.interactions_on(first), tables.interactions_on(second)),
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


def _group(changes: list[Change]) -> Group:
    found = changes[0].after
    if found is None:
        return Group(None, None, "", tuple(changes))
    return Group(found.act, found.since, found.since_confidence, tuple(changes))


def _rows(
    first: Sequence[Obligation | Interaction], second: Sequence[Obligation | Interaction]
) -> tuple[RowChange, ...]:
    before, after = ({one.code: one for one in listed} for listed in (first, second))
    pairs = ((before.get(code), after.get(code)) for code in dict.fromkeys([*before, *after]))
    return tuple(RowChange(old, new) for old, new in pairs if old != new)
