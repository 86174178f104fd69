from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


class DayBefore(models.Func):
    output_field = models.DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '-1 day')", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="(%(expressions)s - 1)", **more)


def _runs(day: date) -> Q:
    """`until` is the last day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


class PostQuerySet(models.QuerySet["Post"]):
    def on(self, day: date) -> "PostQuerySet":
        return self.filter(_runs(day))


class HoldingQuerySet(models.QuerySet["Holding"]):
    def on(self, day: date) -> "HoldingQuerySet":
        return self.filter(_runs(day))


class Organisation(models.Model):
    privacy = {"id": "key", "kind": "code", "name": "code", "place": "code", "parent": "key"}

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    name = models.JSONField()  # {ky, ru, en}: an organisation's name is public
    place = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")


class Post(models.Model):
    """A role in an organisation and a territory. A post that leads receives what was not done in time."""

    privacy = {
        "id": "key",
        "role": "code",
        "organisation": "key",
        "place": "code",
        "leads": "code",
        "substitute": "key",
        "since": "day",
        "until": "day",
    }

    id = models.BigAutoField(primary_key=True)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=20)
    leads = models.BooleanField(default=False)
    substitute = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = models.Manager.from_queryset(PostQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["role", "place"], name="post_by_role_and_place")]
        constraints = [
            models.CheckConstraint(name="post_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="post_is_not_its_own_substitute", condition=Q(substitute=None) | ~Q(substitute=F("id"))
            ),
        ]


class Holding(models.Model):
    """A person in a post, from a day, perhaps to one. A member of a committee also stands for a part of society."""

    privacy = {"id": "key", "post": "key", "user_id": "key", "category": "code", "since": "day", "until": "day"}

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user_id = models.BigIntegerField(db_index=True)
    category = models.CharField(max_length=24, blank=True, default="", db_default="")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = models.Manager.from_queryset(HoldingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "user_id"], condition=Q(until=None), name="one_open_holding"),
            # the day before the first: whoever is appointed and taken out again on one day has not held it
            models.CheckConstraint(
                name="holding_ends_after_start", condition=Q(until=None) | Q(until__gte=DayBefore(F("since")))
            ),
        ]
