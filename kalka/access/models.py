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
        "of_closed": "code",
        "since": "time",
        "until": "time",
    }

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField()
    holder = models.CharField(max_length=24)
    scope = models.CharField(max_length=8, choices=[(s, s) for s in Scope])
    why = models.CharField(max_length=32)
    of_report = models.BooleanField(default=False)  # most grants are: a list of cases walks past none of them
    of_closed = models.BooleanField(default=False)  # only where its case is closed; the list of open ones walks past it
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "of_report", "-id"], name="grant_by_holder_and_kind"),
            models.Index(
                fields=["holder", "-id"], name="grant_of_open_by_holder", condition=Q(of_closed=False, of_report=False)
            ),
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


class WallLifted(models.Model):
    """A wall that two persons took away, as it stood. Matching alone does not put it up again."""

    privacy = {
        "id": "key",
        "subject_id": "key",
        "user_id": "key",
        "why": "code",
        "since": "time",
        "lifted_at": "time",
        "asked_by": "key",
        "agreed_by": "key",
    }

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField(db_index=True)
    user_id = models.BigIntegerField()
    why = models.CharField(max_length=32)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    agreed_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_wall_is_lifted_by_two_others",
                condition=~Q(asked_by=models.F("agreed_by"))
                & ~Q(asked_by=models.F("user_id"))
                & ~Q(agreed_by=models.F("user_id")),
            ),
        ]


class SealedSet(models.Model):
    """Ids that the installation alone knows of, as one ciphertext of one size: how many they are does not show."""

    privacy = {"name": "code", "sealed": "secret"}

    name = models.CharField(max_length=12, primary_key=True)
    sealed = models.BinaryField()
