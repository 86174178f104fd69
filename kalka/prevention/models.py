from django.db import models
from django.db.models import F, Q

from kalka.core.refs import new_id
from kalka.prevention.rules import BANDS, SEXES, Bound, From, Kind, LegalTopic, MindTopic, PhotoState, Withdrawn
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Event(models.Model):
    """Of an organisation and of no file. `file` is the subject of what is sealed of it."""

    privacy = {
        "id": "key",
        "file": "key",
        "organisation": "key",
        "author_id": "key",
        "post_id": "key",
        "digest": "internal",
        "recorded_at": "time",
        "kind": "code",
        "on": "day",
        "place": "code",
        "times": "code",
        "times_bound": "code",
        "people": "code",
        "people_bound": "code",
        "grades": "code",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.UUIDField()
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=16)
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    on = models.DateField()
    place = models.CharField(max_length=20)
    times = models.PositiveIntegerField()
    times_bound = models.CharField(max_length=8, blank=True)
    people = models.PositiveIntegerField(null=True)  # none: nobody counted
    people_bound = models.CharField(max_length=8, blank=True)
    grades = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["on", "kind"], name="events_by_day")]
        constraints = [
            models.CheckConstraint(name="prevention_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="event_stands_for_some", condition=Q(times__gte=1)),
            models.CheckConstraint(
                name="event_bounds_are_known", condition=Q(times_bound__in=list(Bound), people_bound__in=list(Bound))
            ),
            models.CheckConstraint(
                name="a_bound_has_a_figure", condition=Q(people__isnull=False) | Q(people_bound=Bound.EXACT)
            ),
        ]


class EventReach(models.Model):
    """How many of a sex and an age were there."""

    privacy = {"id": "key", "event": "key", "sex": "code", "band": "code", "count": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="reach")
    sex = models.CharField(max_length=8)
    band = models.CharField(max_length=8)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("event", "sex", "band", name="reached_once_each"),
            models.CheckConstraint(name="reach_is_known", condition=Q(sex__in=list(SEXES), band__in=list(BANDS))),
        ]


class EventTopic(models.Model):
    """How often an outreach day was asked about something."""

    privacy = {"id": "key", "event": "key", "topic": "code", "count": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="topics")
    topic = models.CharField(max_length=16)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("event", "topic", name="asked_once_a_topic"),
            models.CheckConstraint(
                name="event_topic_is_known", condition=Q(topic__in=[*list(LegalTopic), *list(MindTopic)])
            ),
        ]


class EventPartner(models.Model):
    """An organisation it was held with. Names of organisations are public."""

    privacy = {"id": "key", "event": "key", "name": "code", "whence": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    whence = models.CharField(max_length=16)

    class Meta:
        constraints = [models.CheckConstraint(name="partner_whence_is_known", condition=Q(whence__in=list(From)))]


class EventWithdrawn(models.Model):
    """It is not counted any more."""

    privacy = {"id": "key", "event": "key", "why": "code", "author_id": "key", "at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="withdrawn")
    why = models.CharField(max_length=12)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="why_withdrawn_is_known", condition=Q(why__in=list(Withdrawn)))]


class EventNote(Row):
    privacy = {**ROW_PRIVACY, "event": "key", "told": "sealed"}

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    told = SealedField(klass=Klass.NARRATIVE)


class Roll(Row):
    """Who was there, by name: only where the paper asks for it. The newest counts."""

    privacy = {**ROW_PRIVACY, "event": "key", "count": "code", "names": "sealed"}

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField()
    names = SealedField(klass=Klass.IDENTITY)


class Photo(Row):
    """A picture with its faces made unreadable; the one that came was never kept. `found`: by the machine, `marked`: by
    the person, `swore`: nobody was found, and she says that nobody can be recognised."""

    privacy = {
        **ROW_PRIVACY,
        "event": "key",
        "state": "code",
        "found": "internal",
        "marked": "internal",
        "swore": "code",
        "said_at": "time",
        "picture": "sealed",
    }

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=PhotoState.WAITING)
    found = models.PositiveSmallIntegerField()
    marked = models.PositiveSmallIntegerField(default=0)
    swore = models.BooleanField(default=False)
    said_at = models.DateTimeField(null=True)
    picture = SealedField(klass=Klass.EVIDENCE)  # JPEG, as base64

    class Meta:
        constraints = [
            models.CheckConstraint(name="photo_state_is_known", condition=Q(state__in=list(PhotoState))),
            models.CheckConstraint(
                name="no_photo_without_a_face_or_a_word",
                condition=~Q(state=PhotoState.KEPT) | Q(swore=True) | Q(found__gt=0) | Q(marked__gt=0),
            ),
            models.CheckConstraint(
                name="photo_said_after_it_came", condition=Q(said_at=None) | Q(said_at__gte=F("recorded_at"))
            ),
        ]
