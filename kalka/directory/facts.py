"""What statistics may know of organisations: which kind each post belongs to, and where somebody could record.

Which single one it is and its name is for exact figures alone, of files their reader may open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kalka.core import memory
from kalka.core.permissions import Permission
from kalka.directory.models import Organisation, Post
from kalka.directory.roles import KINDS, ROLES

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Some post of this territory could record, from a day on, perhaps to one. `until` is the last day."""

    place: str
    since: date
    until: date | None


def agencies() -> dict[int | None, str]:
    """The kind of organisation of every post that ever was. What the installation wrote itself has none."""
    return _agencies()


def _read_agencies() -> dict[int | None, str]:
    found: dict[int | None, str] = dict(Post.objects.values_list("id", "organisation__kind"))
    found[None] = UNKNOWN
    return found


_agencies = memory.Kept(_read_agencies)  # every figure asks for it


def organisations() -> dict[int | None, int]:
    """The organisation of every post that ever was."""
    return _organisations()


def organisation_names() -> dict[int, Mapping[str, str]]:
    """In every language they are written in, Kyrgyz at least."""
    return _names()


def _read_organisations() -> dict[int | None, int]:
    return dict(Post.objects.values_list("id", "organisation_id"))


def _read_names() -> dict[int, Mapping[str, str]]:
    return dict(Organisation.objects.values_list("id", "name"))


_organisations = memory.Kept(_read_organisations)
_names = memory.Kept(_read_names)


def agency_kinds() -> tuple[str, ...]:
    return tuple(KINDS)


def agency_title(code: str, lang: str) -> str:
    return KINDS[code].titles[lang] if code in KINDS else code


def recorders(permission: Permission) -> list[Recorder]:
    """Where a post stood whose role may do this: no line from there before means no data, which is not nought."""
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    rows = Post.objects.filter(role__in=roles).values_list("place", "since", "until").distinct()
    return [Recorder(*row) for row in rows.order_by("place", "since")]
