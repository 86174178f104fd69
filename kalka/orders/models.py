from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kalka.core import clock
from kalka.core.refs import LENGTH, new_id
from kalka.orders.rules import Breached, By, Dated, How
from kalka.orders.rules.unissued import Unissued
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class OrderQuerySet(models.QuerySet["ProtectionOrder"]):
    def dated(self) -> "OrderQuerySet":
        """With what its later records say: `until`, `revoked_at`, `numbered`, `issuer`, `served`."""
        of_this = {"order": OuterRef("pk")}
        longest = Extension.objects.filter(**of_this).order_by().values("order").annotate(last=Max("until"))
        numbers = OrderNumber.objects.filter(**of_this)
        recorded: dict[str, Any] = {
            "until": Subquery(longest.values("last")[:1]),
            "revoked_at": Subquery(Revocation.objects.filter(**of_this).values("at")[:1]),
            "numbered": Exists(numbers),
            "issuer": Coalesce(
                Subquery(numbers.values("authority")[:1]), F("authority"), output_field=models.BigIntegerField()
            ),
            "served": Exists(Service.objects.filter(**of_this).exclude(how=How.NOT_FOUND)),
        }
        return self.annotate(**recorded)

    def running(self, at: datetime) -> "OrderQuerySet":
        """As `Dated.runs`, for the database."""
        day = clock.day_of(at)
        begun = Q(starts__lte=day, issued_at__lte=at)
        in_term = Q(ends__gte=day) | Q(until__gte=day)
        standing = Q(revoked_at=None) | Q(revoked_at__gt=at)
        return self.dated().filter(begun, in_term, standing)

    def not_over(self, at: datetime) -> "OrderQuerySet":
        """Running, or to begin."""
        day = clock.day_of(at)
        standing = Q(revoked_at=None) | Q(revoked_at__gt=at)
        return self.dated().filter(Q(ends__gte=day) | Q(until__gte=day), standing)

    def over(self, now: datetime) -> "OrderQuerySet":
        """Those whose term ran out by itself, and nobody noted it yet."""
        last: dict[str, Any] = {"last": Coalesce("until", "ends")}
        noted = Expiry.objects.filter(order=OuterRef("pk"), last_day=OuterRef("last"))
        over = Q(last__lt=clock.day_of(now), revoked_at=None)
        return self.dated().annotate(**last).filter(over, ~Exists(noted))


