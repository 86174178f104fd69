"""Starting and cancelling background work."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.jobs import queue
from kalka.jobs.kinds import find
from kalka.jobs.models import Job
from kalka.jobs.rules import ENDED, State, kept_args


def start(actor: Actor, kind: str, args: Mapping[str, object], *, now: datetime, id: UUID | None = None) -> Job:
    """Primitive of the command that wants the work done. The same actor starting the same id twice starts once.

    Refuses arguments that are not ids, days or codes, and an actor who may not do this kind of work.
    """
    if not commands.inside():
        raise AccessDenied("jobs.outside_a_command")
    if not actor.may(find(kind).needs):
        raise AccessDenied("core.not_permitted")
    kept, job_id = kept_args(args), id or new_id()
    if (again := Job.objects.filter(pk=job_id).first()) is not None:
        if (again.actor_id, again.kind, again.args) != (actor.user_id, kind, kept):
            raise AccessDenied("core.id_taken")
        return again
    job = Job(
        id=job_id,
        kind=kind,
        actor_id=actor.user_id,
        post_id=actor.post_id,
        args=kept,
        created_at=now,
        beat_at=now,
    )
    job.save(force_insert=True)
    queue.put(job_id)
    return job


@command("jobs.cancel", needs=Permission.OWN_ACCOUNT)
def cancel_job(actor: Actor, *, job_id: UUID, now: datetime) -> Job:
    """Stop own work: at once where it has not begun, else before its next step. What is done stays done.

    Refuses a job that has ended.
    """
    job = Job.objects.select_for_update().filter(pk=job_id, actor_id=actor.user_id).first()
    if job is None:
        raise AccessDenied("jobs.not_visible")
    if job.state in ENDED:
        raise DomainError("jobs.already_ended")
    Job.objects.filter(pk=job_id, state=State.QUEUED).update(state=State.CANCELLED, ended_at=now, cancel_asked_at=now)
    Job.objects.filter(pk=job_id, state=State.RUNNING).update(cancel_asked_at=now)
    job.refresh_from_db()
    return job
