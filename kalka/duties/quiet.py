"""What is asked about an officer's own work: of whoever else works on the file, and never of that officer."""

from django.db.models import Q, QuerySet

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.duties.kinds import KINDS, QUIET
from kalka.duties.models import Duty


def told_to(actor: Actor, duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Of duties of files the actor sees: what is quiet is left to whoever asks her, and to the post that has it."""
    if actor.may(Permission.VISIT_ASK):
        return duties
    return duties.exclude(Q(kind__in=QUIET) & ~Q(assignee_id=actor.post_id))


def untold(actor: Actor, of: str = "") -> Q:
    """What is no figure for the actor either: in an office of three a number says as much as a name. Whoever leads, or
    oversees, counts all of it."""
    if actor.leads or actor.may(Permission.DUTY_OVERSEE) or actor.may(Permission.VISIT_ASK):
        return Q(pk__in=[])
    return Q(**{f"{of}kind__in": QUIET}) & ~Q(**{f"{of}assignee_id": actor.post_id})


def may_have(kind: str, post: PostInfo) -> bool:
    """Police of the same rank as the officer it is about are given none of it: it may be about them."""
    police = Permission.CALL_ANSWER in ROLES[post.role].permissions
    return kind not in QUIET or not police or post.leads or post.role == KINDS[kind].role
