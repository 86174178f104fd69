from django.db import models
from django.db.models import Q

from kalka.core.refs import LENGTH, new_id
from kalka.legalaid.rules import SILENT, Category, Ground, Refusal, Result, Side, Topic
from kalka.vault.blind import SIZE
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class LegalRequest(Row):
    """Somebody of a case needs an advocate whom the state pays."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "client": "key",
        "category": "code",
        "ground": "code",
        "told": "sealed",
    }

    case_ref = models.CharField(max_length=LENGTH)
    client = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=16)
    ground = models.CharField(max_length=12)
    told = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="legal_category_is_known", condition=Q(category__in=list(Category))),
            models.CheckConstraint(name="legal_ground_is_known", condition=Q(ground__in=list(Ground))),
        ]


class Appointment(Row):
    """An advocate is asked to take it. The one with the highest number holds."""

    privacy = {**ROW_PRIVACY, "request": "key", "number": "internal", "advocate": "key", "organisation_id": "key"}

    request = models.ForeignKey(LegalRequest, models.PROTECT, related_name="appointments")
    number = models.PositiveSmallIntegerField()
    advocate = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)
    organisation_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("request", "number", name="one_appointment_a_number")]


class AppointmentAnswer(Row):
    """The advocate takes it, until a day, or does not; or nobody answered in time. One each."""

    privacy = {**ROW_PRIVACY, "appointment": "key", "accepted": "code", "reason": "code", "until": "day"}

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=12, blank=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answer_is_whole",
                condition=Q(accepted=True, reason="", until__isnull=False)
                | Q(accepted=False, reason__in=[*Refusal, SILENT], until=None),
            ),
        ]


class LegalResult(Row):
    """How it ended. One each."""

    privacy = {**ROW_PRIVACY, "request": "key", "how": "code", "on": "day"}

    request = models.OneToOneField(LegalRequest, models.PROTECT, related_name="result")
    how = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(name="legal_result_is_known", condition=Q(how__in=list(Result)))]


class OfficeMark(models.Model):
    """Somebody an office acts for or against, as a keyed digest: of no file, so that whoever asks learns yes or no.

    `user_id`: the advocate who took it. They stay on that side also in another office.
    """

    privacy = {
        "id": "key",
        "organisation_id": "key",
        "user_id": "key",
        "side": "code",
        "mac": "secret",
        "appointment_id": "key",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True, db_index=True)  # none: nobody has answered yet
    side = models.CharField(max_length=8)
    mac = models.BinaryField(max_length=SIZE)
    appointment_id = models.UUIDField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "side"], name="marks_of_an_office")]
        constraints = [models.CheckConstraint(name="office_side_is_known", condition=Q(side__in=list(Side)))]


class ConsultationDay(models.Model):
    """A lawyer is in a village on a day. Known to everybody; of no file."""

    privacy = {"id": "key", "organisation": "key", "place": "code", "on": "day", "author_id": "key", "at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    on = models.DateField()
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "place", "on", name="one_consultation_a_day")]


class ConsultationHeld(models.Model):
    """What the day came to, in figures."""

    privacy = {"id": "key", "day": "key", "women": "code", "men": "code", "author_id": "key", "at": "time"} | {
        topic.value: "code" for topic in Topic
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.OneToOneField(ConsultationDay, models.PROTECT, related_name="held")
    women = models.PositiveSmallIntegerField()
    men = models.PositiveSmallIntegerField()
    violence = models.PositiveSmallIntegerField(default=0)
    family = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveSmallIntegerField(default=0)
    property = models.PositiveSmallIntegerField(default=0)
    benefits = models.PositiveSmallIntegerField(default=0)
    documents = models.PositiveSmallIntegerField(default=0)
    other = models.PositiveSmallIntegerField(default=0)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()
