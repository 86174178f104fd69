"""A committee and its members as others see them: codes, days and public names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kalka.committees.rules import Office, Region, State
from kalka.directory.info import spoken


@dataclass(frozen=True, slots=True)
class ProjectView:
    id: UUID
    names: Mapping[str, str]
    donors: Mapping[str, str]
    supporters: Mapping[str, Mapping[str, str]]
    since: date
    until: date | None

    @property
    def name_here(self) -> str:
        return self.names[spoken(None)]

    @property
    def donor_here(self) -> str:
        return self.donors[spoken(None)]

    def supporter(self, region: str) -> str:
        """Who stands by the committees of a part of the country; empty where nobody is named."""
        return dict(self.supporters.get(region, {})).get(spoken(None), "")


@dataclass(frozen=True, slots=True)
class CommitteeView:
    """`since`, `until`: its term. `worked`: the last day any work of its own was written down."""

    id: UUID
    organisation_id: int
    names: Mapping[str, str]
    place: str
    region: Region
    project: ProjectView | None
    since: date
    until: date | None
    worked: date | None
    compartment: UUID = field(repr=False)

    @property
    def name_here(self) -> str:
        return self.names.get(spoken(None)) or self.names["ky"]

    @property
    def supporter_here(self) -> str:
        return self.project.supporter(self.region) if self.project else ""


@dataclass(frozen=True, slots=True)
class MemberView:
    holding_id: int
    post_id: int
    user_id: int
    category: str
    office: Office
    undertaken: bool
    on_paper: bool
    since: date
    keeps: bool = False  # the post of the secretary: the appointment itself is the administrator's
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit of the country that could have a committee."""

    place: str
    name: str
    raion: str
    state: State
    committee: CommitteeView | None = None
