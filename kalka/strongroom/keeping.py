"""Sealing a value to posts: a primitive of whichever module keeps such values."""

import json
import secrets
from base64 import b64encode
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.strongroom.models import PostKey, SealedBox, SealedValue
from kalka.strongroom.opening import of_value
from kalka.strongroom.rules import Kind
from kalka.vault import boxes, crypto
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written


def keep(
    actor: Actor,
    keys: Keys,
    *,
    id: UUID,
    subject_id: UUID,
    kind: Kind,
    value: Any,
    post_ids: Collection[int],
    now: datetime,
) -> SealedValue:
    """`keys` must hold the contact of the subject. Whoever writes it need not be in one of the posts.

    Refuses no post at all, and posts that have no key: nobody could ever open it.
    """
    if not commands.inside():
        raise AccessDenied("strongroom.outside_a_command")
    content = [str(subject_id), kind, value, sorted(post_ids)]
    if again := repeated(SealedValue, actor, id=id, content=content):
        return again
    posts = list(PostKey.objects.filter(post__in=post_ids))
    if not posts or len(posts) != len(set(post_ids)):
        raise DomainError("strongroom.post_without_key")
    row = SealedValue(**written(actor, id=id, subject_id=subject_id, content=content, now=now), kind=Kind(kind))
    key = secrets.token_bytes(crypto.KEY)
    inner = crypto.seal(key, json.dumps(value, ensure_ascii=False).encode(), bound(row))
    keys.put(row, "sealed", b64encode(inner).decode())
    row.save(force_insert=True)
    SealedBox.objects.bulk_create(boxed(row, post, key) for post in posts)
    return row


def boxed(value: SealedValue, post: PostKey, key: bytes) -> SealedBox:
    return SealedBox(value=value, post_key=post, box=boxes.seal(bytes(post.public), key, of_value(value.pk, post.pk)))


def bound(value: SealedValue) -> bytes:
    return f"kalka|strongroom|{value.pk}|{value.kind}".encode()
