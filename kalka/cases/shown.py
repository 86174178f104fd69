"""What a case page shows, one part a dataclass. Texts that were opened do not show themselves in a repr."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.core.timeline import TimelineItem
from kalka.directory.info import PostInfo
from kalka.files.selectors import AttachmentLine
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class CaseHead:
    id: UUID
    subject_id: UUID
    ref: str
    kind: str
    place: str
    opened_on: date
    stage: str
    report_id: UUID | None


@dataclass(frozen=True, slots=True)
class PartLine:
    """Somebody in the case, in codes. `speaks`: may consent, be told and look."""

    id: UUID
    person_id: UUID
    part: str
    relation: str
    sex: str
    age_band: str
    speaks: bool


@dataclass(frozen=True, slots=True)
class IncidentView:
    id: UUID
    on: date
    precision: str
    place: str
    forms: tuple[str, ...]
    gbvims: str
    certain: bool
    contexts: tuple[str, ...]
    signs: tuple[str, ...]
    what: str = field(repr=False)
    where: str = field(repr=False)
    when_words: str = field(repr=False)
    alleged: tuple[UUID, ...]
    children: tuple[UUID, ...]
    amends: UUID | None
    amended: bool  # a fuller telling stands in its place
    recorded_at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    id: UUID
    post: PostInfo
    why: str
    scope: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    id: UUID
    organisation_id: int
    organisation: str
    purpose: str
    scope: str
    given_by: UUID
    given_on: date
    until: date
    recorded_at: datetime
    post_id: int | None
    withdrawn_at: datetime | None
    withdrawn_why: str
    running: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A closed note shows that it exists; its text only to its author and the named readers."""

    id: UUID
    circle: str
    readable: bool
    text: str = field(repr=False)
    recorded_at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class DemandView:
    id: UUID
    who: str
    on: date
    ground: str = field(repr=False)
    note_id: UUID | None
    recorded_at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class WordView:
    id: UUID
    kind: str
    on: date
    told: str = field(repr=False)
    recorded_at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class StageView:
    number: int
    stage: str
    why: str
    recorded_at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything of one case but who its people are. `keys` opens what other modules keep in the same file."""

    head: CaseHead
    people: tuple[PartLine, ...]
    incidents: tuple[IncidentView, ...]
    consents: tuple[ConsentView, ...]
    team: tuple[TeamLine, ...]
    notes: tuple[NoteView, ...]
    demands: tuple[DemandView, ...]
    words: tuple[WordView, ...]
    stages: tuple[StageView, ...]
    attachments: tuple[AttachmentLine, ...]
    timeline: tuple[TimelineItem, ...]
    keys: Keys

    @property
    def protected(self) -> PartLine | None:
        return next((one for one in self.people if one.part == "protected"), None)

    @property
    def alleged(self) -> tuple[PartLine, ...]:
        return tuple(one for one in self.people if one.part == "alleged")

    @property
    def children(self) -> tuple[PartLine, ...]:
        return tuple(one for one in self.people if one.part == "child")
