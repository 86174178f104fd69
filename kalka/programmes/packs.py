"""What is gone through, for whom, and the hours of practice: read strictly from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.programmes.rules import Audience, Pass

FILE = Path(__file__).with_name("packs.yaml")
PRACTICE = Path(__file__).with_name("practice.yaml")
DRAFT = "draft"
_HOURS = ("send_within", "answer_within", "warn_within", "ask_why_within", "decide_within")
Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Module:
    sessions: int
    titles: Titles


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack of a version. `official` is False while the text of the resolution is not there."""

    audience: str
    version: str
    minutes: int
    modules: Mapping[str, Module]
    titles: Titles
    may_miss: int
    look_after: int
    official: bool

    @property
    def sessions(self) -> int:
        return sum(module.sessions for module in self.modules.values())

    @property
    def to_pass(self) -> Pass:
        return Pass(self.sessions - self.may_miss, tuple(self.modules))


def pack(audience: str) -> Pack:
    return _packs()[audience]


def hours(name: str) -> int:
    """Within how many hours something is done by practice."""
    return _practice()[name]


@cache
def _packs() -> Mapping[str, Pack]:
    return parse(FILE.read_text("utf-8"))


@cache
def _practice() -> Mapping[str, int]:
    body = Fields(datafile.read(PRACTICE), PRACTICE.name)
    body.one_of("standing", ("internal",))
    found = {name: body.take(name, int) for name in _HOURS}
    body.close()
    if any(one < 1 for one in found.values()):
        refuse(PRACTICE.name, "less than an hour")
    return found


def parse(text: str) -> Mapping[str, Pack]:
    """One pack for each audience. Refuses one that cannot be finished."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    official = body.one_of("standing", (DRAFT, "official")) != DRAFT
    packs = Fields(body.raw("packs"), FILE.name)
    found = {str(one): _pack(str(one), packs.raw(one), official) for one in Audience}
    packs.close()
    body.close()
    return found


def _pack(audience: str, item: object, official: bool) -> Pack:
    fields = Fields(item, f"{FILE.name}: {audience}")
    modules = Fields(fields.raw("modules"), fields.where)
    made = Pack(
        audience=audience,
        version=fields.take("version", str),
        minutes=fields.take("minutes", int),
        modules={code: _module(modules.raw(code), fields.where) for code in modules.names()},
        titles=fields.words("title"),
        may_miss=fields.take("may_miss", int),
        look_after=fields.take("look_after", int),
        official=official,
    )
    fields.close()
    if not made.modules or not 0 <= made.may_miss < made.sessions or made.look_after < 1 or made.minutes < 1:
        refuse(fields.where, "cannot be finished")
    return made


def _module(item: object, where: str) -> Module:
    fields = Fields(item, where)
    made = Module(fields.take("sessions", int), fields.words("title"))
    fields.close()
    if made.sessions < 1:
        refuse(where, "a module without a session")
    return made
