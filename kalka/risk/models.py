from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.risk.rules import ASSESSED_ALONE, Status
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class NotAlone(Row):
    """The person could not speak freely: nothing was asked, and nothing was assessed."""

    privacy = {**ROW_PRIVACY, "case": "key"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)


class Judgement(Row):
    """The answers, and what the officer thought of them before the form had said anything. Never changed."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "instrument": "code",
        "edition": "code",
        "edition_digest": "internal",
        "alone": "code",
        "answers": "sealed",
        "judged": "sealed",
        "device_at": "time",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    instrument = models.CharField(max_length=32)
    edition = models.CharField(max_length=32)
    edition_digest = models.CharField(max_length=64)
    alone = models.CharField(max_length=8)
    answers = SealedField()  # {given: {item: {value, source}}, facts, victim_suicidality}
    judged = SealedField()  # {level, reason}
    device_at = models.DateTimeField(null=True)  # by the clock of the device: data alone

    class Meta:
        constraints = [
            models.CheckConstraint(name="judged_without_a_listener", condition=Q(alone__in=list(ASSESSED_ALONE)))
        ]


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def in_force(self) -> "AssessmentQuerySet":
        """Those that set a level: a lower one only once a second person has agreed."""
        return self.filter(Q(proposed=False) | Q(countersigned__agreed=True))

    def waiting(self) -> "AssessmentQuerySet":
        return self.filter(proposed=True, countersigned=None)


class Assessment(Row):
    """The level that follows from a judgement. Its place among the levels of the edition is clear, why is sealed.

    `proposed`: lower than what stood, so it waits for a second person.
    """

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "judgement": "key",
        "instrument": "code",
        "edition": "code",
        "level": "code",
        "level_max": "code",
        "computed": "code",
        "asked": "code",
        "unanswered": "code",
        "status": "code",
        "proposed": "code",
        "assessed_on": "day",
        "expires_at": "time",
        "result": "sealed",
        "raised_reason": "sealed",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    judgement = models.OneToOneField(Judgement, models.PROTECT, related_name="assessment")
    instrument = models.CharField(max_length=32)
    edition = models.CharField(max_length=32)
    level = models.CharField(max_length=8)  # the one that stands: 3/4
    level_max = models.CharField(max_length=8)
    computed = models.CharField(max_length=8, blank=True)  # what the form said by itself; empty: nothing
    asked = models.PositiveSmallIntegerField(null=True)  # how many questions applied
    unanswered = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=12)
    proposed = models.BooleanField()
    assessed_on = models.DateField()
    expires_at = models.DateTimeField(null=True)  # None: the edition sets no period
    result = SealedField()  # what the form said, with the level confirmed and the one judged
    raised_reason = SealedField()

    objects = models.Manager.from_queryset(AssessmentQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-recorded_at"], name="assessment_by_subject")]
        constraints = [
            models.CheckConstraint(name="assessment_has_a_level", condition=~Q(level="") & ~Q(level_max="")),
            models.CheckConstraint(name="assessment_status_is_known", condition=Q(status__in=list(Status))),
        ]


class Countersign(Row):
    """A second person agreed to a lower level, or did not. Once each."""

    privacy = {**ROW_PRIVACY, "assessment": "key", "agreed": "code", "reason": "sealed"}

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="countersigned")
    agreed = models.BooleanField()
    reason = SealedField()


class Trigger(Row):
    """Something happened that asks for a new assessment; until then the level is no lower than `floor`."""

    privacy = {**ROW_PRIVACY, "case": "key", "kind": "code", "floor": "code", "due_at": "time"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    floor = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-recorded_at"], name="trigger_by_subject")]


KEPT_PRIVACY = {
    "id": "key",
    "author_id": "key",
    "post_id": "key",
    "organisation_id": "key",
    "digest": "internal",
    "recorded_at": "time",
}


class Practice(models.Model):
    """An institution works by a practice of its own, by an act it cites; or does so no longer. The last row holds."""

    privacy = {**KEPT_PRIVACY, "pack": "code", "running": "code", "cite": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()
    digest = models.BinaryField(max_length=16)
    recorded_at = models.DateTimeField()
    pack = models.CharField(max_length=16)
    running = models.BooleanField()
    cite = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-recorded_at"], name="practice_of_an_institution")]
        constraints = [models.CheckConstraint(name="practice_by_an_act", condition=Q(running=False) | ~Q(cite=""))]


class OfficialForm(models.Model):
    """An approved form as the operator put it in: the file itself, word for word. Never changed, never taken out."""

    privacy = {
        "id": "key",
        "author_id": "key",
        "recorded_at": "time",
        "instrument": "code",
        "edition": "code",
        "content": "code",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    instrument = models.CharField(max_length=32)
    edition = models.CharField(max_length=32)
    content = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="official_form_once", fields=["instrument", "edition"])]
