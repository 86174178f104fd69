"""What is missing, for whoever sees that it comes: the way back on paper, and a key for a new holder. No actor asks."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.strongroom.models import HeldKey, HolderKey, PostKey, RecoveryKey


def no_recovery_yet() -> None:
    """Refuses with `strongroom.recovery_there` once there is a recovery key."""
    if RecoveryKey.objects.exists():
        raise DomainError("strongroom.recovery_there")


def to_be_given(*, now: datetime) -> dict[tuple[UUID, int], bool]:
    """By the key of each post and the post: whether a holder of today waits for it whom another one can give it to."""
    today, held = day_of(now), defaultdict(set)
    for key_id, user_id in HeldKey.objects.values_list("post_key", "holder__user_id"):
        held[key_id].add(user_id)
    ready = set(HolderKey.objects.values_list("user_id", flat=True))
    found = {}
    for key_id, post_id in PostKey.objects.order_by("post").values_list("id", "post"):
        holders = set(directory.holders_of(post_id, today))
        found[key_id, post_id] = bool(holders & held[key_id]) and bool((holders & ready) - held[key_id])
    return found
