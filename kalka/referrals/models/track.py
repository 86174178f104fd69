from django.db import models
from django.db.models import Q

from kalka.core.refs import LENGTH
from kalka.referrals.rules.needs import Ago
from kalka.referrals.rules.tracks import By, Kind, Outcome
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Track(Row):
    """The way through care after sexual violence or trafficking. `ago`: how long before this row it was."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "place": "code",
        "kind": "code",
        "by": "code",
        "ago": "code",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    place = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    by = models.CharField(max_length=8)
    ago = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "kind", name="one_track_of_a_kind"),
            models.CheckConstraint(name="track_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="track_by_is_known", condition=Q(by__in=list(By))),
            models.CheckConstraint(name="track_ago_is_known", condition=Q(ago__in=list(Ago))),
        ]


class TrackStep(Row):
    """A step was taken, was refused by her, or could not be taken."""

    privacy = {
        **ROW_PRIVACY,
        "track": "key",
        "code": "code",
        "number": "internal",
        "outcome": "code",
        "on": "day",
        "told": "sealed",
    }

    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()  # which time
    outcome = models.CharField(max_length=16)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("track", "code", "number", name="one_time_of_a_track_step"),
            models.CheckConstraint(name="track_outcome_is_known", condition=Q(outcome__in=list(Outcome))),
        ]
