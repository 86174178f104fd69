"""What keeps background work going: lost jobs are taken up again, old ones forgotten. Touches no file of a case."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kalka.core.errors import DomainError
from kalka.jobs import queue
from kalka.jobs.kinds import find
from kalka.jobs.models import Job
from kalka.jobs.rules import ENDED, KEPT, LEASE, LONGEST_WAIT, WAITING, State, wait_before


def revive(now: datetime) -> int:
    """Queue again whatever lost its worker, from its cursor. Returns how many. A job that loses too many at one place
    fails, but for one whose every step is done: that waits ever longer for a worker that lives to its end."""
    ahead = Q(beat_at__gt=now + LONGEST_WAIT + LEASE)  # the clock was set back: nothing waits for days that come again
    lost = Job.objects.filter(Q(beat_at__lt=now - LEASE) | ahead, state__in=WAITING)
    return sum(_revived(job, now) for job in lost.order_by("beat_at")[:200])


def sweep(now: datetime) -> int:
    """Forget jobs that ended long ago, and the queue's own leavings."""
    queue.tidy(now)
    return Job.objects.filter(state__in=ENDED, ended_at__lt=now - KEPT).delete()[0]


def _revived(job: Job, now: datetime) -> bool:
    same = Job.objects.filter(pk=job.pk, state=job.state, beat_at=job.beat_at)
    lost, at = job.state == State.RUNNING, now
    failures = job.failures + lost
    if lost and job.failures >= _retries(job.kind):
        if job.total is None or job.done_count < job.total:
            return bool(same.update(state=State.FAILED, error="jobs.worker_lost", ended_at=now))
        at += wait_before(failures)
    with transaction.atomic():
        if not same.update(state=State.QUEUED, beat_at=at, failures=failures):
            return False
        queue.put(job.pk, not_before=at)
        return True


def _retries(kind: str) -> int:
    try:
        return find(kind).retries
    except DomainError:
        return 0
