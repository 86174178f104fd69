"""One family for a step in it. What is not the own post's answers like nothing: to every other member, to a secretary
who is not of the two, to whoever a wall shuts out."""

from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.accounts import selectors as accounts
from kalka.cases import selectors as cases
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import read_ref
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine
from kalka.families.means import ASK_HER
from kalka.families.models import FamilyAtRisk, FamilyContact, FamilyEnd, FamilyName, Seat
from kalka.referrals import selectors as referrals
from kalka.referrals.lines import NeedLine
from kalka.ui.choices import Pairs

WORKER = "social_worker"
MEMBERS = ("committee_secretary", "committee_member")


def get_family(actor: Actor, ref: str, *, now: datetime) -> FamilyAtRisk:
    """For whoever has taken a seat. AccessDenied for what does not exist and for what is not shown."""
    rows = FamilyAtRisk.objects.filter(
        case_ref=read_ref(ref), seats__holder=actor.post_id, seats__taken_at__isnull=False, seats__left_at=None
    )
    found = access.visible(actor, rows, now=now).first()
    if found is None:
        raise AccessDenied("families.unknown")
    return found


def working(actor: Actor, ref: str, *, now: datetime) -> FamilyAtRisk:
    """For a step that goes on with it. Refuses `families.ended`."""
    found = get_family(actor, ref, now=now)
    if FamilyEnd.objects.filter(family=found).exists():
        raise DomainError("families.ended")
    return found


def asked_seat(actor: Actor, ref: str, *, now: datetime) -> Seat:
    """The seat the own post was asked to take. It shows a code and nothing else."""
    rows = Seat.objects.filter(case_ref=read_ref(ref), holder=actor.post_id, taken_at=None, left_at=None)
    found = access.visible(actor, rows, now=now, scope=Scope.DUTIES).first()
    if found is None:
        raise AccessDenied("families.unknown")
    return found


def promised(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> date | None:
    """The day that was agreed on last, where nobody came on it yet."""
    rows = access.visible(actor, FamilyContact.objects.filter(family=family), now=now)
    last = rows.order_by("-recorded_at", "-on", "-pk").first()
    return last.next_on if last else family.next_on


def committee_of(actor: Actor) -> int:
    """The actor's committee. Refuses whoever sits in none."""
    ids = {one.id for one in directory.organisations("committee")}
    if actor.organisation_id not in ids:
        raise AccessDenied("families.no_committee")
    return actor.organisation_id or 0


def colleagues(actor: Actor, *, now: datetime) -> Pairs:
    """The other posts of the committee that somebody holds, by name. Recorded, as every opening of names is."""
    on = clock.day_of(now)
    posts = [one for one in directory.posts_at(committee_of(actor)) if one.role in MEMBERS and one.id != actor.post_id]
    held = {post.id: users[0] for post in posts if (users := directory.holders_of(post.id, on))}
    names = accounts.names_of(actor, set(held.values()))
    return sorted(((str(post), names.get(user, "")) for post, user in held.items()), key=lambda pair: pair[1])


def is_colleague(actor: Actor, post_id: int, *, now: datetime) -> bool:
    """Somebody else's post in the same committee, held today."""
    post = directory.post(post_id)
    return (
        post is not None
        and post.id != actor.post_id
        and post.organisation_id == actor.organisation_id
        and post.role in MEMBERS
        and not directory.is_vacant(post_id, clock.day_of(now))
    )


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor noted a family under this id."""
    with sight.beyond():
        return FamilyAtRisk.objects.filter(pk=id, author_id=actor.user_id).exists()


def names_of(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> list[FamilyName]:
    """Names written later, and taken back, in their order."""
    return list(access.visible(actor, FamilyName.objects.filter(family=family), now=now).order_by("number"))


def named_now(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> tuple[str, str]:
    """Why a name stands there today, and on which ground: the last word on it."""
    last = next(reversed(names_of(actor, family, now=now)), None) or family
    return last.named, last.ground


def others(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> bool:
    """Whether somebody who does social work works on the case beside the two."""
    team = cases.team(actor, family.subject_id, now=now)
    return any(one.scope == "file" and one.post.role == WORKER for one in team)


def asks(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> list[DutyLine]:
    """What one of the two is to ask her, because a sitting decided on it."""
    return [one for one in duties.of_subject(actor, family.subject_id, now=now) if one.kind == ASK_HER]


def to_ask(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> list[NeedLine]:
    """The help it is about."""
    asked = {one.part for one in asks(actor, family, now=now)}
    return [one for one in referrals.needs_of(actor, family.subject_id, now=now) if str(one.id) in asked]


def stage_of(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> str:
    return cases.case_of(actor, family.subject_id, now=now).stage
