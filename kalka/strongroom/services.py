"""Keys of posts: made by the first holder, given on by a present one, taken back from whoever left,
recovered from paper."""

from datetime import datetime
from uuid import UUID

from kalka.accounts.own import own_keys
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.strongroom import keeping
from kalka.strongroom.models import HeldKey, HolderKey, PostKey, RecoveryKey, SealedBox
from kalka.strongroom.opening import held_by, of_recovery, of_value, post_private, wrapped
from kalka.vault import boxes
from kalka.vault.crypto import Refused


@command("strongroom.set_recovery", needs=Permission.SYSTEM)
def set_recovery(actor: Actor, *, public: bytes, now: datetime) -> RecoveryKey:
    """Once, before the first post has a key. Its private half is parted on paper and never stored."""
    if RecoveryKey.objects.exists():
        raise DomainError("strongroom.recovery_there")
    return RecoveryKey.objects.create(public=public, made_at=now)


@command("strongroom.enrol", needs=Permission.OWN_ACCOUNT)
def enrol(actor: Actor, *, words: str, now: datetime) -> HolderKey:
    """A pair of one's own under words of one's own. Done again, because the words are forgotten, what was given is gone
    and is given anew by another holder. Refuses short words."""
    if actor.subject_id is None:
        raise AccessDenied("strongroom.not_given")
    private, public = boxes.pair()
    HeldKey.objects.filter(holder__user_id=actor.user_id).delete()
    HolderKey.objects.filter(user_id=actor.user_id).delete()
    row = HolderKey(user_id=actor.user_id, subject_id=actor.subject_id, public=public, made_at=now)
    own_keys(actor.subject_id).put(row, "secret", wrapped(private, words))
    row.save(force_insert=True)
    return row


@command("strongroom.make_post_key", needs=Permission.OWN_ACCOUNT)
def make_post_key(actor: Actor, *, now: datetime) -> PostKey:
    """The pair of the post one acts in, by its first holder. Refuses a second one, and while there is no way back."""
    recovery = RecoveryKey.objects.first()
    if recovery is None:
        raise DomainError("strongroom.no_recovery")
    if actor.post_id is None or PostKey.objects.filter(post=actor.post_id).exists():
        raise DomainError("strongroom.key_there")
    private, public = boxes.pair()
    row = PostKey(post_id=actor.post_id, public=public, made_at=now)
    row.recovery = boxes.seal(bytes(recovery.public), private, of_recovery(row.pk))
    row.save(force_insert=True)
    _given(row, actor.user_id, private, actor, now)
    return row


@command("strongroom.give", needs=Permission.OWN_ACCOUNT)
def give(actor: Actor, *, to_user: int, words: str, now: datetime) -> HeldKey:
    """A present holder lets another holder of the same post open what is sealed to it. Needs the giver's words.

    Refuses somebody who does not hold the post today, and who has no words yet.
    """
    post_key, private = post_private(actor, words)
    return _given(post_key, to_user, private, actor, now)


@command("strongroom.recover", needs=Permission.SYSTEM)
def recover(actor: Actor, *, post_id: int, to_user: int, recovery: bytes, now: datetime) -> HeldKey:
    """Nobody is left who can open it: out of the recovery key, put together from its parts, to a holder of today."""
    post_key = PostKey.objects.filter(post=post_id).first()
    if post_key is None:
        raise DomainError("strongroom.post_without_key")
    try:
        private = boxes.unseal(recovery, bytes(post_key.recovery), of_recovery(post_key.pk))
    except Refused:
        raise DomainError("strongroom.recovery_wrong") from None
    return _given(post_key, to_user, private, actor, now)


@command("strongroom.name_post", needs=Permission.OWN_ACCOUNT)
def name_post(actor: Actor, *, value_id: UUID, post_id: int, words: str, now: datetime) -> SealedBox:
    """Whoever can open a value lets another post open it too. To read it, sight of the file is needed too."""
    mine, private = post_private(actor, words)
    box = SealedBox.objects.filter(value=value_id, post_key=mine).select_related("value").first()
    other = PostKey.objects.filter(post=post_id).first()
    if box is None:
        raise AccessDenied("strongroom.unknown")
    if other is None:
        raise DomainError("strongroom.post_without_key")
    key = boxes.unseal(private, bytes(box.box), of_value(value_id, mine.pk))
    if there := SealedBox.objects.filter(value=value_id, post_key=other).first():
        return there
    row = keeping.boxed(box.value, other, key)
    row.save(force_insert=True)
    return row


@command("strongroom.take_back", needs=Permission.SYSTEM)
def take_back(actor: Actor, *, now: datetime) -> list[UUID]:
    """From everybody who left a post. Leaving itself ends their sight at once; this removes what would open again."""
    gone, today = [], day_of(now)
    for row in HeldKey.objects.select_related("post_key", "holder"):
        if row.holder.user_id not in directory.holders_of(row.post_key.post_id, today):
            gone.append(row.pk)
    HeldKey.objects.filter(pk__in=gone).delete()
    return gone


def _given(post_key: PostKey, to_user: int, private: bytes, actor: Actor, now: datetime) -> HeldKey:
    if to_user not in directory.holders_of(post_key.post_id, day_of(now)):
        raise DomainError("strongroom.not_in_the_post")
    holder = HolderKey.objects.filter(user_id=to_user).first()
    if holder is None:
        raise DomainError("strongroom.no_words")
    HeldKey.objects.filter(post_key=post_key, holder=holder).delete()
    box = held_by(post_key, holder, private)
    return HeldKey.objects.create(post_key=post_key, holder=holder, box=box, given_by=actor.user_id, given_at=now)
