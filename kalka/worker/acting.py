"""With what right a job runs: what its starter may still do today, not what he could when he asked."""

from datetime import datetime

from kalka.accounts import selectors as accounts
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES


def actor_of(user_id: int, post_id: int | None, now: datetime) -> Actor | None:
    """None for somebody who is suspended, or left the post the work was asked for in."""
    if not accounts.is_active(user_id):
        return None
    held = directory.posts_of(user_id, clock.day_of(now))
    post = next((post for post in held if post.id == post_id), None)
    if post is None:
        return None
    return Actor(
        user_id=user_id,
        permissions=ROLES[post.role].permissions,
        holders=(post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
        leads=post.leads,
    )
