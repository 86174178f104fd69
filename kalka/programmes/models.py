from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from kalka.core.refs import LENGTH, new_id
from kalka.programmes.rules import Against, Audience, Ended, Ground, How, Setting, Step
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

KEPT_PRIVACY = {"id": "key", "author_id": "key", "recorded_at": "time", "digest": "internal"}


class Kept(models.Model):
    """A row of nobody: when and where a group meets."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    digest = models.BinaryField(max_length=16)

    class Meta:
        abstract = True


class Group(Kept):
    """People of one stream who meet under one leader. The pack is the one of the day it began."""

    privacy = {
        **KEPT_PRIVACY,
        "organisation": "key",
        "audience": "code",
        "version": "code",
        "language": "code",
        "seats": "code",
        "since": "day",
    }

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8)
    version = models.CharField(max_length=24)
    language = models.CharField(max_length=2)
    seats = models.PositiveSmallIntegerField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="programme_group_audience_is_known", condition=Q(audience__in=list(Audience)))
        ]


class Session(Kept):
    """One meeting of a group, on one module."""

    privacy = {**KEPT_PRIVACY, "group": "key", "on": "day", "module": "code"}

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    on = models.DateField()
    module = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint("group", "on", name="one_programme_session_a_day")]


class Owed(Row):
    """Somebody must go, by the law of the day: an order was issued against him, or he was found guilty of violence.

    Of the case; once for each order, and once for each proceeding."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "order": "key",
        "proceeding": "key",
        "person": "key",
    } | {
        "place": "code",
        "on": "day",
        "basis": "code",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    order = models.OneToOneField("orders.ProtectionOrder", models.PROTECT, null=True, related_name="+")
    proceeding = models.OneToOneField("proceedings.Proceeding", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.CharField(max_length=32)
    on = models.DateField(db_index=True)
    basis = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="owed_for_one_thing",
                condition=Q(order=None, proceeding__isnull=False) | Q(order__isnull=False, proceeding=None),
            )
        ]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def staged(self) -> "EnrolmentQuerySet":
        """With its last step: `last`, `number`, `last_at`, `group_id`, and `runs_at`, who runs it now."""
        steps = StepTaken.objects.filter(enrolment=OuterRef("pk")).order_by("-number")
        said: dict[str, Any] = {
            "last": Subquery(steps.values("step")[:1]),
            "number": Subquery(steps.values("number")[:1]),
            "last_at": Subquery(steps.values("recorded_at")[:1]),
            "group_id": Subquery(steps.values("group")[:1], output_field=models.UUIDField()),
            "runs_at": Subquery(steps.values("organisation")[:1]),
        }
        return self.annotate(**said)


class Enrolment(Row):
    """Somebody is to go through a programme. A subject of its own, which leads back to no case."""

    privacy = {
        **ROW_PRIVACY,
        "ref": "key",
        "audience": "code",
        "setting": "code",
        "ground": "code",
        "version": "code",
        "on": "day",
        "basis": "code",
        "name": "sealed",
        "phone": "sealed",
    }

    ref = models.CharField(max_length=LENGTH, unique=True)
    audience = models.CharField(max_length=8)
    setting = models.CharField(max_length=12)
    ground = models.CharField(max_length=8)
    version = models.CharField(max_length=24)  # of the pack, as it was then
    on = models.DateField()
    basis = models.JSONField()
    name = SealedField(klass=Klass.IDENTITY)
    phone = SealedField(klass=Klass.CONTACT)

    objects = models.Manager.from_queryset(EnrolmentQuerySet)()

    last: str  # of `staged()`, as the rest
    number: int
    last_at: datetime
    group_id: UUID | None
    runs_at: int

    class Meta:
        constraints = [
            models.UniqueConstraint("subject_id", name="one_enrolment_a_subject"),
            models.CheckConstraint(name="enrolment_audience_is_known", condition=Q(audience__in=list(Audience))),
            models.CheckConstraint(name="enrolment_setting_is_known", condition=Q(setting__in=list(Setting))),
            models.CheckConstraint(name="enrolment_ground_is_known", condition=Q(ground__in=list(Ground))),
        ]


class Sending(Row):
    """Of the case: who of it was sent, and to which enrolment. The only way from the one to the other."""

    privacy = {**ROW_PRIVACY, "case": "key", "case_ref": "key", "person": "key", "place": "code", "enrolment": "key"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="+")


class StepTaken(Row):
    """What became of an enrolment, in order. The one with the highest number is where it stands."""

    privacy = {
        **ROW_PRIVACY,
        "enrolment": "key",
        "number": "internal",
        "step": "code",
        "organisation": "key",
        "group": "key",
        "why": "code",
        "told": "sealed",
    }

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=12, blank=True)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("enrolment", "number", name="one_programme_step_at_a_time"),
            models.CheckConstraint(name="programme_step_is_known", condition=Q(step__in=list(Step))),
            models.CheckConstraint(
                name="programme_step_has_its_group",
                condition=Q(step=Step.PLACED, group__isnull=False) | (~Q(step=Step.PLACED) & Q(group=None)),
            ),
            models.CheckConstraint(
                name="programme_end_has_its_reason",
                condition=Q(step=Step.ENDED, why__in=list(Ended)) | (~Q(step=Step.ENDED) & Q(why="")),
            ),
        ]


class Attendance(Row):
    """Whether somebody came to a session. A correction is another row: the one with the highest number holds."""

    privacy = {
        **ROW_PRIVACY,
        "session": "key",
        "enrolment": "key",
        "number": "internal",
        "how": "code",
        "why": "code",
    }

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=12)
    why = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("session", "enrolment", "number", name="one_attendance_at_a_time"),
            models.CheckConstraint(name="attendance_is_known", condition=Q(how__in=list(How))),
            models.CheckConstraint(
                name="attendance_has_its_excuse",
                condition=(Q(how=How.EXCUSED) & ~Q(why="")) | (~Q(how=How.EXCUSED) & Q(why="")),
            ),
        ]


class Threat(Row):
    """What somebody said he would do, in his words. Never hers: she is not in this file."""

    privacy = {**ROW_PRIVACY, "enrolment": "key", "against": "code", "at": "time", "told": "sealed"}

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    against = models.CharField(max_length=8)
    at = models.DateTimeField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="threat_is_against_somebody", condition=Q(against__in=list(Against)))
        ]
