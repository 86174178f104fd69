from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kalka.core.inserting import insert_unless_there
from kalka.duties.rules import How
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

GOES_ON = [How.HANDED_OVER, How.MOVED]


class DutyQuerySet(models.QuerySet["Duty"]):
    def standing(self) -> "DutyQuerySet":
        return self.filter(ended_at=None)

    def place(self, duty: "Duty") -> bool:
        """Insert it unless one like it stands. Says whether it was inserted, in one statement."""
        return insert_unless_there(duty)


class Duty(Row):
    """Something a post must do. `due_at` empty: the law sets no term. Never changed, only ended.

    A duty that goes on in other hands is a new row that `continues` the old one; `escalations` counts the moves up.
    `clock_from`: since when it counts for moving up, where it was handed over; empty: since this row. `at_once`:
    somebody may be in danger at this moment, though not of every duty of its kind.
    """

    privacy = {
        **ROW_PRIVACY,
        "kind": "code",
        "assignee": "key",
        "due_at": "time",
        "basis": "code",
        "level": "code",
        "about": "code",
        "ended_at": "time",
        "continues": "key",
        "escalations": "internal",
        "clock_from": "time",
        "at_once": "code",
    }

    kind = models.CharField(max_length=40)
    assignee = models.ForeignKey("directory.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    basis = models.JSONField()
    level = models.CharField(max_length=8, blank=True)
    about = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    continues = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    escalations = models.PositiveSmallIntegerField(default=0)
    clock_from = models.DateTimeField(null=True)
    at_once = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(DutyQuerySet)()

    @property
    def held_since(self) -> datetime:
        """Handing over to and fro sets no clock anew; moving up does."""
        return self.clock_from or self.recorded_at

    class Meta:
        indexes = [
            models.Index(fields=["assignee", "due_at"], name="duty_of_a_post", condition=Q(ended_at=None)),
            models.Index(fields=["due_at"], name="duty_overdue", condition=Q(ended_at=None)),
            models.Index(fields=["recorded_at"], name="duty_lately", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                "subject_id", "kind", "about", name="one_standing_duty", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="duty_ends_after_start", condition=Q(ended_at=None) | Q(ended_at__gte=F("recorded_at"))
            ),
        ]


class DutyEnd(Row):
    """How a duty ended, by whom and why. One each."""

    privacy = {**ROW_PRIVACY, "duty": "key", "how": "code", "reason": "sealed", "to_post": "key"}

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=16)
    reason = SealedField(klass=Klass.NARRATIVE)
    to_post = models.ForeignKey("directory.Post", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="duty_end_is_known", condition=Q(how__in=list(How))),
            models.CheckConstraint(
                name="duty_goes_on_somewhere",
                condition=Q(to_post=None) & ~Q(how__in=GOES_ON) | Q(to_post__isnull=False, how__in=GOES_ON),
            ),
        ]
