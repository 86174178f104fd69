from django.db import models
from django.db.models import Q

from kalka.cases.models.case import Case
from kalka.cases.rules import DEMANDERS, Circle, Saying
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Note(Row):
    """Of the team, or of a profession with a secret: then under its own key, for its author and readers."""

    privacy = {**ROW_PRIVACY, "case": "key", "circle": "code", "text": "sealed", "closed_text": "sealed"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    circle = models.CharField(max_length=16)
    text = SealedField()
    closed_text = SealedField(klass=Klass.NOTE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circle_is_known", condition=Q(circle__in=list(Circle))),
        ]


class NoteReader(Row):
    """A named colleague of the author's organisation."""

    privacy = {**ROW_PRIVACY, "note": "key", "holder": "key"}

    note = models.ForeignKey(Note, models.PROTECT, related_name="+")
    holder = models.ForeignKey("directory.Post", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("note", "holder", name="named_once")]


class Demand(Row):
    """Somebody with power asked for a note. This row opens nothing."""

    privacy = {**ROW_PRIVACY, "case": "key", "who": "code", "on": "day", "ground": "sealed", "note": "key"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    who = models.CharField(max_length=16)
    on = models.DateField()
    ground = SealedField()
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="demander_is_known", condition=Q(who__in=DEMANDERS))]


class Word(Row):
    """A withdrawn complaint, a reconciliation, a hearing of aksakals: written down, and nothing else."""

    privacy = {**ROW_PRIVACY, "case": "key", "kind": "code", "on": "day", "told": "sealed"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    on = models.DateField()
    told = SealedField()

    class Meta:
        constraints = [models.CheckConstraint(name="saying_is_known", condition=Q(kind__in=list(Saying)))]
