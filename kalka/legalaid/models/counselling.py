from django.db import models
from django.db.models import Q

from kalka.core.refs import LENGTH, new_id
from kalka.legalaid.rules import Circle, Left, Session, Urgency
from kalka.vault.rows import ROW_PRIVACY, Row


class Waiting(Row):
    """Somebody waits for a psychologist of an organisation."""

    privacy = {**ROW_PRIVACY, "case_ref": "key", "organisation_id": "key", "urgency": "code"}

    case_ref = models.CharField(max_length=LENGTH)
    organisation_id = models.BigIntegerField()
    urgency = models.CharField(max_length=8)

    class Meta:
        constraints = [models.CheckConstraint(name="urgency_is_known", condition=Q(urgency__in=list(Urgency)))]


class WaitingEnd(Row):
    privacy = {**ROW_PRIVACY, "waiting": "key", "how": "code"}

    waiting = models.OneToOneField(Waiting, models.PROTECT, related_name="end")
    how = models.CharField(max_length=12)

    class Meta:
        constraints = [models.CheckConstraint(name="waiting_end_is_known", condition=Q(how__in=list(Left)))]


class CounselSession(Row):
    """A talk with a psychologist: that it was, and how long. What was said is written nowhere in this module."""

    privacy = {**ROW_PRIVACY, "kind": "code", "minutes": "code", "on": "day", "came": "code"}

    kind = models.CharField(max_length=8)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()
    came = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="session_is_known", condition=Q(kind__in=list(Session))),
            models.CheckConstraint(
                name="who_did_not_come_took_no_time",
                condition=Q(came=True, minutes__range=(1, 300)) | Q(came=False, minutes=0),
            ),
        ]


class Group(models.Model):
    """A support group of an organisation. Of no file."""

    privacy = {
        "id": "key",
        "organisation_id": "key",
        "circle": "code",
        "seats": "internal",
        "since": "day",
        "author_id": "key",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.BigIntegerField(db_index=True)
    circle = models.CharField(max_length=8)
    seats = models.PositiveSmallIntegerField()
    since = models.DateField()
    author_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="circle_of_a_group_is_known", condition=Q(circle__in=list(Circle)))]


class GroupMember(Row):
    """Somebody of a case comes to a group."""

    privacy = {**ROW_PRIVACY, "case_ref": "key", "group": "key"}

    case_ref = models.CharField(max_length=LENGTH)
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")

    class Meta:
        constraints = [models.UniqueConstraint("group", "subject_id", name="once_in_a_group")]


class GroupMeeting(models.Model):
    privacy = {"id": "key", "group": "key", "on": "day", "minutes": "code", "author_id": "key"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    author_id = models.BigIntegerField()


class GroupPresence(Row):
    """Who was there."""

    privacy = {**ROW_PRIVACY, "meeting": "key", "member": "key"}

    meeting = models.ForeignKey(GroupMeeting, models.PROTECT, related_name="present")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "member", name="present_once_in_a_meeting")]
