"""Opening a value, who waits for a key, and which posts nobody can open."""

import json
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.strongroom import keeping
from kalka.strongroom.models import HeldKey, HolderKey, PostKey, RecoveryKey, SealedBox
from kalka.strongroom.opening import of_value, post_private
from kalka.vault import boxes, crypto
from kalka.vault.keys import Keys


def open_value(actor: Actor, keys: Keys, value_id: UUID, *, words: str, now: datetime) -> Any:
    """`keys` are what access unlocked of the file. Recorded first, also for whoever then has the wrong words.

    AccessDenied for a value that is not sealed to the post the actor is in; `core.passphrase_wrong` for other words.
    """
    box = SealedBox.objects.filter(value=value_id, post_key__post=actor.post_id or 0).select_related("value").first()
    if box is None:
        raise AccessDenied("strongroom.unknown")
    with transaction.atomic():
        audit.read(actor, "strongroom.open", [box.value.subject_id])
    if actor.user_id not in directory.holders_of(actor.post_id or 0, day_of(now)):
        raise AccessDenied("strongroom.unknown")
    inner = b64decode(keys.get(box.value, "sealed"))
    mine, private = post_private(actor, words)
    key = boxes.unseal(private, bytes(box.box), of_value(value_id, mine.pk))
    return json.loads(crypto.unseal(key, inner, keeping.bound(box.value)))


def waiting(actor: Actor, *, now: datetime) -> list[int]:
    """Holders of the actor's own post who have words and no key yet: a present holder gives it to them."""
    post_key = PostKey.objects.filter(post=actor.post_id or 0).first()
    if post_key is None:
        return []
    holders = set(directory.holders_of(post_key.post_id, day_of(now)))
    have = set(HeldKey.objects.filter(post_key=post_key).values_list("holder__user_id", flat=True))
    ready = HolderKey.objects.filter(user_id__in=holders - have).order_by("user_id")
    return list(ready.values_list("user_id", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to what is sealed to the post they act in."""

    ready: bool  # there is a way back on paper, so posts may have keys
    words: bool  # of one's own were chosen
    made: bool  # the post has a key
    given: bool  # and the actor can use it
    waiting: tuple[int, ...]  # other holders with words and without the key; told to whoever can give it


def standing(actor: Actor, *, now: datetime) -> Standing:
    given = HeldKey.objects.filter(post_key__post=actor.post_id or 0, holder__user_id=actor.user_id).exists()
    return Standing(
        ready=RecoveryKey.objects.exists(),
        words=HolderKey.objects.filter(user_id=actor.user_id).exists(),
        made=PostKey.objects.filter(post=actor.post_id or 0).exists(),
        given=given,
        waiting=tuple(waiting(actor, now=now)) if given else (),
    )


def shut_posts(actor: Actor, *, now: datetime) -> list[int]:
    """Posts with a key that none of today's holders was given. Needs the permission to appoint."""
    if not actor.may(Permission.POSTS_MANAGE):
        raise AccessDenied("core.not_permitted")
    today, held = day_of(now), defaultdict(set)
    for post_id, user_id in HeldKey.objects.values_list("post_key__post", "holder__user_id"):
        held[post_id].add(user_id)
    posts = PostKey.objects.order_by("post").values_list("post", flat=True)
    return [post for post in posts if not held[post] & set(directory.holders_of(post, today))]
