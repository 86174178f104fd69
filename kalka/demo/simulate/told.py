"""Who works where a course of a case is played, and what it was told with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kalka.core.actors import Actor
from kalka.demo.staffing import Member
from kalka.people.rules import Name, NewPerson
from kalka.people.rules.identity import names_called
from kalka.vault.blind import Kind, dialled, mac

# Coded words, and the columns or keys of sealed JSON they are found under. Every other word is a text, found anywhere.
CODES: Mapping[str, tuple[str, ...]] = {
    "place": ("place",),
    "village": ("place",),
    "way": ("way",),
    "by_whom": ("by_whom",),
    "firsthand": ("firsthand",),
    "her.sex": ("sex",),
    "her.band": ("age_band",),
    "her.born": ("birth_year",),
    "her.age_from": ("age",),
    "her.language": ("language",),
    "his.sex": ("sex",),
    "his.band": ("age_band",),
    "his.born": ("birth_year",),
    "relation": ("relation", "kind"),
    "relationship": ("relationship",),
    "forms": ("forms",),
    "gbvims": ("gbvims",),
    "contexts": ("contexts",),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """The posts a case in one territory meets, by the names that steps call them."""

    place: str  # the aimak, town or city
    villages: tuple[str, ...]
    unit: str  # the oblast or city of the country it is counted under
    members: Mapping[str, Member]
    tellers: tuple[Member, ...] = ()  # who may write a report down and has nothing else to do with a case
    weight: float = 1.0

    def with_teller(self, teller: Member) -> "Cast":
        return Cast(self.place, self.villages, self.unit, {**self.members, "teller": teller}, self.tellers)

    @property
    def likeness(self) -> tuple[Any, ...]:
        """Alike casts play alike: the same names, and the same posts, people and organisations behind several."""
        names = sorted(name for name in self.members if name != "teller")
        actors = [self.members[name].actor for name in names]
        alike = (_alike([a.post_id for a in actors]), _alike([a.user_id for a in actors]))
        return (tuple(names), bool(self.villages), *alike, _alike([a.organisation_id for a in actors]))

    def actor(self, name: str) -> Actor:
        return self.members[name].actor

    def post_name(self, post_id: int) -> str:
        return self._name("post_id", post_id)

    def user_name(self, user_id: int) -> str:
        return self._name("user_id", user_id)

    def org_name(self, organisation_id: int) -> str:
        return self._name("organisation_id", organisation_id)

    def _name(self, what: str, id: int) -> str:
        for name in sorted(self.members):
            if getattr(self.members[name].actor, what) == id:
                return name
        raise LookupError(f"{what} {id} has nothing to do with a case in {self.place}")


def _alike(ids: list[int | None]) -> tuple[int, ...]:
    return tuple(ids.index(one) for one in ids)


@dataclass(frozen=True, slots=True)
class Told:
    """One course as it was played."""

    cast: Cast  # with the teller
    words: Mapping[str, Any]
    begun: datetime  # the first step
    day: date  # of the first step, in Bishkek
    ref: str = field(default="", compare=False)


def called(words: Mapping[str, Any]) -> bytes:
    """The digest of her phone with her given name, as `people.identifiers` keeps it; empty where one is missing."""
    her = NewPerson(names=(Name(given=str(words.get("her.given", ""))),))
    return next((mac(Kind.NAMED, one) for one in names_called(her, dialled(str(words.get("her.phone", ""))))), b"")
