"""One row for a step that follows it. What is not of this case, or not shown, answers like nothing."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.files import selectors as files
from kalka.support.models import Action, AidGiven, AidReceipt, Goal, SafetyPlan, ServiceGiven, Without
from kalka.ui.choices import Pairs
from kalka.vault.classes import Klass
from kalka.vault.rows import Row

if TYPE_CHECKING:
    from kalka.cases.models import Case

R = TypeVar("R", bound=Row)


def open_case(actor: Actor, ref: str, *, now: datetime) -> "Case":
    """The case, for a step in it. Refuses `support.case_closed`."""
    case = cases.get_case(actor, ref, now=now)
    if case.stage == Stage.CLOSED:
        raise DomainError("support.case_closed")
    return case


def get_goal(actor: Actor, ref: str, goal_id: UUID, *, now: datetime) -> Goal:
    return _of_case(Goal, actor, ref, goal_id, now)


def get_action(actor: Actor, ref: str, action_id: UUID, *, now: datetime) -> Action:
    """What the actor's own post is to do; any, for whoever works with the plan. What a committee decided is none of
    them: how it went is said where it was decided."""
    row = _of_case(Action, actor, ref, action_id, now)
    if row.goal_id is None:
        raise AccessDenied("support.unknown")
    if row.owner_id != actor.post_id and not actor.may(Permission.SUPPORT_WORK):
        raise AccessDenied("support.unknown")
    return row


def get_service(actor: Actor, ref: str, service_id: UUID, *, now: datetime) -> ServiceGiven:
    return _of_case(ServiceGiven, actor, ref, service_id, now)


def get_aid(actor: Actor, ref: str, aid_id: UUID, *, now: datetime) -> AidGiven:
    return _of_case(AidGiven, actor, ref, aid_id, now)


def get_without(actor: Actor, ref: str, without_id: UUID, *, now: datetime) -> Without:
    return _of_case(Without, actor, ref, without_id, now)


def safety_number(actor: Actor, subject_id: UUID, *, now: datetime) -> int:
    """How often the safety plan was written; 0 where there is none."""
    plans = access.visible(actor, SafetyPlan.objects.filter(subject_id=subject_id), now=now)
    return plans.order_by("-number").values_list("number", flat=True).first() or 0


def owners(actor: Actor, subject_id: UUID, *, now: datetime) -> dict[int, PostInfo]:
    """The posts of the team that see the file and help: whoever is given an action can say how it went."""
    team = [line.post for line in cases.team(actor, subject_id, now=now) if line.scope == Scope.FILE]
    return {post.id: post for post in team if Permission.SUPPORT_GIVE in ROLES[post.role].permissions}


def owner_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Who may be given an action, the own post first."""
    posts = owners(actor, cases.get_case(actor, ref, now=now).subject_id, now=now)
    own_first = sorted(posts.values(), key=lambda post: post.id != actor.post_id)
    return [(str(post.id), f"{post.title()} · {post.organisation_name()}") for post in own_first]


def receipt(actor: Actor, ref: str, aid_id: UUID, file_id: UUID, *, now: datetime) -> files.Opened:
    """A paper of what was given. Leaves the read entry `support.receipt`."""
    aid = get_aid(actor, ref, aid_id, now=now)
    if not AidReceipt.objects.filter(aid=aid, attachment=file_id).exists():
        raise AccessDenied("support.unknown")
    keys = access.unlock(actor, [aid.subject_id], what="support.receipt", now=now, klasses=[Klass.EVIDENCE])
    return files.opened(actor, keys, aid.subject_id, file_id)


def _of_case(model: type[R], actor: Actor, ref: str, id: UUID, now: datetime) -> R:
    case = cases.get_case(actor, ref, now=now)
    rows = model._default_manager.filter(pk=id, subject_id=case.subject_id)
    row = access.visible(actor, rows, now=now).first()
    if row is None:
        raise AccessDenied("support.unknown")
    return row
