from django.db import models
from django.db.models import F, Q

from kalka.core.refs import LENGTH
from kalka.support.rules import AREAS, TAKEN_BACK, Aid, Channel, Document, Done, Met, Moment, Reached
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

DECIDED = sorted({*Aid, *Document})  # what a committee may decide on


class Goal(Row):
    """What she wants to reach, in her own words."""

    privacy = {**ROW_PRIVACY, "area": "code", "words": "sealed"}

    area = models.CharField(max_length=16)
    words = SealedField()

    class Meta:
        constraints = [models.CheckConstraint(name="goal_area_is_known", condition=Q(area__in=AREAS))]


class GoalEnd(Row):
    privacy = {**ROW_PRIVACY, "goal": "key", "how": "code"}

    goal = models.OneToOneField(Goal, models.PROTECT, related_name="end")
    how = models.CharField(max_length=8)

    class Meta:
        constraints = [models.CheckConstraint(name="goal_end_is_known", condition=Q(how__in=list(Met)))]


class Action(Row):
    """What one post does by a day: for a goal of hers, in words, or because a committee decided it at a sitting, as a
    code of help alone. Stands as a duty until it ends; that of a decision is the decision's own."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "goal": "key",
        "owner": "key",
        "by": "day",
        "what": "sealed",
        "help": "code",
        "organisation": "key",
        "decision": "key",
    }

    case_ref = models.CharField(max_length=LENGTH)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="actions")
    owner = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)
    by = models.DateField()
    what = SealedField()
    help = models.CharField(max_length=24, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_action_is_for_a_goal_or_was_decided",
                condition=Q(goal__isnull=False, help="", organisation=None, decision=None)
                | Q(goal=None, help__in=DECIDED, organisation__isnull=False, decision__isnull=False),
            )
        ]


class ActionEnd(Row):
    privacy = {**ROW_PRIVACY, "action": "key", "how": "code", "note": "sealed"}

    action = models.OneToOneField(Action, models.PROTECT, related_name="end")
    how = models.CharField(max_length=12)
    note = SealedField()

    class Meta:
        constraints = [models.CheckConstraint(name="action_end_is_known", condition=Q(how__in=[*Done, TAKEN_BACK]))]


class SafetyPlan(Row):
    """The whole of it at one time: the one with the highest number holds."""

    privacy = {**ROW_PRIVACY, "number": "internal", "told": "sealed"}

    number = models.PositiveSmallIntegerField()
    told = SealedField()  # {home, leaving, after, phone, children, codeword}

    class Meta:
        constraints = [models.UniqueConstraint("subject_id", "number", name="one_safety_plan_a_number")]


class Contact(Row):
    """She was asked how she is, by her safe way, or it was tried."""

    privacy = {
        **ROW_PRIVACY,
        "on": "day",
        "channel": "code",
        "reached": "code",
        "next_on": "day",
        "told": "sealed",
    }

    on = models.DateField()
    channel = models.CharField(max_length=8)
    reached = models.CharField(max_length=10)
    next_on = models.DateField(null=True)
    told = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="contact_channel_is_known", condition=Q(channel__in=list(Channel))),
            models.CheckConstraint(name="contact_reached_is_known", condition=Q(reached__in=list(Reached))),
            models.CheckConstraint(name="next_contact_is_later", condition=Q(next_on=None) | Q(next_on__gt=F("on"))),
        ]


class Outcome(Row):
    """How she stands, in her own eyes, on a scale of four. 0: nobody asked."""

    privacy = {
        **ROW_PRIVACY,
        "moment": "code",
        "safe": "code",
        "home": "code",
        "money": "code",
        "people": "code",
        "health": "code",
    }

    moment = models.CharField(max_length=8)
    safe = models.PositiveSmallIntegerField(default=0)
    home = models.PositiveSmallIntegerField(default=0)
    money = models.PositiveSmallIntegerField(default=0)
    people = models.PositiveSmallIntegerField(default=0)
    health = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outcome_moment_is_known", condition=Q(moment__in=list(Moment))),
            models.CheckConstraint(
                name="outcome_is_on_the_scale",
                condition=Q(safe__lte=4, home__lte=4, money__lte=4, people__lte=4, health__lte=4),
            ),
        ]
