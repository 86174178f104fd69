"""Between what was told about a person and what is sealed of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from kalka.people.models import Said
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window, has_disability
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as a page shows them: the latest of everything that was told."""

    id: UUID
    subject_id: UUID
    sex: str
    age_band: str
    version: int  # 0 as first told; a correction says which version it corrects
    names: tuple[Name, ...] = ()
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    pin: str = ""
    note: str = ""
    washington: Mapping[str, str] = field(default_factory=dict)
    contact: Contact | None = None  # None where the reader holds no key to it

    @property
    def name(self) -> str:
        """The first spelling; empty for a person without a name."""
        return next((name.whole for name in self.names if name.whole), "")

    @property
    def has_disability(self) -> bool | None:
        return has_disability(self.washington)


def put_said(row: Said, told: NewPerson, keys: Keys) -> None:
    identity = {
        "names": [asdict(name) for name in told.names],
        "birth_date": told.birth_date.isoformat() if told.birth_date else None,
        "birth_year": told.birth_year,
        "age": told.age,
        "pin": told.pin,
        "note": told.note,
    }
    keys.put(row, "identity", identity)
    keys.put(row, "traits", dict(told.washington))
    keys.put(row, "contact", asdict(told.contact))


def view(person_id: UUID, row: Said, version: int, keys: Keys) -> PersonView:
    """`row` is the latest version of the person."""
    identity: dict[str, Any] = keys.get(row, "identity") or {}
    born = identity.get("birth_date")
    return PersonView(
        id=person_id,
        subject_id=row.subject_id,
        sex=row.sex,
        age_band=row.age_band,
        version=version,
        names=names_of(identity),
        birth_date=date.fromisoformat(born) if born else None,
        birth_year=identity.get("birth_year"),
        age=identity.get("age"),
        pin=identity.get("pin", ""),
        note=identity.get("note", ""),
        washington=keys.get(row, "traits") or {},
        contact=contact_of(row, keys),
    )


def names_of(identity: Mapping[str, Any]) -> tuple[Name, ...]:
    return tuple(Name(**name) for name in identity.get("names", ()))


def contact_of(row: Said, keys: Keys) -> Contact | None:
    if not keys.has(row.subject_id, Klass.CONTACT):
        return None
    held: dict[str, Any] = keys.get(row, "contact") or {}
    safe: dict[str, Any] = held.get("safe") or {}
    lines = {name: held.get(name, "") for name in ("phone", "address", "school", "workplace", "language")}
    return Contact(
        **lines,
        safe=Safe(
            when=tuple(_windows(safe.get("when", ()))),
            by_whom=safe.get("by_whom", "anyone"),
            say=safe.get("say", ""),
            never=tuple(safe.get("never", ())),
        ),
    )


def _windows(held: Iterable[Mapping[str, Any]]) -> Iterable[Window]:
    return (Window(tuple(w["days"]), w["start"], w["end"]) for w in held)
