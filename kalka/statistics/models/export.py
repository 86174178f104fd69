from django.db import models
from django.db.models import F, Q

from kalka.statistics.exports import MOST
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Export(Row):
    """Somebody asks for lines about single persons, without identity. Never changed. A subject of its own, so that
    who may know of it is granted as of a file."""

    privacy = {
        **ROW_PRIVACY,
        "indicator": "code",
        "period": "code",
        "place": "code",
        "cap": "internal",
        "purpose": "sealed",
    }

    indicator = models.CharField(max_length=32)
    period = models.CharField(max_length=7)
    place = models.CharField(max_length=20, blank=True)  # an oblast; empty: the country
    cap = models.PositiveIntegerField()
    purpose = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_has_a_cap", condition=Q(cap__gte=1, cap__lte=MOST)),
        ]


class ExportDecision(Row):
    """What the second person said. One each. `release` is the one whose lines were approved; no other's are given."""

    privacy = {
        **ROW_PRIVACY,
        "export": "key",
        "asker_id": "key",
        "approved": "code",
        "reason": "sealed",
        "release": "code",
    }

    export = models.OneToOneField(Export, models.PROTECT, related_name="decision")
    asker_id = models.BigIntegerField()
    approved = models.BooleanField()
    reason = SealedField()
    release = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_export_has_a_second_person", condition=~Q(author_id=F("asker_id"))),
        ]
