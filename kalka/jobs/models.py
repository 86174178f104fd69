from django.db import models
from django.db.models import Q

from kalka.jobs.rules import WAITING, State


class Job(models.Model):
    """One piece of background work and how far it is. Ids, codes and times; never what a person said."""

    privacy = {
        "id": "key",
        "kind": "code",
        "actor_id": "key",
        "post_id": "key",
        "args": "key",
        "state": "code",
        "cursor": "key",
        "done_count": "internal",
        "total": "internal",
        "error": "code",
        "fault": "code",
        "attempts": "internal",
        "failures": "internal",
        "created_at": "time",
        "started_at": "time",
        "beat_at": "time",
        "cancel_asked_at": "time",
        "ended_at": "time",
        "result_ref": "key",
    }

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=64)
    actor_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    args = models.JSONField()
    state = models.CharField(max_length=9, default=State.QUEUED)
    cursor = models.CharField(max_length=64, blank=True)  # where the next attempt goes on
    done_count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=120, blank=True)  # class and line of the source, for whoever mends it
    attempts = models.PositiveSmallIntegerField(default=0)  # also tells a lost worker that another took over
    failures = models.PositiveSmallIntegerField(default=0)  # faults and lost workers since it last got further
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField()  # last sign of life, or the moment it may begin
    cancel_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result_ref = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", "-created_at"], name="job_by_actor"),
            models.Index(fields=["beat_at"], name="job_waiting", condition=Q(state__in=list(WAITING))),
        ]
        constraints = [
            models.CheckConstraint(name="job_state_is_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="job_ended_has_a_time",
                condition=Q(state__in=list(WAITING), ended_at=None)
                | (~Q(state__in=list(WAITING)) & Q(ended_at__isnull=False)),
            ),
        ]


class PeriodicRun(models.Model):
    """When each periodic piece of work was last begun, by whichever worker came first."""

    privacy = {
        "name": "code",
        "started_at": "time",
        "ended_at": "time",
        "error": "code",
        "fault": "code",
    }

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=120, blank=True)
