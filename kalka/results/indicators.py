"""The indicators, read once from data. A slip of the pen stops the start; a target on families cannot be written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core.datafile import Fields, read, refuse
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.results.rules import Line

FILE = Path(__file__).with_name("indicators.yaml")
KINDS = ("committee", "member", "participant", "event", "sitting", "family", "contact", "referral", "aid", "handing")
MEASURES = ("rows", "who", "persons", "people", "times", "consultations", "som", "copies")
OWN_WORK = ("sittings", "contacts", "events", "people", "trained", "materials")  # what may have a target
TARGETS_OF_FAMILIES = ("contacts",)  # work with families that are there; never how many are found
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opens:
    """The page that lists the records, and the permission without which it is not found. `own`: of one's own committee
    alone."""

    at: str
    may: Permission
    own: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    section: str
    of: str
    where: Mapping[str, tuple[str, ...]]
    measure: str
    stands: bool
    families: bool
    target: str
    unset_by: str
    by: tuple[str, ...]
    opens: Opens
    title: Words
    unit: Words
    stage: Words
    how: Words

    def counts(self, line: Line) -> bool:
        return line.of == self.of and all(line.codes.get(name) in codes for name, codes in self.where.items())


def get(code: str) -> Indicator:
    """Refuses with `results.unknown_indicator`."""
    if code not in indicators():
        raise DomainError("results.unknown_indicator", field="indicator")
    return indicators()[code]


def indicators() -> Mapping[str, Indicator]:
    return _file()[1]


def sections() -> Mapping[str, Words]:
    return _file()[0]


@cache
def _file() -> tuple[Mapping[str, Words], Mapping[str, Indicator]]:
    return parse(read(FILE))


def parse(told: object) -> tuple[Mapping[str, Words], Mapping[str, Indicator]]:
    body = Fields(told, FILE.name)
    inner = Fields(body.raw("sections"), FILE.name)
    parts = {name: inner.words(name) for name in inner.names()}
    found: dict[str, Indicator] = {}
    for raw in body.take("indicators", list):
        one = _indicator(Fields(raw, FILE.name), parts)
        if one.code in found:
            refuse(FILE.name, f"{one.code} twice")
        found[one.code] = one
    body.close()
    return parts, found


def _indicator(fields: Fields, parts: Mapping[str, Words]) -> Indicator:
    code = fields.take("code", str)
    fields.where = f"{FILE.name}: {code}"
    families = "about" in fields and bool(fields.one_of("about", ("families",)))
    target = fields.one_of("target", OWN_WORK) if "target" in fields else ""
    if families and target and target not in TARGETS_OF_FAMILIES:
        refuse(fields.where, "nobody plans how many families are found")
    found = Indicator(
        code=code,
        section=fields.one_of("section", parts),
        of=fields.one_of("of", KINDS),
        where=_where(fields),
        measure=fields.one_of("measure", MEASURES),
        stands=fields.maybe("stands", bool) or False,
        families=families,
        target=target,
        unset_by=fields.maybe("unset_by", str) or "",
        by=fields.strings("by") if "by" in fields else (),
        opens=_opens(fields),
        title=fields.words("title"),
        unit=fields.words("unit"),
        stage=fields.words("stage"),
        how=fields.words("how"),
    )
    fields.close()
    return found


def _where(fields: Fields) -> Mapping[str, tuple[str, ...]]:
    if "where" not in fields:
        return {}
    inner = Fields(fields.raw("where"), fields.where)
    return {name: inner.strings(name) for name in inner.names()}


def _opens(fields: Fields) -> Opens:
    inner = Fields(fields.raw("opens"), fields.where)
    at, may = inner.take("at", str), inner.take("may", str)
    own = inner.maybe("own", bool) or False
    inner.close()
    if may not in Permission.__members__:
        refuse(fields.where, f"{may} is no permission")
    return Opens(at, Permission[may], own)
