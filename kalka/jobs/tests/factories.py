"""Kinds of work for the tests, and whoever asks for it."""

from datetime import UTC, datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.jobs import queue, runner, services
from kalka.jobs.kinds import job
from kalka.jobs.models import Job
from kalka.jobs.run import Run

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CANARY = "Айсулуу-канарейка"
CLERK = Actor(5, frozenset({Permission.PLACES_IMPORT, Permission.OWN_ACCOUNT}), post_id=3)
OTHER = Actor(6, CLERK.permissions)
SAID: dict[str, object] = {"actor": CLERK}
DONE: list[tuple[str, int]] = []


def act_as(user_id: int, post_id: int | None, now: datetime) -> Actor | None:
    """What settings.JOBS_ACT_AS names in the tests."""
    actor = SAID["actor"]
    return actor if isinstance(actor, Actor) and actor.user_id == user_id else None


@command("jobs.start_in_test", needs=Permission.PLACES_IMPORT)
def ask_for(actor: Actor, *, kind: str, args: dict[str, object], now: datetime, id: UUID | None = None) -> Job:
    return services.start(actor, kind, args, now=now, id=id)


@command("jobs.start_and_refuse_in_test", needs=Permission.PLACES_IMPORT)
def ask_and_refuse(actor: Actor, *, kind: str, now: datetime) -> None:
    services.start(actor, kind, {}, now=now)
    raise DomainError("places.twice")


@job("jobs.counts_to_five", needs=Permission.PLACES_IMPORT)
def counts_to_five(run: Run) -> str:
    for number in range(int(run.cursor or 0), 5):
        DONE.append((run.cursor, number))
        if hook := SAID.get("between"):
            hook(number)
        run.step(number + 1, total=5, cursor=str(number + 1))
    return "out-1"


@job("jobs.begins_anew", needs=Permission.PLACES_IMPORT)
def begins_anew(run: Run) -> None:
    for number in range(5):
        if hook := SAID.get("between"):
            hook(number)
        run.step(number + 1, total=5)


@job("jobs.breaks", needs=Permission.PLACES_IMPORT, retries=2)
def breaks(run: Run) -> None:
    run.step(1, total=5, cursor="1")
    raise ValueError(CANARY)


@job("jobs.is_refused", needs=Permission.PLACES_IMPORT)
def is_refused(run: Run) -> None:
    raise DomainError("places.twice", row=3)


def queued(kind: str, **columns: object) -> Job:
    job_ = ask_for(CLERK, kind=kind, args={}, now=NOW, id=new_id())
    Job.objects.filter(pk=job_.pk).update(**columns)
    return job_


def work(stopping=runner.never) -> int:
    """Do all that waits; returns how many rows of the queue that were."""
    worked = 0
    while queue.work_one("test", do=lambda job_id: runner.perform(job_id, stopping=stopping)):
        worked += 1
    return worked
