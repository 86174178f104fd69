from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.training.rules import ADULTS, BOUNDS, MOST_DAYS, SEXES, Kind, Part, Position, Sector, Series, Why
from kalka.vault.blind import SIZE
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

KEPT_PRIVACY = {
    "id": "key",
    "author_id": "key",
    "post_id": "key",
    "organisation_id": "key",
    "digest": "internal",
    "recorded_at": "time",
}


class Kept(models.Model):
    """A row of nobody in particular: public, or a figure. Never changed after it was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()
    digest = models.BinaryField(max_length=16)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Programme(Kept):
    """One programme, held at many dates and places. Its names, partners and project are printed on posters."""

    privacy = {
        **KEPT_PRIVACY,
        "series": "code",
        "name": "code",
        "hours": "code",
        "partners": "code",
        "project": "code",
    }

    series = models.CharField(max_length=12)
    name = models.JSONField()  # {ky, ru, en}
    hours = models.PositiveSmallIntegerField()
    partners = models.JSONField(default=list)
    project = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="training_series_is_known", condition=Q(series__in=list(Series)))]


class Course(Kept):
    """The programme at a date and a place. `roll_id` is the subject whose keys seal the names of its participants,
    `plan_id` the one of the plan of the region that it agreed on."""

    privacy = {
        **KEPT_PRIVACY,
        "programme": "key",
        "place": "code",
        "on": "day",
        "days": "code",
        "meeting": "code",
        "partners": "code",
        "disabilities": "code",
        "access": "code",
        "roll_id": "key",
        "plan_id": "key",
    }

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    on = models.DateField(db_index=True)
    days = models.PositiveSmallIntegerField()
    meeting = models.BooleanField()
    partners = models.JSONField(default=list)
    disabilities = models.JSONField(default=list)
    access = models.JSONField(default=list)
    roll_id = models.UUIDField(unique=True)
    plan_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="training_course_has_days", condition=Q(days__gte=1, days__lte=MOST_DAYS)),
            models.UniqueConstraint(
                "programme", "place", "on", "days", "organisation_id", name="training_one_course_a_day_and_place"
            ),
        ]


class Entry(Kept):
    """So many participants of one kind, as they were entered together. Names, where given, are beside it."""

    privacy = {
        **KEPT_PRIVACY,
        "course": "key",
        "kind": "code",
        "sector": "code",
        "position": "code",
        "sex": "code",
        "band": "code",
        "number": "code",
        "bound": "code",
    }

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    sector = models.CharField(max_length=16)
    position = models.CharField(max_length=12)
    sex = models.CharField(max_length=8)
    band = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    bound = models.CharField(max_length=8, blank=True)  # "over": the source says "more than"

    class Meta:
        constraints = [
            models.CheckConstraint(name="training_participants_are_of_a_kind", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="training_participants_sector_is_known", condition=Q(sector__in=list(Sector))),
            models.CheckConstraint(
                name="training_participants_post_is_known", condition=Q(position__in=list(Position))
            ),
            models.CheckConstraint(name="training_participants_sex_is_known", condition=Q(sex__in=list(SEXES))),
            models.CheckConstraint(name="training_participants_band_is_known", condition=Q(band__in=list(ADULTS))),
            models.CheckConstraint(name="training_participants_bound_is_known", condition=Q(bound__in=list(BOUNDS))),
            models.CheckConstraint(name="training_participants_are_some", condition=Q(number__gte=1)),
        ]


class Participant(Row):
    """Somebody on the roll of a course. `mac` tells one person in two courses, and nothing else anywhere. `gone`: the
    roll was destroyed; the row stands for a certificate alone."""

    privacy = {
        **ROW_PRIVACY,
        "course": "key",
        "entry": "key",
        "name": "sealed",
        "phone": "sealed",
        "mac": "secret",
        "gone": "code",
    }

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    name = SealedField(klass=Klass.IDENTITY)
    phone = SealedField(klass=Klass.IDENTITY)
    mac = models.BinaryField(max_length=SIZE, null=True)
    gone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="training_nothing_tells_who_is_gone", condition=Q(gone=False) | Q(mac=None))
        ]


class RollDestroyed(Kept):
    """The names of a course were destroyed on a day, and of how many. Its figures and certificates stay."""

    privacy = {**KEPT_PRIVACY, "course": "key", "count": "code"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()


class ResultSheet(Kept):
    """Results in per cent before and after, whose nobody says. `whole`: it stands in place of all before it."""

    privacy = {**KEPT_PRIVACY, "course": "key", "before": "code", "after": "code", "whole": "code"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    whole = models.BooleanField()


class Certificate(Row):
    """One for a participant. The code is kept as a digest, by which the public page finds it, and sealed for
    the paper."""

    privacy = {**ROW_PRIVACY, "course": "key", "participant": "key", "mac": "secret", "code": "sealed", "on": "day"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    participant = models.OneToOneField(Participant, models.PROTECT, related_name="+")
    mac = models.BinaryField(max_length=SIZE, unique=True)
    code = SealedField(klass=Klass.IDENTITY)
    on = models.DateField()


class Measure(Row):
    """A line of the plan of a region that a seminar-meeting agreed on."""

    privacy = {**ROW_PRIVACY, "course": "key", "words": "sealed", "responsible": "code", "by": "day"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    words = SealedField(klass=Klass.NARRATIVE)
    responsible = models.CharField(max_length=40)
    by = models.DateField()


class FocalPoint(Row):
    """Somebody who answers for gender equality in a body, or the head of one. The name is optional."""

    privacy = {**ROW_PRIVACY, "part": "code", "organisation": "key", "since": "day", "name": "sealed"}

    part = models.CharField(max_length=8)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    name = SealedField(klass=Klass.IDENTITY)

    class Meta:
        constraints = [models.CheckConstraint(name="training_focal_part_is_known", condition=Q(part__in=list(Part)))]


class Learning(Row):
    """A focal point was trained on a day, perhaps in one of the courses here."""

    privacy = {**ROW_PRIVACY, "focal": "key", "on": "day", "course": "key"}

    focal = models.ForeignKey(FocalPoint, models.PROTECT, related_name="+")
    on = models.DateField()
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", null=True)


class Period(Kept):
    """How often focal points are trained, by an act that an institution cites. The last one holds; without any, the
    term is not set."""

    privacy = {**KEPT_PRIVACY, "months": "code", "cite": "code"}

    months = models.PositiveSmallIntegerField()
    cite = models.CharField(max_length=200)


class TakenBack(Kept):
    """What was entered does not count: a mistake, entered twice, or a focal point who left. It stays written."""

    privacy = {**KEPT_PRIVACY, "of_id": "key", "what": "code", "why": "code"}

    of_id = models.UUIDField(unique=True)
    what = models.CharField(max_length=12)
    why = models.CharField(max_length=8)

    class Meta:
        constraints = [models.CheckConstraint(name="training_taken_back_for_a_reason", condition=Q(why__in=list(Why)))]
