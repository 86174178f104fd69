from django.db import models
from django.db.models import F, Q

from kalka.people.rules import BANDS, PARTS, SEXES
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

SAID_PRIVACY = {
    "sex": "code",
    "age_band": "code",
    "identity": "sealed",
    "traits": "sealed",
    "contact": "sealed",
}


class Said(Row):
    """What was said about a person at one time. The whole of it, so that the latest says all."""

    sex = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    identity = SealedField(klass=Klass.IDENTITY)  # names, birth, personal number, note
    traits = SealedField(klass=Klass.IDENTITY)  # Washington Group answers
    contact = SealedField(klass=Klass.CONTACT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_sex_is_known", condition=Q(sex__in=SEXES)),
            models.CheckConstraint(name="%(class)s_age_is_a_band", condition=Q(age_band__in=BANDS)),
        ]


class Person(Said):
    """Somebody in a file, as first told."""

    privacy = {**ROW_PRIVACY, **SAID_PRIVACY}


class PersonChange(Said):
    """What was told later, whole. The one with the highest number holds; none is ever overwritten."""

    privacy = {**ROW_PRIVACY, **SAID_PRIVACY, "person": "key", "number": "internal"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.UniqueConstraint("person", "number", name="one_change_a_number"),
        ]


class Appearance(Row):
    """The part somebody has in a file, as far as notices and search must know it."""

    privacy = {**ROW_PRIVACY, "person": "key", "part": "code", "ended_at": "time"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="appearances")
    part = models.CharField(max_length=12)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "subject_id", "person", "part", condition=Q(ended_at=None), name="one_appearance_at_a_time"
            ),
            models.CheckConstraint(name="appearance_part_is_known", condition=Q(part__in=PARTS)),
        ]


class Relation(Row):
    """`person` is the `kind` of `other`, between two days where they are known."""

    privacy = {
        **ROW_PRIVACY,
        "person": "key",
        "other": "key",
        "kind": "code",
        "since": "day",
        "until": "day",
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, related_name="relations_of")
    kind = models.CharField(max_length=16)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="relation_is_to_another", condition=~Q(person=F("other"))),
            models.CheckConstraint(
                name="relation_ends_after_start",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
        ]


class Household(Row):
    """People who lived under one roof when it was written down. A change is a new household."""

    privacy = {**ROW_PRIVACY, "on": "day"}

    on = models.DateField()


class HouseholdMember(models.Model):
    privacy = {"id": "key", "household": "key", "person": "key"}

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="households")

    class Meta:
        constraints = [models.UniqueConstraint("household", "person", name="once_in_a_household")]
