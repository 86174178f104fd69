from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from kalka.core import clock
from kalka.core.refs import LENGTH
from kalka.monitoring.rules import By, Dated, Found, Means
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class MeasureQuerySet(models.QuerySet["Measure"]):
    def dated(self) -> "MeasureQuerySet":
        """With what its later records say: `fitted`, `lifted_at`."""
        of_this: dict[str, Any] = {"measure": OuterRef("pk")}
        said: dict[str, Any] = {
            "fitted": Exists(Fitting.objects.filter(**of_this)),
            "lifted_at": Subquery(Lift.objects.filter(**of_this).values("at")[:1]),
        }
        return self.annotate(**said)

    def not_over(self, at: datetime) -> "MeasureQuerySet":
        """Running, or to begin."""
        standing = Q(lifted_at=None) | Q(lifted_at__gt=at)
        return self.dated().filter(Q(ends__gte=clock.day_of(at)), standing)

    def running(self, at: datetime) -> "MeasureQuerySet":
        """As `Dated.runs`, for the database."""
        return self.not_over(at).filter(starts__lte=clock.day_of(at))


class Measure(Row):
    """Bans and limits as decided, with the law they rest on by value."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "place": "code",
        "order": "key",
        "respondent": "key",
        "on": "day",
        "by": "code",
        "means": "code",
        "bans": "code",
        "starts": "day",
        "ends": "day",
        "basis": "code",
        "decider": "code",
        "told": "sealed",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    place = models.CharField(max_length=32)
    order = models.ForeignKey("orders.ProtectionOrder", models.PROTECT, null=True, related_name="+")
    respondent = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    on = models.DateField()  # decided
    by = models.CharField(max_length=8)
    means = models.CharField(max_length=8)
    bans = models.CharField(max_length=120)  # codes, with commas
    starts = models.DateField()
    ends = models.DateField()  # the last day
    basis = models.JSONField()
    decider = models.JSONField(null=True)
    told = SealedField(klass=Klass.NARRATIVE)

    objects = models.Manager.from_queryset(MeasureQuerySet)()

    fitted: bool  # of `dated()`, as the rest
    lifted_at: datetime | None

    class Meta:
        indexes = [models.Index(fields=["-starts", "id"], name="measure_by_start")]
        constraints = [
            models.CheckConstraint(name="measure_ends_after_start", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(name="measure_by_is_known", condition=Q(by__in=list(By))),
            models.CheckConstraint(name="measure_means_is_known", condition=Q(means__in=list(Means))),
        ]


class Fitting(Row):
    """A device was put on, or an app set up; the newest one watches."""

    privacy = {**ROW_PRIVACY, "measure": "key", "at": "time", "device": "sealed", "device_key": "internal"}

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    device = SealedField(klass=Klass.IDENTITY)
    device_key = models.BinaryField(max_length=16)  # keyed fingerprint: by it a signal finds its measure

    class Meta:
        indexes = [models.Index(fields=["device_key"], name="fitting_by_device")]


class DeviceSignal(Row):
    """What the device told, when by its own clock, and when it came here. Never where."""

    privacy = {**ROW_PRIVACY, "measure": "key", "sign": "code", "at": "time", "source": "code", "told": "sealed"}

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    sign = models.CharField(max_length=12)
    at = models.DateTimeField()
    source = models.CharField(max_length=8)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="signal_source_is_known", condition=Q(source__in=("hand", "file", "adapter")))
        ]


class Answer(Row):
    """Somebody looked into a signal, and what they found. The clock stops here."""

    privacy = {**ROW_PRIVACY, "signal": "key", "found": "code", "told": "sealed"}

    signal = models.OneToOneField(DeviceSignal, models.PROTECT, related_name="+")
    found = models.CharField(max_length=12)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="answer_found_is_known", condition=Q(found__in=list(Found)))]


class Lift(Row):
    """Ended before its term, by whom and why."""

    privacy = {**ROW_PRIVACY, "measure": "key", "at": "time", "by": "code", "told": "sealed"}

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=8)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="lift_by_is_known", condition=Q(by__in=list(By)))]


def dated(measure: Measure) -> Dated:
    """What the records of a measure of `dated()` say together."""
    watching = measure.means != Means.NONE
    return Dated(measure.starts, measure.ends, measure.fitted, measure.lifted_at, watching)
