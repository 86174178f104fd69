"""What there is: shelters, their beds, and what a bed is taken by."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kalka.core.refs import new_id
from kalka.shelters import rules
from kalka.shelters.rules import Kind, Suits
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Shelter(Row):
    """A house of an organisation. Its name is sealed; where it is lies in the strongroom (`AddressKept`)."""

    privacy = {**ROW_PRIVACY, "organisation": "key", "region": "code", "name": "sealed"}

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=20)  # the oblast or republican city, nothing nearer
    name = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.UniqueConstraint("subject_id", name="one_shelter_a_subject")]


class AddressKept(Row):
    """Where it is, as it was last written down: a value of the strongroom. The value itself is never here."""

    privacy = {**ROW_PRIVACY, "shelter": "key", "value": "key"}

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="+")
    value = models.ForeignKey("strongroom.SealedValue", on_delete=models.PROTECT, related_name="+")


class HouseRules(Row):
    """The rules of the house in plain words. The last ones count; what somebody was told stays what it was."""

    privacy = {**ROW_PRIVACY, "shelter": "key", "text": "sealed"}

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="+")
    text = SealedField(klass=Klass.NARRATIVE)


class PlaceQuerySet(models.QuerySet["Place"]):
    def standing(self) -> "PlaceQuerySet":
        return self.filter(retired_at=None)

    def suiting(self, needed: Iterable[str]) -> "PlaceQuerySet":
        return self.filter(**{f"suits_{code}": True for code in needed})

    def free(self, now: datetime) -> "PlaceQuerySet":
        """Nothing runs but perhaps a hold that is over; whoever takes the place ends that first (`bedding.sweep`)."""
        over = Q(kind=Kind.HOLD, until__lte=now)
        return self.exclude(models.Exists(Taking.objects.running().exclude(over).filter(place=models.OuterRef("pk"))))


class Place(models.Model):
    """A bed: codes alone, so that the network can count it without seeing the shelter. Changed by retiring it."""

    privacy = {
        "id": "key",
        "shelter": "key",
        "organisation_id": "key",
        "region": "code",
        "room": "code",
        "bed": "code",
        **{f"suits_{code}": "code" for code in Suits},
        "since": "time",
        "retired_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="+")
    organisation_id = models.BigIntegerField()  # as of the shelter
    region = models.CharField(max_length=20)  # as of the shelter
    room = models.PositiveSmallIntegerField()
    bed = models.PositiveSmallIntegerField()
    suits_woman = models.BooleanField()
    suits_man = models.BooleanField()
    suits_children = models.BooleanField()
    suits_sons_over_12 = models.BooleanField()
    suits_disability = models.BooleanField()
    suits_pets = models.BooleanField()
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(PlaceQuerySet)()

    @property
    def suits(self) -> frozenset[Suits]:
        return frozenset(code for code in Suits if getattr(self, f"suits_{code}"))

    class Meta:
        indexes = [models.Index(fields=["region"], name="place_of_a_region", condition=Q(retired_at=None))]
        constraints = [
            models.UniqueConstraint("shelter", "room", "bed", name="one_bed_a_number", condition=Q(retired_at=None)),
            models.CheckConstraint(name="place_suits_somebody", condition=Q(suits_woman=True) | Q(suits_man=True)),
            models.CheckConstraint(
                name="place_retires_after_start", condition=Q(retired_at=None) | Q(retired_at__gte=F("since"))
            ),
        ]


class TakingQuerySet(models.QuerySet["Taking"]):
    def running(self) -> "TakingQuerySet":
        return self.filter(ended_at=None)


class Taking(models.Model):
    """What a place is taken by, from when, until when. The database lets one run for each place, whoever takes it.

    `file` is the subject of the hold or the stay; `about` a keyed mark of the case it is for: equal for the same case,
    and leading nowhere by itself.
    """

    privacy = {
        "id": "key",
        "place": "key",
        "kind": "code",
        "file": "key",
        "about": "key",
        "post_id": "key",
        "why": "code",
        "since": "time",
        "until": "time",
        "ended_at": "time",
        "how": "code",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    file = models.UUIDField(db_index=True)
    about = models.BinaryField(max_length=16, default=b"")
    post_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=12, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # of a hold
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=12, blank=True)

    objects = models.Manager.from_queryset(TakingQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="hold_runs_out", condition=Q(ended_at=None, kind=Kind.HOLD)),
            models.Index(fields=["about"], name="taking_of_a_case"),
        ]
        constraints = [
            models.UniqueConstraint("place", name="one_place_one_taking", condition=Q(ended_at=None)),
            models.CheckConstraint(name="taking_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(
                name="hold_alone_has_a_term",
                condition=Q(kind=Kind.HOLD, until__isnull=False) | (~Q(kind=Kind.HOLD) & Q(until=None)),
            ),
            models.CheckConstraint(
                name="taking_ends_somehow",
                condition=Q(ended_at=None, how="") | Q(ended_at__gte=F("since"), how__in=list(rules.How)),
            ),
            models.CheckConstraint(
                name="closing_alone_says_why",
                condition=Q(kind=Kind.CLOSED, why__in=list(rules.WhyClosed)) | (~Q(kind=Kind.CLOSED) & Q(why="")),
            ),
        ]