class ProtectionOrder(Row):
    """An order as its paper said it on registering. The provisions are kept as they stood; nothing is recomputed."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "place": "code",
        "authority": "key",
        "respondent": "key",
        "issued_at": "time",
        "starts": "day",
        "ends": "day",
        "stated": "code",
        "basis": "code",
        "counting": "code",
        "conditions": "code",
        "note": "sealed",
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    place = models.CharField(max_length=32)
    # Who is said to have issued it, while it has no number: then its OrderNumber says.
    authority = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+", db_index=False)
    respondent = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    starts = models.DateField()
    ends = models.DateField()  # the last day
    stated = models.BooleanField(default=False)  # the paper names another last day than the law
    basis = models.JSONField()
    counting = models.JSONField(null=True)
    conditions = models.CharField(max_length=200, blank=True)  # codes, with commas
    note = SealedField(klass=Klass.NARRATIVE)

    objects = models.Manager.from_queryset(OrderQuerySet)()

    until: date | None  # of `dated()`, as the rest
    revoked_at: datetime | None
    numbered: bool
    issuer: int | None
    served: bool

    class Meta:
        indexes = [models.Index(fields=["-issued_at", "id"], name="order_by_issue")]
        constraints = [
            models.CheckConstraint(name="order_ends_after_start", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(name="order_has_a_place", condition=~Q(place="")),
        ]


class OrderNumber(Row):
    """The number and who issued it: with the order, or later for a pending one. One each, and each but once."""

    privacy = {**ROW_PRIVACY, "order": "key", "authority": "key", "number": "sealed", "number_key": "internal"}

    order = models.OneToOneField(ProtectionOrder, models.PROTECT, related_name="+")
    authority = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    number = SealedField(klass=Klass.IDENTITY)
    number_key = models.BinaryField(max_length=16)  # keyed fingerprint: equal numbers are found, none is read

    class Meta:
        indexes = [models.Index(fields=["number_key"], name="order_by_number")]
        constraints = [models.UniqueConstraint("authority", "number_key", name="one_order_a_number")]


class ProtectedPerson(Row):
    """Whom the order protects."""

    privacy = {**ROW_PRIVACY, "order": "key", "person": "key"}

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("order", "person", name="protected_once")]


class Service(Row):
    """The respondent was told of the order, or could not be found."""

    privacy = {**ROW_PRIVACY, "order": "key", "at": "time", "how": "code", "refused": "code", "told": "sealed"}

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=12)
    refused = models.BooleanField(default=False)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="service_how_is_known", condition=Q(how__in=list(How)))]


class Extension(Row):
    privacy = {
        **ROW_PRIVACY,
        "order": "key",
        "on": "day",
        "until": "day",
        "authority": "key",
        "basis": "code",
        "told": "sealed",
    }

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    on = models.DateField()  # granted
    until = models.DateField()  # the last day
    authority = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    basis = models.JSONField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="extension_goes_on", condition=Q(until__gt=F("on")))]


class Revocation(Row):
    privacy = {**ROW_PRIVACY, "order": "key", "at": "time", "by": "code", "reason": "sealed"}

    order = models.OneToOneField(ProtectionOrder, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=12)
    reason = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="revoked_by_is_known", condition=Q(by__in=list(By)))]


class Breach(Row):
    privacy = {**ROW_PRIVACY, "order": "key", "on": "day", "how": "code", "told": "sealed"}

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    on = models.DateField()
    how = models.CharField(max_length=16)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="breach_how_is_known", condition=Q(how__in=list(Breached)))]


class Overlap(Row):
    """Two orders against the same person that ran at once: found when `order` was written down."""

    privacy = {**ROW_PRIVACY, "order": "key", "other": "key"}

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    other = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "other", name="one_overlap_a_pair"),
            models.CheckConstraint(name="overlap_is_of_two", condition=~Q(order=F("other"))),
        ]


class Expiry(Row):
    """The term ran out: noted once for each last day, so that what it causes is caused once."""

    privacy = {**ROW_PRIVACY, "order": "key", "last_day": "day"}

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="+")
    last_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("order", "last_day", name="one_expiry_a_term")]


class NoOrder(Row):
    """Why a fact of violence has no order; the newest row stands. `incident` is empty for the opening of the case."""

    privacy = {**ROW_PRIVACY, "case": "key", "incident": "key", "why": "code", "told": "sealed"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    incident = models.ForeignKey("cases.Incident", models.PROTECT, null=True, related_name="+", db_index=False)
    why = models.CharField(max_length=16)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="no_order_why_is_known", condition=Q(why__in=list(Unissued)))]


class RegisterLine(models.Model):
    """What the police register said of an order: beside what stands here, never over it. Of no file: digests, days."""

    privacy = {
        **dict.fromkeys(("id", "authority", "author_id", "post_id"), "key"),
        **dict.fromkeys(("number_key", "marks", "digest"), "internal"),
        **{"issued_on": "day", "last_day": "day", "conditions": "code", "recorded_at": "time"},
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    number_key = models.BinaryField(max_length=16)
    issued_on = models.DateField()
    last_day = models.DateField()
    conditions = models.CharField(max_length=200, blank=True)  # codes, with commas
    marks = models.TextField(blank=True)  # whom it is against, as `|` between keyed digests
    digest = models.BinaryField(max_length=16)
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["number_key"], name="register_by_number"),
            models.Index(fields=["last_day"], name="register_by_last_day"),
        ]


def version(order: ProtectionOrder) -> str:
    """Of an order of `dated()`: another one with every record that changes how long it runs or what is left to do."""
    until, revoked = order.until or order.ends, order.revoked_at
    return f"{until}/{order.numbered:d}{order.served:d}/{revoked.timestamp() if revoked else ''}"


def dated(order: ProtectionOrder) -> Dated:
    """What the records of an order of `dated()` say together."""
    return Dated(
        issued_at=order.issued_at,
        starts=order.starts,
        ends=order.ends,
        until=order.until,
        numbered=order.numbered,
        revoked_at=order.revoked_at,
    )
