"""A level in force, as other modules are given it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.risk import installed, tables
from kalka.risk.models import Assessment
from kalka.risk.offered import lang, words
from kalka.risk.rules import Place, place


@dataclass(frozen=True, slots=True)
class Level:
    """The level in force, with what has lifted it since. `position` is its place in its edition: 3/4."""

    assessment_id: UUID
    position: str
    titles: Mapping[str, str]
    edition: str
    banner: Mapping[str, str] | None  # what the form is not
    assessed_at: datetime
    expires_at: datetime | None
    expired: bool
    since: tuple[str, ...] = ()  # triggers since the assessment

    def title(self, language: str = "") -> str:
        return self.titles[language or lang()]

    @property
    def lifted_by(self) -> tuple[str, ...]:
        """In words what happened since the assessment that the level is no lower for."""
        kinds = (tables.trigger(code) for code in self.since)
        return tuple(words(kind.title) for kind in kinds if kind.floor)

    @property
    def place(self) -> tuple[int, int]:
        """As `followup` counts its visits by: the third of four."""
        found = place(self.position)
        return found.at, found.of

    @property
    def is_high(self) -> bool:
        return place(self.position).is_high


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lower level that a second person must agree to. `own`: proposed by whoever looks."""

    assessment_id: UUID
    position: str
    title: str
    own: bool


def level_of(row: Assessment, standing: Place, *, now: datetime, since: tuple[str, ...] = ()) -> Level:
    edition = installed.edition(row.instrument, row.edition)
    return Level(
        assessment_id=row.pk,
        position=str(standing),
        titles=edition.levels[standing.at - 1].title,
        edition=f"{row.instrument}, {row.edition}",
        banner=edition.banner,
        assessed_at=row.recorded_at,
        expires_at=row.expires_at,
        expired=row.expires_at is not None and row.expires_at <= now,
        since=since,
    )
