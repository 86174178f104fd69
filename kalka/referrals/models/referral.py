from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from kalka.core.refs import LENGTH
from kalka.referrals.models.need import Need
from kalka.referrals.rules.needs import Urgency
from kalka.referrals.rules.referral import DECLINED_FOR, OVER, WITHDRAWN_FOR, Step, Warm, Why
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class ReferralQuerySet(models.QuerySet["Referral"]):
    def staged(self) -> "ReferralQuerySet":
        """With its last step: `last`, `number`, `last_at`, `why`. The consent is asked beside it."""
        step = ReferralStep.objects.filter(referral=OuterRef("pk")).order_by("-number")
        said: dict[str, Any] = {
            "last": Subquery(step.values("step")[:1]),
            "number": Subquery(step.values("number")[:1]),
            "last_at": Subquery(step.values("recorded_at")[:1]),
            "why": Subquery(step.values("why")[:1]),
        }
        return self.annotate(**said)

    def unfinished(self) -> "ReferralQuerySet":
        return self.staged().exclude(Q(last__in=list(OVER)))


class Referral(Row):
    """One organisation is asked for one need. Whoever is asked sees `handed` and the codes; the rest stays shut.

    What the service and whoever offers it were called is kept as it was called then. An organisation that does not
    work with this installation is asked by telephone: it has no post here, and no consent of a case but her word.
    """

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "place": "code",
        "need": "key",
        "code": "code",
        "urgency": "code",
        "service": "key",
        "service_name": "code",
        "provider_name": "code",
        "organisation": "key",
        "asked": "key",
        "consent": "key",
        "agreed_by": "key",
        "instead_of": "key",
        "warm": "code",
        "answer_by": "time",
        "basis": "code",
        "handed": "sealed",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    place = models.CharField(max_length=32)
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    urgency = models.CharField(max_length=8)
    service = models.ForeignKey("guide.Service", models.PROTECT, related_name="+", db_index=False)
    service_name = models.JSONField()
    provider_name = models.JSONField()
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    asked = models.ForeignKey("directory.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    consent = models.ForeignKey("cases.Consent", models.PROTECT, null=True, related_name="+", db_index=False)
    agreed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    warm = models.CharField(max_length=12)
    answer_by = models.DateTimeField(null=True)  # none: the law sets no term
    basis = models.JSONField()
    handed = SealedField(klass=Klass.NARRATIVE)

    objects = models.Manager.from_queryset(ReferralQuerySet)()

    last: str  # of `staged()`, as the rest
    number: int
    last_at: datetime
    why: str

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_within_rests_on_a_consent",
                condition=Q(organisation=None, asked=None, consent=None)
                | Q(organisation__isnull=False, asked__isnull=False, consent__isnull=False),
            ),
            models.CheckConstraint(name="referral_urgency_is_known", condition=Q(urgency__in=list(Urgency))),
            models.CheckConstraint(name="referral_warm_is_known", condition=Q(warm__in=list(Warm))),
        ]


_REASONED = {Step.DECLINED: [*DECLINED_FOR], Step.WITHDRAWN: [*WITHDRAWN_FOR, Why.CONSENT]}


class ReferralStep(Row):
    """What became of a referral, in order. Never changed; the one with the highest number is where it stands."""

    privacy = {
        **ROW_PRIVACY,
        "referral": "key",
        "number": "internal",
        "step": "code",
        "why": "code",
        "told": "sealed",
    }

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=16)
    why = models.CharField(max_length=16, blank=True)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("referral", "number", name="one_step_at_a_time"),
            models.CheckConstraint(name="referral_step_is_known", condition=Q(step__in=list(Step))),
            models.CheckConstraint(
                name="referral_step_has_its_reason",
                condition=Q(step=Step.DECLINED, why__in=_REASONED[Step.DECLINED])
                | Q(step=Step.WITHDRAWN, why__in=_REASONED[Step.WITHDRAWN])
                | (~Q(step__in=list(_REASONED)) & Q(why="")),
            ),
        ]


class Chase(Row):
    """Nobody answered in time: they were asked again, or another way is to be looked for. Each once a referral."""

    privacy = {**ROW_PRIVACY, "referral": "key", "what": "code"}

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint("referral", "what", name="chased_once"),
            models.CheckConstraint(name="chase_is_known", condition=Q(what__in=["again", "other"])),
        ]
