from django.db import models
from django.db.models import Q

from kalka.support.rules import Aid
from kalka.vault.rows import ROW_PRIVACY, Row


class Decided(Row):
    """A committee decided that she is helped, by code: what, how much, who answers for it and by when. Nothing is given
    by that alone."""

    privacy = {**ROW_PRIVACY, "what": "code", "som": "code", "organisation": "key", "owner": "key", "by": "day"}

    what = models.CharField(max_length=12)
    som = models.PositiveIntegerField(default=0)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)
    by = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(name="decided_help_is_known", condition=Q(what__in=list(Aid)))]


class DecidedEnd(Row):
    """It was given, or not. `aid`: the money or the things themselves."""

    privacy = {**ROW_PRIVACY, "decided": "key", "done": "code", "on": "day", "aid": "key"}

    decided = models.OneToOneField(Decided, models.PROTECT, related_name="end")
    done = models.BooleanField()
    on = models.DateField()
    aid = models.OneToOneField("support.AidGiven", models.PROTECT, null=True, related_name="+")
