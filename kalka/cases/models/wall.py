from django.db import models
from django.db.models import F, Q

from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class WallLift(Row):
    """Somebody who answers for the case asks that a wall be taken away. It stands until a second person agrees."""

    privacy = {**ROW_PRIVACY, "user_id": "key", "reason": "sealed"}

    user_id = models.BigIntegerField()
    reason = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_asks_for_the_own_wall", condition=~Q(author_id=F("user_id"))),
        ]


class WallLiftDecision(Row):
    """What the second person said. One each."""

    privacy = {**ROW_PRIVACY, "lift": "key", "asker_id": "key", "agreed": "code"}

    lift = models.OneToOneField(WallLift, models.PROTECT, related_name="decision")
    asker_id = models.BigIntegerField()
    agreed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_lifted_wall_has_a_second_person", condition=~Q(author_id=F("asker_id"))),
        ]
