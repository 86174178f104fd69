from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kalka.core.clock import SKEW
from kalka.core.refs import new_id
from kalka.notices.rules import State, Way
from kalka.vault.blind import SIZE
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> "NoticeQuerySet":
        """What may go out now; also what was written ahead of the clock, before it was set back."""
        ahead = Q(created_at__gt=now + SKEW, not_before__gte=F("created_at"))
        return self.filter(Q(not_before__lte=now) | ahead, state=State.WAITING)


class Notice(models.Model):
    """Somebody is to be told something of a kind. No words and no number: both are found when it is delivered."""

    privacy = {
        "id": "key",
        "subject_id": "key",
        "kind": "code",
        "to_post": "key",
        "to_person": "key",
        "state": "code",
        "why": "code",
        "tries": "internal",
        "created_at": "time",
        "not_before": "time",
        "ended_at": "time",
        "seen_at": "time",
        "seen_by": "key",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=24)
    to_post = models.ForeignKey("directory.Post", models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, default=State.WAITING)
    why = models.CharField(max_length=24, blank=True)  # why it was dropped or is late
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], name="notice_waiting", condition=Q(state=State.WAITING)),
            models.Index(
                fields=["to_post", "-created_at"], name="notice_unseen", condition=Q(seen_at=None, to_person=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="notice_state_is_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="notice_is_for_one",
                condition=Q(to_post=None, to_person__isnull=False) | Q(to_post__isnull=False, to_person=None),
            ),
            models.CheckConstraint(
                name="notice_ended_has_a_time",
                condition=Q(state=State.WAITING, ended_at=None) | (~Q(state=State.WAITING) & Q(ended_at__isnull=False)),
            ),
        ]


class Chosen(Row):
    """By what a person wants to be told from now on: the latest holds. For SMS it is the number in the file."""

    privacy = {**ROW_PRIVACY, "person": "key", "way": "code", "address": "sealed"}

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    way = models.CharField(max_length=9)
    address = SealedField(klass=Klass.CONTACT)

    class Meta:
        constraints = [models.CheckConstraint(name="chosen_way_is_known", condition=Q(way__in=list(Way)))]


class Invitation(Row):
    """A code by which somebody lets the bot know who she is. Used once, within days."""

    privacy = {**ROW_PRIVACY, "person": "key", "code": "secret", "until": "time", "used_at": "time"}

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    code = models.CharField(max_length=64, unique=True)  # its digest
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Stopped(models.Model):
    """By this way nothing goes to this address any more: whoever reads there asked for it. Only a digest is kept."""

    privacy = {"id": "key", "way": "code", "mac": "secret", "at": "time", "lifted_at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    way = models.CharField(max_length=9)
    mac = models.BinaryField(max_length=SIZE)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("way", "mac", name="stopped_once", condition=Q(lifted_at=None)),
            models.CheckConstraint(name="stopped_way_is_known", condition=Q(way__in=list(Way))),
        ]
