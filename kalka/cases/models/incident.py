from django.db import models
from django.db.models import Q

from kalka.cases.models.case import Case, Participant
from kalka.cases.rules import EARLIEST, PRECISIONS, GbvType
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Incident(Row):
    """One time that violence happened, as it was told. A fuller telling amends it; the first stays."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "on": "day",
        "precision": "code",
        "place": "code",
        "forms": "code",
        "gbvims": "code",
        "certain": "code",
        "contexts": "code",
        "told": "sealed",
        "amends": "key",
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    on = models.DateField()
    precision = models.CharField(max_length=8)
    place = models.CharField(max_length=32, blank=True)
    forms = models.CharField(max_length=120, blank=True)  # codes of the day's list, with commas
    gbvims = models.CharField(max_length=20, blank=True)
    certain = models.BooleanField(default=False)  # no earlier question of the decision order is open
    contexts = models.CharField(max_length=200, blank=True)
    told = SealedField()  # {what, where, when_words, signs}
    amends = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="incident_day_is_sane", condition=Q(on__gte=EARLIEST)),
            models.CheckConstraint(name="precision_is_known", condition=Q(precision__in=PRECISIONS)),
            models.CheckConstraint(name="gbvims_is_known", condition=Q(gbvims__in=["", *GbvType])),
        ]


class Presence(Row):
    """Who was at an incident: each alleged perpetrator, each child."""

    privacy = {**ROW_PRIVACY, "incident": "key", "participant": "key"}

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("incident", "participant", name="present_once")]
