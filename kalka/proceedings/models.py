"""The rows of proceedings, custody and weapons. None is changed after it was written."""

from django.db import models
from django.db.models import F, Q

from kalka.core.refs import LENGTH
from kalka.proceedings.grounds import COURSES
from kalka.proceedings.rules import Custody as Kind
from kalka.proceedings.rules import Freed, How, Keeper, Measured, Reason, Register, Sentence, Stage, Weapon
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Proceeding(Row):
    """Against somebody said to have done it, on a ground, by the law of the day it began."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "person": "key",
        "order": "key",
        "course": "code",
        "ground": "code",
        "on": "day",
        "act": "code",
        "article": "code",
        "basis": "code",
        "bans": "code",
        "sessions_set": "code",
        "sessions_missed": "code",
        "warned_on": "day",
        "told": "sealed",
    }

    case_ref = models.CharField(max_length=LENGTH)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.ProtectionOrder", models.PROTECT, null=True, related_name="+", db_index=False)
    course = models.CharField(max_length=16)
    ground = models.CharField(max_length=24)
    on = models.DateField()
    act = models.CharField(max_length=40, blank=True)
    article = models.CharField(max_length=8, blank=True)
    basis = models.JSONField(null=True)
    bans = models.CharField(max_length=200, blank=True)  # codes, with commas
    sessions_set = models.PositiveSmallIntegerField(null=True)
    sessions_missed = models.PositiveSmallIntegerField(null=True)
    warned_on = models.DateField(null=True)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="course_is_known", condition=Q(course__in=COURSES)),
            models.CheckConstraint(
                name="no_more_missed_than_set",
                condition=Q(sessions_missed=None) | Q(sessions_missed__lte=F("sessions_set")),
            ),
        ]


class ProceedingNumber(Row):
    """Under which number a register knows it. Sealed; equal ones are found by a keyed fingerprint."""

    privacy = {**ROW_PRIVACY, "proceeding": "key", "register": "code", "number": "sealed", "number_key": "internal"}

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="numbers")
    register = models.CharField(max_length=8)
    number = SealedField(klass=Klass.IDENTITY)
    number_key = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["number_key"], name="proceeding_by_number")]
        constraints = [
            models.UniqueConstraint("proceeding", "register", name="one_number_a_register"),
            models.CheckConstraint(name="register_is_known", condition=Q(register__in=list(Register))),
        ]


class ProceedingStep(Row):
    privacy = {**ROW_PRIVACY, "proceeding": "key", "stage": "code", "on": "day", "told": "sealed"}

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="proceeding_stage_is_known", condition=Q(stage__in=list(Stage)))]


class ProceedingEnd(Row):
    """How it was decided. The one with the highest number holds: a higher court may have said something else."""

    privacy = {
        **ROW_PRIVACY,
        "proceeding": "key",
        "number": "internal",
        "how": "code",
        "on": "day",
        "reason": "code",
        "sentence": "code",
        "amount": "code",
        "measured": "code",
        "limits": "code",
        "told": "sealed",
    }

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="ends")
    number = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=12)
    on = models.DateField()
    reason = models.CharField(max_length=12, blank=True)
    sentence = models.CharField(max_length=20, blank=True)
    amount = models.PositiveSmallIntegerField(null=True)
    measured = models.CharField(max_length=8, blank=True)
    limits = models.JSONField(default=list)  # the provisions it was measured by, as they stood
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("proceeding", "number", name="one_end_a_number"),
            models.CheckConstraint(
                name="an_end_is_whole",
                condition=Q(how="guilty", sentence__in=list(Sentence), reason="")
                | Q(how="acquitted", sentence="", reason="", amount=None)
                | Q(how__in=["refused", "dropped"], reason__in=list(Reason), sentence="", amount=None),
            ),
            models.CheckConstraint(name="end_how_is_known", condition=Q(how__in=list(How))),
            models.CheckConstraint(name="measured_is_known", condition=Q(measured__in=["", *Measured])),
        ]


class Custody(Row):
    """Somebody is held, since a moment, by whom."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "person": "key",
        "kind": "code",
        "keeper": "code",
        "begun_at": "time",
        "basis": "code",
        "end": "key",
    }

    case_ref = models.CharField(max_length=LENGTH)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    keeper = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    basis = models.JSONField(null=True)  # how long the law lets it last, as it stood
    end = models.ForeignKey(ProceedingEnd, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="custody_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="keeper_is_known", condition=Q(keeper__in=list(Keeper))),
        ]


class ReleasePlan(Row):
    """When it is to end, as told last: the one with the highest number holds."""

    privacy = {**ROW_PRIVACY, "custody": "key", "number": "internal", "until": "time"}

    custody = models.ForeignKey(Custody, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="release_by_moment")]
        constraints = [models.UniqueConstraint("custody", "number", name="one_plan_a_number")]


class Release(Row):
    """The person is free. Once."""

    privacy = {**ROW_PRIVACY, "custody": "key", "at": "time", "how": "code", "unforeseen": "code"}

    custody = models.OneToOneField(Custody, models.PROTECT, related_name="release")
    at = models.DateTimeField()
    how = models.CharField(max_length=8)
    unforeseen = models.BooleanField()  # nobody could have been told in time

    class Meta:
        constraints = [models.CheckConstraint(name="freed_how_is_known", condition=Q(how__in=list(Freed)))]


class WeaponCheck(Row):
    """Weapons were asked for: what came of it."""

    privacy = {**ROW_PRIVACY, "case_ref": "key", "person": "key", "what": "code", "on": "day", "told": "sealed"}

    case_ref = models.CharField(max_length=LENGTH)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=16)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="weapon_check_is_known", condition=Q(what__in=list(Weapon)))]
