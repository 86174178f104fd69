from django.db import models
from django.db.models import Q

from kalka.complaints.rules import ANSWERS, Broken, By, Ground, How, Kind, Next, Outcome, To, What
from kalka.core.refs import LENGTH
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Call(Row):
    """She called for help while an order ran: a possible breach. From `recorded_at` its clock runs."""

    privacy = {**ROW_PRIVACY, "case_ref": "key", "at": "time", "what": "code", "by": "code", "told": "sealed"}

    case_ref = models.CharField(max_length=LENGTH)
    at = models.DateTimeField()
    what = models.CharField(max_length=8)
    by = models.CharField(max_length=9)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="call_what_is_known", condition=Q(what__in=list(What))),
            models.CheckConstraint(name="call_by_is_known", condition=Q(by__in=list(By))),
        ]


class Reply(Row):
    """Somebody answered a call, or tried to. What was found of the order is empty where she was not reached."""

    privacy = {**ROW_PRIVACY, "call": "key", "at": "time", "how": "code", "broken": "code", "told": "sealed"}

    call = models.ForeignKey(Call, models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    how = models.CharField(max_length=9)
    broken = models.CharField(max_length=7, blank=True)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reply_is_whole",
                condition=Q(how__in=[How.UNREACHED, How.SEEN], broken="") | Q(how__in=ANSWERS, broken__in=list(Broken)),
            ),
        ]


class Paper(Row):
    """A complaint against inaction, an application to extend an order, an appeal. Her words are sealed."""

    privacy = {
        **ROW_PRIVACY,
        "case_ref": "key",
        "kind": "code",
        "ground": "code",
        "order": "key",
        "against": "key",
        "on": "day",
        "told": "sealed",
    }

    case_ref = models.CharField(max_length=LENGTH)
    kind = models.CharField(max_length=9)
    ground = models.CharField(max_length=8, blank=True)
    order = models.ForeignKey("orders.ProtectionOrder", models.PROTECT, null=True, related_name="+", db_index=False)
    against = models.ForeignKey("directory.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_is_whole",
                condition=Q(kind=Kind.INACTION, ground__in=list(Ground))
                | Q(kind__in=[Kind.EXTENSION, Kind.APPEAL], ground="", order__isnull=False),
            ),
        ]


class Addressee(Row):
    """Who is asked for an answer. One of each part."""

    privacy = {**ROW_PRIVACY, "paper": "key", "part": "code", "asked": "key"}

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="addressees")
    part = models.CharField(max_length=10)
    asked = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="addressee_part_is_known", condition=Q(part__in=list(To))),
            models.UniqueConstraint("paper", "asked", name="asked_once"),
        ]


class PaperAnswer(Row):
    """What an addressee answered. One each."""

    privacy = {**ROW_PRIVACY, "addressee": "key", "how": "code", "on": "day", "told": "sealed"}

    addressee = models.OneToOneField(Addressee, models.PROTECT, related_name="answer")
    how = models.CharField(max_length=7)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="outcome_is_known", condition=Q(how__in=list(Outcome)))]


class Foretold(Row):
    """Somebody was asked to tell her what is next: once for each moment."""

    privacy = {**ROW_PRIVACY, "what": "code", "until": "time"}

    what = models.CharField(max_length=10)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="next_is_known", condition=Q(what__in=list(Next))),
            models.UniqueConstraint("subject_id", "what", "until", name="foretold_once"),
        ]
