"""Who is asked to give a post's key to a new holder: the post itself, by a duty that ends when nobody waits."""

from datetime import datetime
from uuid import UUID

from kalka.access import services as access
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.strongroom import lacking
from kalka.strongroom import services as strongroom

DUTY, WHY = "strongroom.give", "strongroom"


@command("custody.choose_words", needs=Permission.OWN_ACCOUNT)
def choose_words(actor: Actor, *, words: str, now: datetime) -> object:
    """As `strongroom.enrol`; whoever can give the key of the post is asked at once."""
    row = strongroom.enrol(actor, words=words, now=now)
    _ask(now, only=actor.post_id or 0)
    return row


@command("custody.give_key", needs=Permission.OWN_ACCOUNT)
def give_key(actor: Actor, *, to_user: int, words: str, now: datetime) -> object:
    """As `strongroom.give`; the duty ends when nobody of the post waits any more."""
    row = strongroom.give(actor, to_user=to_user, words=words, now=now)
    _ask(now, only=actor.post_id or 0, actor=actor)
    return row


@command("custody.ask_to_give", needs=Permission.SYSTEM)
def ask_to_give(actor: Actor, *, now: datetime) -> list[UUID]:
    """For all posts: who came or left by the hour. The keys whose posts are asked."""
    return _ask(now)


def _ask(now: datetime, *, only: int | None = None, actor: Actor = SYSTEM) -> list[UUID]:
    asked = []
    for (key_id, post_id), waits in lacking.to_be_given(now=now).items():
        if only is not None and post_id != only:
            continue
        if waits:
            access.grant(key_id, post_holder(post_id), why=WHY, now=now)
            duties.assign(DUTY, subject_id=key_id, post_id=post_id, due_at=now, basis=None, now=now)
            asked.append(key_id)
        else:
            duties.end_for(DUTY, subject_id=key_id, actor=actor, now=now)
    return asked
