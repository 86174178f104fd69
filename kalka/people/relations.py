"""The dated list of what one person can be to another."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.core.errors import DomainError

FILE = Path(__file__).with_name("relations.yaml")
GROUPS = ("intimate", "former_intimate", "blood", "in_law", "care", "household", "none")


@dataclass(frozen=True, slots=True)
class RelationKind:
    code: str
    inverse: str
    group: str
    represents: bool  # may be told in the place of a child
    since: date
    until: date | None
    title: dict[str, str]

    def running(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def kinds() -> dict[str, RelationKind]:
    body = Fields(datafile.read(FILE), FILE.name)
    listed = [_kind(item) for item in body.take("relations", list)]
    body.close()
    found = {kind.code: kind for kind in listed}
    for kind in listed:
        if kind.inverse not in found or found[kind.inverse].inverse != kind.code:
            refuse(FILE.name, f"{kind.code} and {kind.inverse} do not answer each other")
    if len(found) < len(listed):
        refuse(FILE.name, "a code twice")
    return found


def kind(code: str, on: date) -> RelationKind:
    """Refuses a code that is not in the list on that day."""
    found = kinds().get(code)
    if found is None or not found.running(on):
        raise DomainError("people.unknown_relation", field="relation")
    return found


def choices(on: date, lang: str = "ky") -> list[tuple[str, str]]:
    return [(k.code, k.title[lang]) for k in kinds().values() if k.running(on)]


def title(code: str, lang: str = "ky") -> str:
    """The words of any code that was ever in the list; the code itself for one that never was."""
    found = kinds().get(code)
    return found.title[lang] if found else code


def _kind(item: object) -> RelationKind:
    fields = Fields(item, FILE.name)
    code = fields.take("code", str)
    found = RelationKind(
        code=code,
        inverse=fields.take("inverse", str),
        group=fields.one_of("group", GROUPS),
        represents=fields.take("represents", bool),
        since=fields.take("from", date),
        until=fields.maybe("until", date),
        title=fields.words("title"),
    )
    fields.close()
    return found
