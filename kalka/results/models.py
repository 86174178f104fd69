from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id


class QuarterReport(models.Model):
    """What a committee told those above it of a quarter: the figures as they stood when it was sent. Never changed; one
    with a higher number replaces it."""

    privacy = {
        "id": "key",
        "organisation": "key",
        "year": "code",
        "quarter": "code",
        "number": "internal",
        "figures": "code",
        "author_id": "key",
        "sent_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()  # code → [number, bound]; numbers about families below five are left out
    author_id = models.BigIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "year", "quarter", "number", name="one_report_a_number"),
            models.CheckConstraint(name="a_year_has_four_quarters", condition=Q(quarter__gte=1, quarter__lte=4)),
        ]


class Acknowledged(models.Model):
    """Somebody above has read it."""

    privacy = {"id": "key", "report": "key", "author_id": "key", "at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.OneToOneField(QuarterReport, models.PROTECT, related_name="acknowledged")
    author_id = models.BigIntegerField()
    at = models.DateTimeField()
