from typing import NoReturn

from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.history.rules import EventKind


class AppendOnly(models.QuerySet["Event"]):
    """What happened is not unsaid. The database refuses it as well (sql/append_only_*.sql)."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("history is only ever appended to")

    update = delete = bulk_update = update_or_create = _refuse


class Event(models.Model):
    """One thing that happened, on a day, written down at a moment."""

    privacy = {
        "id": "key",
        "subject_id": "key",
        "person": "key",
        "kind": "code",
        "on": "day",
        "recorded_at": "time",
        "source": "code",
        "author_id": "key",
        "post_id": "key",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=24, blank=True)  # which register or step said so
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)

    objects = models.Manager.from_queryset(AppendOnly)()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "on"], name="event_by_subject"),
            models.Index(fields=["person", "on"], name="event_by_person", condition=Q(person__isnull=False)),
        ]
        constraints = [models.CheckConstraint(name="event_kind_is_known", condition=Q(kind__in=list(EventKind)))]
