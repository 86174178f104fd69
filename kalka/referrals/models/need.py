from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kalka.core.refs import LENGTH
from kalka.referrals.rules.needs import PURPOSES, Ago, Urgency, Wish
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Intake(Row):
    """Somebody was asked what they need, once. What they need is in the rows of it."""

    privacy = {**ROW_PRIVACY, "case": "key", "case_ref": "key", "told": "sealed"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    told = SealedField(klass=Klass.NARRATIVE)


class NeedQuerySet(models.QuerySet["Need"]):
    def wished(self) -> "NeedQuerySet":
        """With `says`: the last word on it."""
        last = Choice.objects.filter(need=OuterRef("pk")).order_by("-number").values("wish")[:1]
        said: dict[str, Any] = {"says": Coalesce(Subquery(last), "wish", output_field=models.CharField())}
        return self.annotate(**said)


class Need(Row):
    """One kind of help somebody needs. Each kind once in a case; what is said to it later stands in `Choice`."""

    privacy = {
        **ROW_PRIVACY,
        "intake": "key",
        "case": "key",
        "case_ref": "key",
        "place": "code",
        "code": "code",
        "urgency": "code",
        "wish": "code",
        "ago": "code",
    }

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    place = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    urgency = models.CharField(max_length=8)
    wish = models.CharField(max_length=12)
    ago = models.CharField(max_length=8, blank=True)

    objects = models.Manager.from_queryset(NeedQuerySet)()

    says: str  # of `wished()`

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "code", name="one_need_of_a_kind"),
            models.CheckConstraint(name="need_is_known", condition=Q(code__in=list(PURPOSES))),
            models.CheckConstraint(name="need_urgency_is_known", condition=Q(urgency__in=list(Urgency))),
            models.CheckConstraint(name="need_wish_is_known", condition=Q(wish__in=list(Wish))),
            models.CheckConstraint(name="need_ago_is_known", condition=Q(ago__in=["", *Ago])),
        ]


class Choice(Row):
    """What she said to a need later, in her words. The last one counts; none is overwritten."""

    privacy = {**ROW_PRIVACY, "need": "key", "number": "internal", "wish": "code", "told": "sealed"}

    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    wish = models.CharField(max_length=12)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("need", "number", name="one_choice_at_a_time"),
            models.CheckConstraint(name="choice_is_known", condition=Q(wish__in=list(Wish))),
        ]
