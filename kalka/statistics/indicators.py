"""The indicators, read once from data. A slip of the pen stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core.datafile import Fields, read, refuse
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.statistics.dimensions import DIMENSIONS, PLACE

FILE = Path(__file__).with_name("indicators.yaml")
KINDS = (
    "report",
    "case",
    "part",
    "incident",
    "order",
    "protected",
    "service",
    "breach",
    "fact",
    "programme_owed",
    "programme_finished",
    "assessment",
    "visit",
    "missed",
    "call",
    "signal",
    "need",
    "referral",
    "track",
    "track_step",
    "given",
    "aid",
    "document",
    "word",
    "advocate",
    "session",
    "stay",
    "night",
    "hold",
    "turn_away",
    "finding",
    "school_report",
    "closing",
)
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`once`: persons, each counted once in a figure. `months`: a year is the sum of its months, where it adds up."""

    code: str
    of: str
    where: Mapping[str, object]
    once: bool
    months: bool
    by: tuple[str, ...]
    recorded_by: Permission
    law: tuple[str, ...]
    title: Words
    unit: Words
    stage: Words
    agency: Words
    how: tuple[Words, ...]

    @property
    def breakdowns(self) -> tuple[str, ...]:
        return (PLACE, *self.by)

    def counts(self, codes: Mapping[str, object]) -> bool:
        return all(codes.get(field) == value for field, value in self.where.items())

    def adds_up(self, by: str) -> bool:
        """Whether the lines of a breakdown come to the whole."""
        if by == PLACE:
            return not self.once
        dimension = DIMENSIONS[by]
        return not dimension.several and (dimension.lasting or not self.once)


def get(code: str) -> Indicator:
    """Refuses with `statistics.unknown_indicator`."""
    if code not in indicators():
        raise DomainError("statistics.unknown_indicator", field="indicator")
    return indicators()[code]


def why_not(indicator: Indicator, by: str) -> Words | None:
    """Why the lines of a breakdown do not add up; None where they do."""
    if indicator.adds_up(by):
        return None
    return _file()[1]["persons" if indicator.once else "several"]


def why_months_do_not(indicator: Indicator) -> Words | None:
    """Why the months of a year do not add up to it; None where they do."""
    if indicator.once:
        return _file()[1]["persons"]
    return None if indicator.months else _file()[1]["period"]


def indicators() -> Mapping[str, Indicator]:
    return _file()[0]


@cache
def _file() -> tuple[Mapping[str, Indicator], Mapping[str, Words]]:
    body = Fields(read(FILE), FILE.name)
    notes, why = _words(body, "notes"), _words(body, "why_not")
    found: dict[str, Indicator] = {}
    for raw in body.take("indicators", list):
        one = _indicator(Fields(raw, FILE.name), notes)
        if one.code in found:
            refuse(FILE.name, f"{one.code} twice")
        found[one.code] = one
    body.close()
    return found, why


def _words(body: Fields, key: str) -> dict[str, Words]:
    inner = Fields(body.raw(key), f"{FILE.name}: {key}")
    return {name: inner.words(name) for name in inner.names()}


def _indicator(fields: Fields, notes: Mapping[str, Words]) -> Indicator:
    code = fields.take("code", str)
    fields.where = f"{FILE.name}: {code}"
    how, also, permission = fields.words("how"), fields.strings("notes"), fields.take("recorded_by", str)
    if unknown := [name for name in also if name not in notes]:
        refuse(fields.where, f"unknown notes: {', '.join(unknown)}")
    if permission not in Permission.__members__:
        refuse(fields.where, f"{permission} is no permission")
    found = Indicator(
        code=code,
        of=fields.one_of("of", KINDS),
        where=fields.maybe("where", dict) or {},
        once=fields.maybe("once", bool) or False,
        months="months" not in fields or fields.take("months", bool),
        by=_by(fields),
        recorded_by=Permission[permission],
        law=fields.strings("law") if "law" in fields else (),
        title=fields.words("title"),
        unit=fields.words("unit"),
        stage=fields.words("stage"),
        agency=fields.words("agency"),
        how=(how, *(notes[name] for name in also)),
    )
    fields.close()
    return found


def _by(fields: Fields) -> tuple[str, ...]:
    listed = fields.strings("by")
    if unknown := [by for by in listed if by not in DIMENSIONS]:
        refuse(fields.where, f"unknown breakdowns: {', '.join(unknown)}")
    return listed
