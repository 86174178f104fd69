"""Roles and kinds of organisation, read once from data. An unknown permission or key stops the start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kalka.core.datafile import Fields, read
from kalka.core.permissions import Permission

FOLDER = Path(__file__).parent
EVERYBODY = frozenset({Permission.TODAY, Permission.OWN_ACCOUNT})


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    titles: Mapping[str, str]
    today: Mapping[str, str]  # what Today says while nothing waits: what will stand there, and what can be done now
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    code: str
    titles: Mapping[str, str]
    subject: str  # which kind of subject of the law it belongs to, or nothing


@dataclass(frozen=True, slots=True)
class Category:
    """Whom a member of a local committee stands for."""

    code: str
    group: str
    titles: Mapping[str, str]


def _roles() -> dict[str, Role]:
    roles, path = {}, FOLDER / "roles.yaml"
    for code, fields in _entries(path):
        titles, today, may = fields.words("title"), fields.words("today"), fields.strings("may")
        fields.close()
        roles[code] = Role(code, titles, today, EVERYBODY | {Permission[name] for name in may})
    return roles


def _kinds() -> dict[str, OrganisationKind]:
    kinds, path = {}, FOLDER / "kinds.yaml"
    for code, fields in _entries(path):
        kinds[code] = OrganisationKind(code, fields.words("title"), str(fields.raw("subject")))
        fields.close()
    return kinds


def _categories() -> tuple[dict[str, Mapping[str, str]], dict[str, Category]]:
    body = Fields(read(FOLDER / "categories.yaml"), "categories.yaml")
    groups, categories = (Fields(body.raw(part), f"categories.yaml: {part}") for part in ("groups", "categories"))
    body.close()
    titles: dict[str, Mapping[str, str]] = {code: groups.words(code) for code in groups.names()}
    found = {}
    for code in categories.names():
        fields = Fields(categories.raw(code), f"categories.yaml: {code}")
        found[code] = Category(code, fields.one_of("group", titles), fields.words("title"))
        fields.close()
    return titles, found


def _entries(path: Path) -> Iterator[tuple[str, Fields]]:
    body = read(path)
    for code in Fields(body, path.name).names():
        yield code, Fields(Fields(body, path.name).raw(code), f"{path.name}: {code}")


ROLES: Mapping[str, Role] = _roles()
KINDS: Mapping[str, OrganisationKind] = _kinds()
GROUPS, CATEGORIES = _categories()
