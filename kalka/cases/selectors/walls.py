"""Who of the staff is shut out of a case, for whoever leads and knows of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope, WallLine
from kalka.accounts import selectors as accounts
from kalka.cases.listed import lang
from kalka.cases.models import Case, WallLift
from kalka.cases.rules import OVERSEERS
from kalka.cases.selectors.cases import get_case
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.ui.choices import Pairs
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class WallView:
    user_id: int
    who: str  # the posts held today, else the name the person signs in with
    why: str
    since: datetime
    lift: UUID | None  # what waits for a second person
    own_lift: bool
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WallsPage:
    ref: str
    walls: tuple[WallView, ...]

    def of(self, user_id: int) -> WallView:
        """AccessDenied where no wall stands before this user."""
        found = next((wall for wall in self.walls if wall.user_id == user_id), None)
        if found is None:
            raise AccessDenied("cases.unknown")
        return found


def _known(actor: Actor, ref: str, now: datetime) -> Case:
    """Who oversees the case knows it by its duties alone; who was let know of it by a consent has no say here."""
    overseeing = actor.leads and actor.role in OVERSEERS
    return get_case(actor, ref, now=now, scope=Scope.DUTIES if overseeing else Scope.FILE)


def walls_page(actor: Actor, ref: str, *, now: datetime) -> WallsPage:
    """Needs no more than the code of the case; only a reason that waits is opened, and that is recorded."""
    case = _known(actor, ref, now)
    waiting = {lift.user_id: lift for lift in WallLift.objects.filter(subject_id=case.subject_id, decision=None)}
    reasons = _reasons(actor, case, list(waiting.values()), now)
    on = clock.day_of(now)
    return WallsPage(
        case.ref,
        tuple(
            _view(actor, wall, waiting.get(wall.user_id), reasons, _who(wall.user_id, on))
            for wall in access.walls(case.subject_id)
        ),
    )


def shut_out_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """The held posts of the places around the case, inside the team and out of it, but for one's own."""
    case = _known(actor, ref, now)
    above = places.chain(case.place)
    around = {*above, *places.within(above[1] if len(above) > 1 else case.place)}
    posts = [post for post in directory.staffed(clock.day_of(now)) if post.place in around and post.held]
    return [
        (str(post.id), f"{post.label(lang())} · {post.organisation_name(lang())}")
        for post in posts
        if post.id != actor.post_id
    ]


def _reasons(actor: Actor, case: Case, lifts: list[WallLift], now: datetime) -> dict[UUID, str]:
    if not lifts:
        return {}
    keys = access.unlock(
        actor, [case.subject_id], what="cases.walls", now=now, klasses=[Klass.NARRATIVE], scope=Scope.DUTIES
    )
    return {lift.pk: str(keys.get(lift, "reason") or "") for lift in lifts}


def _who(user_id: int, on: date) -> str:
    posts = directory.posts_of(user_id, on)
    return "; ".join(f"{post.label()} · {post.organisation_here}" for post in posts) or accounts.login_of(user_id) or ""


def _view(actor: Actor, wall: WallLine, lift: WallLift | None, reasons: dict[UUID, str], who: str) -> WallView:
    return WallView(
        user_id=wall.user_id,
        who=who,
        why=wall.why,
        since=wall.since,
        lift=lift.pk if lift else None,
        own_lift=lift is not None and (lift.author_id == actor.user_id or lift.post_id == actor.post_id),
        reason=reasons.get(lift.pk, "") if lift else "",
    )
