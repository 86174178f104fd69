"""Runs one job to its end, its pause or its failure, and keeps of a failure only its code."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from config.logs import log
from kalka.core import clock, sight
from kalka.core.actors import SYSTEM, SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.jobs import queue
from kalka.jobs.kinds import find
from kalka.jobs.models import Job
from kalka.jobs.rules import Failure, State, failure_of, wait_before
from kalka.jobs.run import Cancelled, NoLonger, Paused, Run, Superseded

NO_LONGER = "jobs.actor_may_no_longer"


def never() -> bool:
    return False


def perform(job_id: UUID, *, stopping: Callable[[], bool] = never) -> None:
    """Run a waiting job. Does nothing for one that is taken, ended or unknown, so that running twice is running once.

    What goes wrong is on the job, as a code, and is not raised.
    """
    job = _taken(job_id)
    if job is None:
        return
    run = Run(job, SYSTEM, stopping=stopping, acting=lambda: _actor(job))
    retries = 0
    try:
        retries = find(job.kind).retries
        run.actor = _actor(job) or _refused()
        with sight.acting(run.actor, now=run.now):
            result = find(job.kind).do(run)
        _end(run, State.DONE, result_ref=result or "")
    except Superseded:
        return
    except NoLonger:
        _end(run, State.FAILED, error=NO_LONGER)
    except Cancelled:
        _end(run, State.CANCELLED)
    except Paused:
        _again(run, at=clock.now())
    except Exception as error:
        _fail(run, failure_of(error), failures=run.failures + 1, retries=retries, kind=job.kind)


def _taken(job_id: UUID) -> Job | None:
    now = clock.now()
    waiting = Job.objects.filter(pk=job_id, state=State.QUEUED)
    if not waiting.update(state=State.RUNNING, attempts=F("attempts") + 1, beat_at=now):
        return None
    Job.objects.filter(pk=job_id, started_at=None).update(started_at=now)
    return Job.objects.get(pk=job_id)


def _refused() -> NoReturn:
    raise AccessDenied(NO_LONGER)


def _actor(job: Job) -> Actor | None:
    """Who started it, with what he may do today; None when that is no longer enough. Asked again at each step."""
    if job.actor_id == SYSTEM_ID:
        return SYSTEM
    acting = cast("Callable[[int, int | None, datetime], Actor | None]", import_string(settings.JOBS_ACT_AS))
    actor = acting(job.actor_id, job.post_id, clock.now())
    return actor if actor is not None and actor.may(find(job.kind).needs) else None


def _fail(run: Run, failure: Failure, *, failures: int, retries: int, kind: str) -> None:
    log.error("job failed", job=kind, code=failure.error, where=failure.fault)
    if failure.final or failures > retries:
        _end(run, State.FAILED, error=failure.error, fault=failure.fault, failures=failures)
        return
    at = clock.now() + wait_before(failures)
    _again(run, at=at, error=failure.error, fault=failure.fault, failures=failures)


def _end(run: Run, state: State, **columns: object) -> None:
    run.mine().update(state=state, ended_at=clock.now(), **columns)


def _again(run: Run, *, at: datetime, **columns: object) -> None:
    with transaction.atomic():
        if run.mine().update(state=State.QUEUED, beat_at=at, **columns):
            queue.put(run.id, not_before=at)
