from django.db import models

from kalka.custody.rules import Ground
from kalka.vault.rows import ROW_PRIVACY, Row


class Erasure(Row):
    """Somebody asks that a file be destroyed, on a ground, by a paper. Nothing happens before another has agreed."""

    privacy = {**ROW_PRIVACY, "report_subject": "key", "ground": "code", "paper_on": "day", "paper": "internal"}

    report_subject = models.UUIDField(null=True)  # of the report the case came from: destroyed with it
    ground = models.CharField(max_length=12)
    paper_on = models.DateField()
    paper = models.CharField(max_length=32)  # the number of the decision; checked to be one

    class Meta:
        constraints = [models.CheckConstraint(name="erasure_has_a_ground", condition=models.Q(ground__in=list(Ground)))]


class ErasureDecision(Row):
    """What the second person said. Said once."""

    privacy = {**ROW_PRIVACY, "erasure": "key", "agreed": "code", "keys": "internal"}

    erasure = models.OneToOneField(Erasure, models.PROTECT, related_name="decision")
    agreed = models.BooleanField()
    keys = models.PositiveSmallIntegerField()  # how many were destroyed

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="none_destroyed_unless_agreed", condition=models.Q(agreed=True) | models.Q(keys=0)
            )
        ]
