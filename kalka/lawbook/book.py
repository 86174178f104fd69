"""The law's numbers, as they stood on any day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kalka.core.datafile import Fields
from kalka.core.errors import DomainError
from kalka.lawbook import schema
from kalka.lawbook.schema import Act, Parameter, Value

FOLDER = Path(__file__).parent

_CITED = {
    "ky": ("{act}, {article}-берене", "{act}, {article}-пункт", "{act}, беренеси белгиленген эмес"),
    "ru": ("{act}, ст. {article}", "{act}, п. {article}", "{act}, статья не установлена"),
    "en": ("{act}, art. {article}", "{act}, para. {article}", "{act}, article not established"),
}
_NO_ACT = {"ky": "актысы белгиленген эмес", "ru": "акт не установлен", "en": "act not established"}


@dataclass(frozen=True, slots=True)
class Provision:
    """One value in force from a day on, and the article that says so. `value` is None where the law is unset.

    `edition` names the entry exactly as it was read; a decision keeps the whole provision by value (`as_json`).
    """

    key: str
    value: Value
    unit: str
    since: date
    act: str | None
    article: str | None
    confidence: str
    since_confidence: str
    edition: str

    @property
    def is_set(self) -> bool:
        return self.value is not None

    def whole(self) -> int:
        """The number; refuses with `lawbook.unset` where the law is unset or is no number."""
        if type(self.value) is not int:
            raise DomainError("lawbook.unset", key=self.key)
        return self.value

    def cite(self, lang: str = "ky") -> str:
        return cite(self.act, self.article, lang)

    def as_json(self) -> dict[str, object]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {name: getattr(self, name) for name in self.__slots__} | {
            "value": value,
            "since": self.since.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Provision":
        """Refuses with `lawbook.bad_provision` whatever `as_json` could not have written."""
        row = Fields(dict(stored), "provision")
        try:
            found = cls(
                key=row.take("key", str),
                value=_stored_value(row.raw("value")),
                unit=row.take("unit", str),
                since=date.fromisoformat(row.take("since", str)),
                act=row.maybe("act", str),
                article=row.maybe("article", str),
                confidence=row.take("confidence", str),
                since_confidence=row.take("since_confidence", str),
                edition=row.take("edition", str),
            )
            row.close()
        except (DomainError, ValueError):
            raise DomainError("lawbook.bad_provision") from None
        return found


@dataclass(frozen=True, slots=True)
class Law:
    """The law in force on one day. Rules are given a Law; they never look up the day."""

    day: date

    def __getitem__(self, key: str) -> Provision:
        """Refuses with `lawbook.no_such_key`, and outside first and last day with `lawbook.not_in_force`."""
        found = self.get(key)
        if found is None:
            raise DomainError("lawbook.not_in_force", key=key, day=self.day)
        return found

    def get(self, key: str) -> Provision | None:
        """None where no rule is known for the day; an unknown key is refused all the same."""
        parameter = _parameter(key)
        place = bisect_right([e.where.since for e in parameter.entries], self.day)
        if not place:
            return None
        entry = parameter.entries[place - 1]
        where = entry.where
        if where.until is not None and self.day > where.until:
            return None
        return Provision(
            key=key,
            value=entry.value,
            unit=parameter.unit,
            since=where.since,
            act=where.act,
            article=where.article,
            confidence=where.confidence,
            since_confidence=where.since_confidence,
            edition=entry.edition,
        )


def _stored_value(raw: object) -> Value:
    """A range is a list in JSON."""
    if raw is None or isinstance(raw, int | str):
        return raw
    if isinstance(raw, list) and len(raw) == 2 and all(type(number) is int for number in raw):
        return (raw[0], raw[1])
    raise ValueError(raw)


def cite(act_id: str | None, article: str | None, lang: str = "ky") -> str:
    """How a document names the place in the law; says so where act or article are not established."""
    if act_id is None:
        return _NO_ACT[lang]
    found = act(act_id)
    of_law, of_resolution, without = _CITED[lang]
    if article is None:
        return without.format(act=found.short[lang])
    pattern = of_law if found.kind in ("law", "code") else of_resolution
    return pattern.format(act=found.short[lang], article=article)


def keys() -> tuple[str, ...]:
    return tuple(sorted(_book()))


def title(key: str, lang: str = "ky") -> str:
    return _parameter(key).title[lang]


def note(key: str) -> str:
    """What a reader must know about the whole history of a key; empty where there is nothing."""
    return _parameter(key).note


def history(key: str) -> tuple[Provision, ...]:
    """Every value the key ever had, the first one first."""
    return tuple(Law(entry.where.since)[key] for entry in _parameter(key).entries)


def source(provision: Provision) -> str:
    """What the value was read in; empty for a provision of an edition that is no longer in the book."""
    entries = _parameter(provision.key).entries
    return next((e.where.source for e in entries if e.edition == provision.edition), "")


def act(act_id: str) -> Act:
    """Refuses with `lawbook.no_such_act`."""
    if act_id not in acts():
        raise DomainError("lawbook.no_such_act", act=act_id)
    return acts()[act_id]


@cache
def acts() -> Mapping[str, Act]:
    return schema.acts(FOLDER / "acts.yaml")


def _parameter(key: str) -> Parameter:
    if key not in _book():
        raise DomainError("lawbook.no_such_key", key=key)
    return _book()[key]


@cache
def _book() -> Mapping[str, Parameter]:
    return schema.parameters(sorted((FOLDER / "parameters").glob("*.yaml")), dict(acts()))
