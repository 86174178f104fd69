"""The queue: django-tasks rows whose one argument is a job's id."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

ABANDONED = timedelta(days=1)


@task
def perform(job_id: str) -> None:
    from kalka.jobs import runner  # the runner puts back what it could not finish: it stands on this file

    runner.perform(UUID(job_id))


def put(job_id: UUID, *, not_before: datetime | None = None) -> None:
    """In the caller's transaction: what is rolled back is not queued."""
    perform.using(run_after=not_before).enqueue(str(job_id))


def work_one(worker: str, *, do: Callable[[UUID], None]) -> bool:
    """Take the next waiting row and do its job. False when nothing waits."""
    row = _claimed(worker)
    if row is None:
        return False
    # The path in the row is compared, never imported: the queue cannot be made to call something else.
    if row.task_path == perform.module_path:
        do(UUID(row.args_kwargs["args"][0]))
    row.delete()
    return True


def tidy(now: datetime) -> int:
    """Forget rows that ended or were left behind. The job knows all that is worth knowing."""
    old = DBTaskResult.objects.filter(enqueued_at__lt=now - ABANDONED)
    return old.exclude(status=TaskResultStatus.READY).delete()[0]


def _claimed(worker: str) -> "DBTaskResult[Any, Any] | None":
    try:
        with exclusive_transaction():
            row: DBTaskResult[Any, Any] | None = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(worker)
            return row
    except OperationalError as error:
        if is_locked_database_exception(error):
            return None
        raise
