"""From somebody's words to the private key of the post they are in, for as long as one call takes."""

from base64 import b64decode, b64encode
from uuid import UUID

from kalka.accounts.own import own_keys
from kalka.core import rootfile
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.strongroom.models import HeldKey, HolderKey, PostKey
from kalka.vault import boxes


def wrapped(private: bytes, words: str) -> str:
    """Raises DomainError `core.passphrase_short`."""
    return b64encode(rootfile.wrap(private, words)).decode()


def post_private(actor: Actor, words: str) -> tuple[PostKey, bytes]:
    """Raises AccessDenied for whoever was not given the key of the post they act in, `core.passphrase_wrong` for other
    words."""
    held = HeldKey.objects.filter(post_key__post=actor.post_id or 0, holder__user_id=actor.user_id)
    row = held.select_related("post_key", "holder").first()
    if row is None:
        raise AccessDenied("strongroom.not_given")
    mine = _holder_private(actor, row.holder, words)
    return row.post_key, boxes.unseal(mine, bytes(row.box), of_holder(row.post_key_id, row.holder_id))


def held_by(post_key: PostKey, holder: HolderKey, private: bytes) -> bytes:
    return boxes.seal(bytes(holder.public), private, of_holder(post_key.pk, holder.pk))


def of_holder(post_key_id: UUID, holder_id: UUID) -> bytes:
    return f"post|{post_key_id}|{holder_id}".encode()


def of_recovery(post_key_id: UUID) -> bytes:
    return f"recovery|{post_key_id}".encode()


def of_value(value_id: UUID, post_key_id: UUID) -> bytes:
    return f"value|{value_id}|{post_key_id}".encode()


def _holder_private(actor: Actor, holder: HolderKey, words: str) -> bytes:
    if actor.subject_id != holder.subject_id or actor.subject_id is None:
        raise AccessDenied("strongroom.not_given")
    secret = own_keys(actor.subject_id).get(holder, "secret")
    if secret is None:
        raise DomainError("strongroom.no_words")
    return rootfile.unwrap(b64decode(secret), words)
