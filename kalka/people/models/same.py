from django.db import models
from django.db.models import F, Q

from kalka.core.refs import new_id
from kalka.people.models.persons import Person
from kalka.people.rules.same import How, Says, Side
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Pair(models.Model):
    """Two people of two files who may be one. `first` is in the older file.

    Each side has a subject of its own for its duty, behind the walls of both files: it belongs to neither file alone.
    """

    privacy = {
        "id": "key",
        "first": "key",
        "second": "key",
        "first_file": "key",
        "second_file": "key",
        "first_side": "key",
        "second_side": "key",
        "how": "code",
        "at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_first")
    second = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_second")
    first_file = models.UUIDField()
    second_file = models.UUIDField()
    first_side = models.UUIDField(default=new_id)
    second_side = models.UUIDField(default=new_id)
    how = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("first", "second", name="one_pair_of_two"),
            models.CheckConstraint(name="a_pair_is_of_two", condition=~Q(first=F("second"))),
            models.CheckConstraint(name="pair_how_is_known", condition=Q(how__in=list(How))),
        ]


class PairWord(Row):
    """What one side said, in its own file. The one with the highest number holds; taking it back is another one.

    `named`: the person agreed that the other side learns which office asks.
    """

    privacy = {
        **ROW_PRIVACY,
        "pair": "key",
        "side": "code",
        "number": "internal",
        "says": "code",
        "named": "code",
        "reason": "sealed",
    }

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="words")
    side = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=8)
    named = models.BooleanField(default=False)
    reason = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("pair", "side", "number", name="one_word_a_number"),
            models.CheckConstraint(name="side_is_known", condition=Q(side__in=list(Side))),
            models.CheckConstraint(name="word_is_known", condition=Q(says__in=list(Says))),
        ]


class Joining(models.Model):
    """From here on the two count as one person, or no longer. The one with the highest number holds."""

    privacy = {
        "id": "key",
        "pair": "key",
        "number": "internal",
        "joined": "code",
        "author_id": "key",
        "post_id": "key",
        "at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="joinings")
    number = models.PositiveSmallIntegerField()
    joined = models.BooleanField()
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("pair", "number", name="one_joining_a_number")]
