from django.db import models

from kalka.oversight.rules import Pattern
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Watch(models.Model):
    """One row: up to which entry the record was looked through."""

    privacy = {"id": "key", "entry": "key"}

    id = models.SmallIntegerField(primary_key=True, default=1)
    entry = models.BigIntegerField()


class Alarm(Row):
    """A pattern in the record. A subject of its own, so that who may know of it is granted, and refused, as of a file.
    `about` is the file, where it is one: for the wall and against doubles, never shown."""

    privacy = {
        **ROW_PRIVACY,
        "pattern": "code",
        "user_id": "key",
        "of_post": "key",
        "day": "time",
        "about": "key",
        "count": "internal",
        "first": "time",
        "last": "time",
    }

    pattern = models.CharField(max_length=12)
    user_id = models.BigIntegerField()
    of_post = models.BigIntegerField(null=True)
    day = models.DateField()
    about = models.UUIDField()
    count = models.PositiveIntegerField()
    first = models.DateTimeField()
    last = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-recorded_at"], name="alarm_newest")]
        constraints = [
            models.UniqueConstraint("pattern", "user_id", "day", "about", name="one_alarm_each"),
            models.CheckConstraint(name="alarm_pattern_is_known", condition=models.Q(pattern__in=list(Pattern))),
        ]


class AlarmLook(Row):
    """What somebody found out. One each."""

    privacy = {**ROW_PRIVACY, "alarm": "key", "verdict": "code", "note": "sealed"}

    alarm = models.OneToOneField(Alarm, models.PROTECT, related_name="look")
    verdict = models.CharField(max_length=12)
    note = SealedField()


class OpeningReview(Row):
    """Whether a break-glass was right. One each, by somebody who neither asked nor agreed."""

    privacy = {**ROW_PRIVACY, "request": "key", "right": "code", "note": "sealed"}

    request = models.OneToOneField("cases.GlassRequest", models.PROTECT, related_name="+")
    right = models.BooleanField()
    note = SealedField()
