from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from kalka.cases.rules import Kind, Part, Stage
from kalka.core.refs import LENGTH
from kalka.vault.rows import ROW_PRIVACY, Row


class CaseQuerySet(models.QuerySet["Case"]):
    def staged(self) -> "CaseQuerySet":
        """With `stage` and `stage_number`: where each case stands."""
        last = StageChange.objects.filter(case=OuterRef("pk")).order_by("-number")
        where: dict[str, Any] = {"stage": Subquery(last.values("stage")[:1])}
        where["stage_number"] = Subquery(last.values("number")[:1])
        return self.annotate(**where)


class Case(Row):
    """The file of one protected person. Its reference is drawn at random and says nothing."""

    privacy = {
        **ROW_PRIVACY,
        "ref": "key",
        "kind": "code",
        "place": "code",
        "opened_on": "day",
        "report": "key",
    }

    ref = models.CharField(max_length=LENGTH, unique=True)
    kind = models.CharField(max_length=8, default=Kind.VIOLENCE)
    place = models.CharField(max_length=32)
    opened_on = models.DateField()
    report = models.OneToOneField("intake.Report", models.PROTECT, null=True, related_name="+")

    objects = models.Manager.from_queryset(CaseQuerySet)()

    stage: str  # of `staged()`
    stage_number: int

    class Meta:
        constraints = [
            models.UniqueConstraint("subject_id", name="one_case_a_subject"),
            models.CheckConstraint(name="case_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="case_has_a_place", condition=~Q(place="")),
        ]


class StageChange(Row):
    """The case moved. The one with the highest number is where it stands."""

    privacy = {**ROW_PRIVACY, "case": "key", "number": "internal", "stage": "code", "why": "code"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12)
    why = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "number", name="one_change_at_a_time"),
            models.CheckConstraint(name="stage_is_known", condition=Q(stage__in=list(Stage))),
        ]


class Participant(Row):
    """Somebody's part in the case. A person may have several parts: a guardian may be the one said to have done it."""

    privacy = {**ROW_PRIVACY, "case": "key", "person": "key", "part": "code", "relation": "code"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)
    relation = models.CharField(max_length=16, default="unknown")  # to the protected person; code of people.relations

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "person", "part", name="one_part_once"),
            models.UniqueConstraint("case", condition=Q(part=Part.PROTECTED), name="one_protected_person"),
            models.CheckConstraint(name="part_is_known", condition=Q(part__in=list(Part))),
        ]
