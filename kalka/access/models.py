from django.db import models
from django.db.models import Q

from kalka.access.rules import Scope


class Grant(models.Model):
    """A holder (a post, an organisation) may see a subject, because of something, for a time."""

    privacy = {
        "id": "key",
        "subject_id": "key",
        "holder": "key",
        "scope": "code",
        "why": "code",
        "of_report": "code",
        "since": "time",
        "until": "time",
    }

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField()
    holder = models.CharField(max_length=24)
    scope = models.CharField(max_length=8, choices=[(s, s) for s in Scope])
    why = models.CharField(max_length=32)
    of_report = models.BooleanField(default=False)  # most grants are: a list of cases walks past none of them
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "of_report", "-id"], name="grant_by_holder_and_kind"),
            models.Index(fields=["subject_id", "holder"], name="grant_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_start", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
            models.CheckConstraint(name="grant_scope_is_known", condition=Q(scope__in=list(Scope))),
        ]


class Wall(models.Model):
    """A user who must never see a subject: named in it, kin to somebody in it, conflicted. Never lifted by a grant."""

    privacy = {"id": "key", "subject_id": "key", "user_id": "key", "why": "code", "since": "time"}

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField(db_index=True)
    user_id = models.BigIntegerField()
    why = models.CharField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user_id", "subject_id", name="one_wall_each")]
