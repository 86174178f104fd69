from django.db import models
from django.db.models import F, Q

from kalka.places.rules import LEVELS


class Place(models.Model):
    """A unit of the territory. `valid_to` is the first day it is no more; nothing is ever deleted."""

    privacy = {
        "code": "code",
        "level": "code",
        "parent": "code",
        "names": "code",
        "name_status": "code",
        "iso": "code",
        "note": "code",
        "valid_from": "code",
        "valid_to": "code",
        "vintage": "code",
    }

    code = models.CharField(primary_key=True, max_length=20)
    level = models.CharField(max_length=20, choices=[(level, level) for level in LEVELS])
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    names = models.JSONField()  # ky, ru, en; ky and en may be blank
    name_status = models.CharField(max_length=20)  # of the Kyrgyz name
    iso = models.CharField(max_length=6, blank=True)
    note = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    vintage = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["level", "code"], name="place_by_level")]
        constraints = [
            models.CheckConstraint(name="place_level_is_known", condition=Q(level__in=LEVELS)),
            models.CheckConstraint(name="place_is_not_in_itself", condition=Q(parent=None) | ~Q(parent=F("code"))),
            models.CheckConstraint(
                name="place_country_alone_has_no_parent",
                condition=Q(level="country", parent=None) | (~Q(level="country") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="place_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class Succession(models.Model):
    """What became of what: a merger has many before, a division many after."""

    privacy = {"id": "key", "before": "code", "after": "code", "on": "code"}

    id = models.BigAutoField(primary_key=True)
    before = models.ForeignKey(Place, models.PROTECT, related_name="+")
    after = models.ForeignKey(Place, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="succession_once"),
            models.CheckConstraint(name="succession_is_not_to_itself", condition=~Q(before=F("after"))),
        ]
