from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.support.rules import QUESTIONS, Said

ANSWERS = ["", *Said]


class Opinion(models.Model):
    """What somebody thinks of the help of an organisation. Of no file and no author, on a day without an hour: nothing
    in it, and no row beside it, leads to whose it is."""

    privacy = {
        "id": "key",
        "organisation": "key",
        "on": "day",
        "heard": "code",
        "safe": "code",
        "useful": "code",
        "again": "code",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    on = models.DateField()
    heard = models.CharField(max_length=8, blank=True)
    safe = models.CharField(max_length=8, blank=True)
    useful = models.CharField(max_length=8, blank=True)
    again = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name=f"opinion_{one}_is_known", condition=Q(**{f"{one}__in": ANSWERS}))
            for one in QUESTIONS
        ]


class OpinionTicket(models.Model):
    """A code that lets somebody say an opinion once. Drawn by the sheet, for nobody, and gone once it was used."""

    privacy = {"digest": "secret", "organisation": "key", "until": "day"}

    digest = models.CharField(max_length=64, primary_key=True)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    until = models.DateField()
