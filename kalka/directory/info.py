"""Posts and organisations as others see them: plain values, labelled in the language of the page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from kalka.directory.roles import ROLES
from kalka.directory.rules import runs


def spoken(language: str | None) -> str:
    return (language or get_language() or "ky")[:2]


@dataclass(frozen=True, slots=True)
class OrganisationInfo:
    id: int
    kind: str
    names: dict[str, str]
    place: str
    parent_id: int | None

    def name(self, language: str | None = None) -> str:
        return self.names.get(spoken(language)) or self.names["ky"]

    def label(self, language: str | None = None) -> str:
        return self.name(language)


NEIGHBOURS = ("committee_secretary", "committee_member")


@dataclass(frozen=True, slots=True)
class PostInfo:
    id: int
    role: str
    organisation_id: int
    organisation_names: dict[str, str]
    place: str
    place_names: dict[str, str]
    leads: bool
    substitute_id: int | None
    since: date
    until: date | None
    held: int = 0  # how many hold it, where that was asked for

    @property
    def among_neighbours(self) -> bool:
        """Of a local committee, where a file that two know of is not for a third, whoever leads."""
        return self.role in NEIGHBOURS

    def stands(self, on: date) -> bool:
        return runs(self.since, self.until, on)

    def title(self, language: str | None = None) -> str:
        return ROLES[self.role].titles[spoken(language)]

    def organisation_name(self, language: str | None = None) -> str:
        return self.organisation_names.get(spoken(language)) or self.organisation_names["ky"]

    def label(self, language: str | None = None) -> str:
        """«Участкалык инспектор, Учкун айыл аймагы»."""
        place = self.place_names.get(spoken(language)) or self.place_names.get("ru") or ""
        return f"{self.title(language)}, {place}" if place else self.title(language)

    @property
    def label_here(self) -> str:
        return self.label()

    @property
    def organisation_here(self) -> str:
        return self.organisation_name()


@dataclass(frozen=True, slots=True)
class HoldingInfo:
    post_id: int
    user_id: int
    login: str
    since: date
    category: str = ""  # whom a member of a committee stands for


@dataclass(frozen=True, slots=True)
class SeatInfo:
    """Somebody in a post of an organisation, whoever it is."""

    id: int
    post_id: int
    role: str
    user_id: int
    category: str
    since: date
    until: date | None
