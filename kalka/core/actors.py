"""Who is acting, in which post and where: all that a rule may know of a user."""

from dataclasses import dataclass, field
from uuid import UUID

from kalka.core.permissions import Permission
from kalka.core.scopes import TokenScope

NOBODY_ID = 0
SYSTEM_ID = -1


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acts in one post at a time; permissions of different posts are never added."""

    user_id: int
    permissions: frozenset[Permission]
    holders: tuple[str, ...] = ()  # whatever may hold a grant: "post:3", "org:12"
    post_id: int | None = None
    organisation_id: int | None = None
    role: str = ""
    place: str = ""  # territory code of the post
    leads: bool = False
    subject_id: UUID | None = None  # the user's own compartment: drafts, sign-in secrets
    name: str = field(default="", repr=False)
    session_id: int | None = None
    scopes: frozenset[TokenScope] = frozenset()  # of a program's token; a person at a page has none

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def post_holder(post_id: int) -> str:
    return f"post:{post_id}"


def organisation_holder(organisation_id: int) -> str:
    return f"org:{organisation_id}"


NOBODY = Actor(NOBODY_ID, frozenset())
SYSTEM = Actor(SYSTEM_ID, frozenset({Permission.SYSTEM, Permission.STATISTICS_RELEASE}))  # what comes back by itself
