from django.db import models
from django.db.models import Q

from kalka.core.refs import LENGTH
from kalka.sittings.rules import Change, How, Kind, Sort, Venue, Why
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

ENDS = ("held", "cancelled")


class Sitting(Row):
    """A committee comes together. A subject of its own: its organisation sees it."""

    privacy = {**ROW_PRIVACY, "organisation": "key", "kind": "code", "at": "time", "venue": "code"}

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    venue = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="sittings_of_a_committee")]
        constraints = [
            models.CheckConstraint(name="sitting_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="sitting_venue_is_known", condition=Q(venue__in=list(Venue))),
        ]


class SittingEnd(Row):
    """It was held, or will not be. One each; afterwards only addenda are written."""

    privacy = {**ROW_PRIVACY, "sitting": "key", "how": "code"}

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="end")
    how = models.CharField(max_length=12)

    class Meta:
        constraints = [models.CheckConstraint(name="sitting_end_is_known", condition=Q(how__in=ENDS))]


class Roll(Row):
    """Who was a member and who came, as holdings. The one with the highest number holds."""

    privacy = {**ROW_PRIVACY, "sitting": "key", "number": "internal", "members": "key", "came": "key"}

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="rolls")
    number = models.PositiveSmallIntegerField()
    members = models.JSONField()
    came = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("sitting", "number", name="one_roll_a_number")]


class Summary(Row):
    """What a committee's own journal says of a sitting held before it worked here: counts, and nobody."""

    privacy = {
        **ROW_PRIVACY,
        "sitting": "key",
        "came": "code",
        "cases": "code",
        "decisions": "code",
        "done": "code",
    }

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="+")
    came = models.PositiveSmallIntegerField()
    cases = models.PositiveSmallIntegerField()
    decisions = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_more_was_done_than_decided", condition=Q(done__lte=models.F("decisions")))
        ]


class Item(Row):
    """What is spoken of. About a case: its code and the consent it rests on, and no word of anybody's."""

    privacy = {
        **ROW_PRIVACY,
        "sitting": "key",
        "number": "internal",
        "topic": "code",
        "why": "code",
        "case_ref": "key",
        "about": "key",
        "consent": "key",
        "words": "sealed",
    }

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=24)
    why = models.CharField(max_length=12)
    case_ref = models.CharField(max_length=LENGTH, blank=True)
    about = models.UUIDField(null=True, db_index=True)  # the subject of the case: whoever is walled off it sees no item
    consent = models.ForeignKey("cases.Consent", models.PROTECT, null=True, related_name="+", db_index=False)
    words = SealedField()

    class Meta:
        constraints = [
            models.UniqueConstraint("sitting", "number", name="one_item_a_number"),
            models.UniqueConstraint("sitting", "about", name="a_case_stands_once_on_an_agenda"),
            models.CheckConstraint(name="item_why_is_known", condition=Q(why__in=list(Why))),
            models.CheckConstraint(
                name="an_item_about_a_case_rests_on_her_consent",
                condition=Q(case_ref="", about=None, consent=None)
                | (~Q(case_ref="") & Q(about__isnull=False, consent__isnull=False)),
            ),
        ]


class Conflict(Row):
    """A member said that the item concerns them: shut out of the case, not counted, never made responsible."""

    privacy = {**ROW_PRIVACY, "item": "key", "holding": "key", "user_id": "key"}

    item = models.ForeignKey(Item, models.PROTECT, related_name="conflicts")
    holding = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+", db_index=False)
    user_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("item", "holding", name="one_conflict_each")]


class Passed(Row):
    """The item was spoken of and nothing was decided."""

    privacy = {**ROW_PRIVACY, "item": "key"}

    item = models.OneToOneField(Item, models.PROTECT, related_name="passed")


class CaseDecision(Row):
    """About a family: a code, a measure, who answers for it, a day. There is no column for words, nor for votes.

    `record`: what the measure made in the file in the same step.
    """

    privacy = {
        **ROW_PRIVACY,
        "item": "key",
        "number": "internal",
        "case_ref": "key",
        "about": "key",
        "measure": "code",
        "sort": "code",
        "responsible": "key",
        "by": "day",
        "som": "code",
        "record": "key",
    }

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    case_ref = models.CharField(max_length=LENGTH)
    about = models.UUIDField(db_index=True)
    measure = models.CharField(max_length=24)
    sort = models.CharField(max_length=12)
    responsible = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+", db_index=False)
    by = models.DateField()
    som = models.PositiveIntegerField(default=0)
    record = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "number", name="one_case_decision_a_number"),
            models.CheckConstraint(name="decision_sort_is_known", condition=Q(sort__in=list(Sort))),
            models.CheckConstraint(
                name="aid_has_an_amount", condition=Q(sort=Sort.AID, som__gte=1) | (~Q(sort=Sort.AID) & Q(som=0))
            ),
        ]


class OwnDecision(Row):
    """About the committee's own work; words of its own may be added."""

    privacy = {
        **ROW_PRIVACY,
        "item": "key",
        "number": "internal",
        "measure": "code",
        "responsible": "key",
        "by": "day",
        "words": "sealed",
    }

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=24)
    responsible = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+", db_index=False)
    by = models.DateField()
    words = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint("item", "number", name="one_own_decision_a_number")]


class Carried(Row):
    """What became of a decision. One each."""

    privacy = {**ROW_PRIVACY, "decision": "key", "how": "code", "on": "day"}

    decision = models.UUIDField(unique=True)
    how = models.CharField(max_length=12)
    on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(name="carried_how_is_known", condition=Q(how__in=list(How)))]


class Addendum(Row):
    """A correction beside the minutes. The decision stays as it was taken; the last addendum holds."""

    privacy = {
        **ROW_PRIVACY,
        "sitting": "key",
        "decision": "key",
        "number": "internal",
        "change": "code",
        "by": "day",
        "responsible": "key",
    }

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    decision = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=12)
    by = models.DateField(null=True)
    responsible = models.ForeignKey("directory.Holding", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("decision", "number", name="one_addendum_a_number"),
            models.CheckConstraint(
                name="an_addendum_says_one_thing",
                condition=Q(change=Change.TERM, by__isnull=False, responsible=None)
                | Q(change=Change.RESPONSIBLE, by=None, responsible__isnull=False)
                | Q(change=Change.WITHDRAWN, by=None, responsible=None),
            ),
        ]
