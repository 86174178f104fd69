from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.guide.rules import Room, Status, Where

# Public: what stands here is printed on posters. Each text is {ky, ru, en}.


class Provider(models.Model):
    privacy = {"id": "key", "organisation": "key", "name": "code", "about": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.JSONField()
    about = models.JSONField(default=dict)


class Location(models.Model):
    """Where one can go. One that must not be known has a part of the country and nothing else, by the database."""

    privacy = {"id": "key", "provider": "key", "kind": "code", "place": "code", "address": "code", "accessible": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    place = models.CharField(max_length=20)
    address = models.JSONField(null=True)
    accessible = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="guide_location_kind_is_known", condition=Q(kind__in=list(Where))),
            models.CheckConstraint(
                name="guide_address_of_physical_alone",
                condition=Q(kind=Where.PHYSICAL, address__isnull=False)
                | (~Q(kind=Where.PHYSICAL) & Q(address__isnull=True)),
            ),
        ]


class Service(models.Model):
    """As it stands now; `Revision` holds what it said before."""

    privacy = {
        "id": "key",
        "provider": "key",
        "version": "internal",
        "status": "code",
        "name": "code",
        "about": "code",
        "coming": "code",
        "needs": "code",
        "serves": "code",
        "languages": "code",
        "areas": "code",
        "phones": "code",
        "hours": "code",
        "always": "code",
        "cost": "code",
        "room": "code",
        "confirmed_on": "day",
        "confirmed_by": "key",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=20, default=Status.ACTIVE)
    name = models.JSONField()
    about = models.JSONField()
    coming = models.JSONField(default=dict)
    needs = models.JSONField()
    serves = models.JSONField()
    languages = models.JSONField()
    areas = models.JSONField()
    phones = models.JSONField(default=list)
    hours = models.JSONField(default=list)  # [{days, opens, closes}]
    always = models.BooleanField(default=False)
    cost = models.CharField(max_length=8)
    room = models.CharField(max_length=8, blank=True, default="")  # as it was on the day it was confirmed
    confirmed_on = models.DateField()
    confirmed_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="guide_status_is_known", condition=Q(status__in=list(Status))),
            models.CheckConstraint(name="guide_room_is_known", condition=Q(room__in=["", *Room])),
        ]


class ServiceAt(models.Model):
    """A service at a location."""

    privacy = {"id": "key", "service": "key", "location": "key"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("service", "location", name="guide_service_once_at_a_location")]


class Revision(models.Model):
    """What an entry said from a moment on, and who said so. Never edited."""

    privacy = {
        "id": "key",
        "service": "key",
        "version": "internal",
        "body": "code",
        "author_id": "key",
        "recorded_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    body = models.JSONField()
    author_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("service", "version", name="guide_revision_once")]
