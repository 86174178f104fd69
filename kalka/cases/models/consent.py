from datetime import date

from django.db import models
from django.db.models import F, Q

from kalka.cases.models.case import Case
from kalka.cases.rules import MEMBER_WHYS, PURPOSES
from kalka.vault.rows import ROW_PRIVACY, Row


class ConsentQuerySet(models.QuerySet["Consent"]):
    def running(self, on: date) -> "ConsentQuerySet":
        withdrawn = ConsentWithdrawn.objects.values("consent")
        return self.filter(given_on__lte=on, until__gte=on).exclude(pk__in=withdrawn)


class Consent(Row):
    """One organisation may know, for one purpose, until the end of a day."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "organisation": "key",
        "purpose": "code",
        "scope": "code",
        "given_by": "key",
        "given_on": "day",
        "until": "day",
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    scope = models.CharField(max_length=8)
    given_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    given_on = models.DateField()
    until = models.DateField()

    objects = models.Manager.from_queryset(ConsentQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_ends_after_start", condition=Q(until__gte=F("given_on"))),
            models.CheckConstraint(name="purpose_is_known", condition=Q(purpose__in=PURPOSES)),
            models.CheckConstraint(name="consent_scope_is_known", condition=Q(scope__in=["duties", "file"])),
        ]


class ConsentWithdrawn(Row):
    privacy = {**ROW_PRIVACY, "consent": "key", "why": "code"}

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="+")
    why = models.CharField(max_length=32)


class MemberQuerySet(models.QuerySet["Member"]):
    def standing(self, on: date) -> "MemberQuerySet":
        left = MemberLeft.objects.values("member")
        return self.filter(Q(until=None) | Q(until__gte=on)).exclude(pk__in=left)


class Member(Row):
    """A post that needs to know, from the day of the row on."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "holder": "key",
        "why": "code",
        "scope": "code",
        "since": "day",
        "until": "day",
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    holder = models.ForeignKey("directory.Post", models.PROTECT, related_name="+")
    why = models.CharField(max_length=16)
    scope = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = models.Manager.from_queryset(MemberQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))),
            models.CheckConstraint(name="member_why_is_known", condition=Q(why__in=MEMBER_WHYS)),
            models.CheckConstraint(name="member_scope_is_known", condition=Q(scope__in=["duties", "orders", "file"])),
        ]


class MemberLeft(Row):
    privacy = {**ROW_PRIVACY, "member": "key"}

    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
