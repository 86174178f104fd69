from django.db import models
from django.db.models import F, Q

from kalka.support.rules import Feels, Reason
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class SafetyWord(Row):
    """What she herself says of her safety."""

    privacy = {**ROW_PRIVACY, "feels": "code", "alone": "code", "told": "sealed"}

    feels = models.CharField(max_length=8)
    alone = models.BooleanField()
    told = SealedField()

    class Meta:
        constraints = [models.CheckConstraint(name="safety_word_is_known", condition=Q(feels__in=list(Feels)))]


class Without(Row):
    """There is no word of hers: why, and what was tried. It stands once a second person agrees."""

    privacy = {**ROW_PRIVACY, "reason": "code", "attempts": "internal", "told": "sealed"}

    reason = models.CharField(max_length=12)
    attempts = models.PositiveSmallIntegerField()  # contacts that were written down by then
    told = SealedField()

    class Meta:
        constraints = [models.CheckConstraint(name="without_reason_is_known", condition=Q(reason__in=list(Reason)))]


class WithoutDecision(Row):
    """What the second person said. One each."""

    privacy = {**ROW_PRIVACY, "without": "key", "asker_id": "key", "agreed": "code"}

    without = models.OneToOneField(Without, models.PROTECT, related_name="decision")
    asker_id = models.BigIntegerField()
    agreed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="without_has_a_second_person", condition=~Q(author_id=F("asker_id"))),
        ]
