from django.db import models
from django.db.models import Q

from kalka.core.actors import Actor
from kalka.core.refs import LENGTH
from kalka.followup.rules import Clock, Found, Kept, Said, Way, Where
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Visit(Row):
    """What was found at the door. `visited_at` is the device's clock and data alone: it orders and decides nothing."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "planned": "key",
        "visited_at": "time",
        "late": "code",
        "clock": "code",
        "found": "code",
        "kept": "code",
        "where": "code",
        "told": "sealed",
        "zone": "sealed",
    }

    case_ref = models.CharField(max_length=LENGTH)
    planned = models.ForeignKey("duties.Duty", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    visited_at = models.DateTimeField()
    late = models.BooleanField()  # written down more than 12 hours after
    clock = models.CharField(max_length=8, blank=True)
    found = models.CharField(max_length=12)
    kept = models.CharField(max_length=8, blank=True)  # empty: no order ran
    where = models.CharField(max_length=12)
    told = SealedField(klass=Klass.NARRATIVE)
    zone = SealedField(klass=Klass.NARRATIVE, null=True)  # inside or outside where it was to be; never a place

    def is_of(self, actor: Actor) -> bool:
        """Whether the actor wrote it: the post, and the person in whatever post they act now."""
        return actor.user_id == self.author_id or (actor.post_id is not None and actor.post_id == self.post_id)

    class Meta:
        constraints = [
            models.CheckConstraint(name="visit_found_is_known", condition=Q(found__in=list(Found))),
            models.CheckConstraint(name="visit_kept_is_known", condition=Q(kept__in=["", *Kept])),
            models.CheckConstraint(name="visit_where_is_known", condition=Q(where__in=list(Where))),
            models.CheckConstraint(name="visit_clock_is_known", condition=Q(clock__in=list(Clock))),
        ]


class VisitCorrection(Row):
    """What was wrong or missing. The visit itself stays as it was written."""

    privacy = {**ROW_PRIVACY, "visit": "key", "told": "sealed"}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    told = SealedField(klass=Klass.NARRATIVE)


class MissedVisit(Row):
    """A visit at a high level that was not made in time. Once for each term, whoever had the duty by then."""

    privacy = {**ROW_PRIVACY, "planned_at": "time", "alarmed": "key"}

    planned_at = models.DateTimeField()
    alarmed = models.ForeignKey("directory.Post", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("subject_id", "planned_at", name="one_alarm_a_missed_visit")]


class VisitSaid(Row):
    """What she says of a visit. Another answer may follow; each stands beside what was written down."""

    privacy = {**ROW_PRIVACY, "visit": "key", "said": "code", "way": "code", "told": "sealed"}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=8)
    way = models.CharField(max_length=12)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="visit_said_is_known", condition=Q(said__in=list(Said))),
            models.CheckConstraint(name="visit_asked_by_a_known_way", condition=Q(way__in=list(Way))),
        ]
