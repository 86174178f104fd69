"""Who could be the second person: the held leading posts up the territory, the nearest first."""

from datetime import date

from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.places import selectors as places

# Of posts that are as near: whoever coordinates before whoever commands.
ORDER = ("window_coordinator", "supervising_officer", "child_protection", "crisis_worker", "shift_supervisor")


def leading(place: str, may: Permission, on: date) -> list[PostInfo]:
    chain = {code: near for near, code in enumerate(places.chain(place))}
    posts = [
        post
        for post in directory.staffed(on)
        if post.leads and post.held and post.place in chain and may in ROLES[post.role].permissions
    ]
    return sorted(posts, key=lambda post: (ORDER.index(post.role), chain[post.place], post.id))
