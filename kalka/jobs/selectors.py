"""How far the actor's own background work is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.jobs.models import Job, PeriodicRun
from kalka.jobs.rules import ENDED, State

SHOWN = 50


@dataclass(frozen=True, slots=True)
class JobLine:
    id: UUID
    kind: str
    state: State
    done: int
    total: int | None
    error: str
    created_at: datetime
    ended_at: datetime | None
    result_ref: str
    cancelling: bool

    @property
    def per_cent(self) -> int | None:
        """None while nobody knows how much there is to do."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def refusal(self) -> DomainError | None:
        """Why it failed, for the words of the page."""
        return DomainError(self.error) if self.state == State.FAILED and self.error else None


@dataclass(frozen=True, slots=True)
class PeriodicLine:
    name: str
    started_at: datetime
    ended_at: datetime | None
    error: str


def get_job(actor: Actor, job_id: UUID) -> JobLine:
    """Raises AccessDenied for anybody else's."""
    row = Job.objects.filter(pk=job_id, actor_id=actor.user_id).first()
    if row is None:
        raise AccessDenied("jobs.not_visible")
    return _line(row)


def own_jobs(actor: Actor) -> list[JobLine]:
    """The latest first."""
    rows = Job.objects.filter(actor_id=actor.user_id).order_by("-created_at", "id")[:SHOWN]
    return [_line(row) for row in rows]


def periodic_runs(actor: Actor) -> list[PeriodicLine]:
    """What the installation does by itself and when it last did: for whoever keeps it running."""
    if not actor.may(Permission.JOBS_READ):
        raise AccessDenied("core.not_permitted")
    return [
        PeriodicLine(row.name, row.started_at, row.ended_at, row.error) for row in PeriodicRun.objects.order_by("name")
    ]


def _line(row: Job) -> JobLine:
    return JobLine(
        id=row.id,
        kind=row.kind,
        state=State(row.state),
        done=row.done_count,
        total=row.total,
        error=row.error,
        created_at=row.created_at,
        ended_at=row.ended_at,
        result_ref=row.result_ref,
        cancelling=row.cancel_asked_at is not None and row.state == State.RUNNING,
    )
