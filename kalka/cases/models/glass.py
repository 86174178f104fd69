from django.db import models
from django.db.models import F, Q

from kalka.core.refs import LENGTH
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class GlassRequest(Row):
    """Somebody asks to see, for some hours, a case that is not shown to them. A subject of its own: a paper between the
    asker, a second person and the auditor. `about` is empty where there is no case of this code; the asker is told the
    same."""

    privacy = {
        **ROW_PRIVACY,
        "organisation_id": "key",
        "ref": "key",
        "about": "key",
        "hours": "code",
        "reason": "sealed",
    }

    organisation_id = models.BigIntegerField()  # the asker's, at that moment
    ref = models.CharField(max_length=LENGTH)
    about = models.UUIDField(null=True, db_index=True)  # the subject of the case
    hours = models.PositiveSmallIntegerField()
    reason = SealedField()

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="glass_lately")]


class GlassDecision(Row):
    """What the second person said. One each. `until`: when it ends, where they agreed."""

    privacy = {**ROW_PRIVACY, "request": "key", "asker_id": "key", "agreed": "code", "until": "time"}

    request = models.OneToOneField(GlassRequest, models.PROTECT, related_name="decision")
    asker_id = models.BigIntegerField()
    agreed = models.BooleanField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="break_glass_has_a_second_person", condition=~Q(author_id=F("asker_id"))),
            models.CheckConstraint(
                name="break_glass_ends", condition=Q(agreed=True, until__isnull=False) | Q(agreed=False, until=None)
            ),
        ]
