"""What the function of a job holds while it works."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.jobs.models import Job
from kalka.jobs.rules import Arg, State


class Halt(BaseException):
    """Leaves the function between two steps. Not an Exception: a job's own `except Exception` must not catch it."""


class Cancelled(Halt):
    """Somebody asked for it."""


class NoLonger(Cancelled):
    """Whoever asked for it may not have it done any more."""


class Paused(Halt):
    """The worker is going down; another goes on from the cursor."""


class Superseded(Halt):
    """Another worker has taken the job over: nothing more may be written about it."""


class Run:
    """One attempt of one job, by the actor who started it as far as he may still act."""

    def __init__(
        self, job: Job, actor: Actor, *, stopping: Callable[[], bool], acting: Callable[[], Actor | None]
    ) -> None:
        self.id, self.actor, self._acting = job.id, actor, acting
        self.cursor = job.cursor
        self.done, self.total = job.done_count, job.total
        self.failures = job.failures
        self._args: dict[str, Arg] = job.args
        self._furthest = job.done_count
        self._attempt, self._stopping = job.attempts, stopping

    @property
    def now(self) -> datetime:
        return clock.now()

    def uuid(self, name: str) -> UUID:
        return UUID(str(self._args[name]))

    def number(self, name: str) -> int:
        return int(self._args[name])

    def code(self, name: str) -> str:
        return str(self._args[name])

    def day(self, name: str) -> date:
        return date.fromisoformat(str(self._args[name]))

    def has(self, name: str) -> bool:
        return name in self._args

    def step(self, done: int, *, total: int | None = None, cursor: str | None = None) -> None:
        """Note how far it is, in a transaction of its own, and leave here when it should not go on.

        Where it got further, what went wrong before is forgotten: tries are counted at one place.
        """
        if done > self._furthest or cursor not in (None, self.cursor):
            self.failures = 0
        self.done, self._furthest = done, max(done, self._furthest)
        self.total = self.total if total is None else total
        self.cursor = self.cursor if cursor is None else cursor
        noted = self.mine().update(
            done_count=done, total=self.total, cursor=self.cursor, failures=self.failures, beat_at=clock.now()
        )
        if not noted:
            raise Superseded
        if self._stopping():
            raise Paused
        if (actor := self._acting()) is None:
            raise NoLonger
        self.actor = actor
        if Job.objects.filter(pk=self.id, cancel_asked_at__isnull=False).exists():
            raise Cancelled

    def mine(self) -> QuerySet[Job]:
        """The job's row as long as this attempt holds it."""
        return Job.objects.filter(pk=self.id, state=State.RUNNING, attempts=self._attempt)
