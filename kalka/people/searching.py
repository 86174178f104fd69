"""Search by name, number or phone, among the people of files the actor may see. Names are opened and compared here;
nothing is stored that could be searched by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.people.models import Person, PersonChange, Said
from kalka.people.rules import match
from kalka.people.rules.names import EXACT, FOLDED, NEAR
from kalka.people.seen import contact_of, names_of
from kalka.vault.keys import Keys

LOOKED_AT = 2_000  # people; the newest of what the actor sees
SHOWN = 50
SHORTEST, LONGEST = 2, 100
DIGITS = 6  # of a phone that are enough to find it by its end
_ORDER = {EXACT: 0, FOLDED: 1, NEAR: 2}


@dataclass(frozen=True, slots=True)
class Hit:
    person_id: UUID
    subject_id: UUID
    name: str
    sex: str
    age_band: str
    how: str  # exact, folded or near


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, the nearest first. `capped`: there are more people, or more hits, than were looked at or shown."""

    hits: tuple[Hit, ...] = ()
    capped: bool = False

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


def search(actor: Actor, query: str, *, now: datetime) -> Found:
    """By exact words, by the folded form, and one edit away. One entry in the record, whatever is found.

    Refuses less than two letters and more than a hundred.
    """
    query = query.strip()
    if len(query) < SHORTEST:
        raise DomainError("people.search_too_short", field="query", least=SHORTEST)
    if len(query) > LONGEST:
        raise DomainError("people.too_long", field="query", most=LONGEST)
    seen = access.visible(actor, Person.objects.all(), now=now).order_by("-recorded_at", "id")
    people = list(seen[: LOOKED_AT + 1])
    capped, people = len(people) > LOOKED_AT, people[:LOOKED_AT]
    keys = access.unlock(actor, {p.subject_id for p in people}, what="people.search", now=now)
    changes = PersonChange.objects.filter(subject_id__in={p.subject_id for p in people}).order_by("number")
    latest = {change.person_id: change for change in changes}
    hits = [hit for p in people if (hit := _hit(p.pk, latest.get(p.pk, p), query, keys))]
    hits.sort(key=lambda hit: (_ORDER[hit.how], hit.name.casefold(), str(hit.person_id)))
    return Found(tuple(hits[:SHOWN]), capped or len(hits) > SHOWN)


def _hit(person_id: UUID, row: Said, query: str, keys: Keys) -> Hit | None:
    identity: dict[str, Any] = keys.get(row, "identity") or {}
    names = [name.whole for name in names_of(identity)]
    how = _by_number(query, identity.get("pin", ""), row, keys) or match(query, names)
    if how is None:
        return None
    name = next((name for name in names if name), "")
    return Hit(person_id, row.subject_id, name, row.sex, row.age_band, how)


def _by_number(query: str, pin: str, row: Said, keys: Keys) -> str | None:
    digits = "".join(c for c in query if c.isdigit())
    if len(digits) < DIGITS or any(c.isalpha() for c in query):
        return None
    if digits == pin.replace(" ", ""):
        return EXACT
    contact = contact_of(row, keys)
    held = "".join(c for c in contact.phone if c.isdigit()) if contact else ""
    # 0700 123 456 and +996 700 123 456 are one phone.
    return EXACT if held and held.endswith(digits.removeprefix("996").lstrip("0")) else None
