"""Who sits in a committee. Codes for whoever may see the committee; names and numbers for its secretary alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.accounts import selectors as accounts
from kalka.committees.info import MemberView
from kalka.committees.models import Behalf, LocalContact, MemberCard, Seat, Undertaking
from kalka.committees.rules import SINGLE, Card, Known, Office
from kalka.committees.selectors.bodies import READERS, own
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine

SECRETARY = "committee_secretary"
ROLES = (SECRETARY, "committee_member")


@dataclass(frozen=True, slots=True)
class SeatLine:
    office: Office
    holding_id: int
    since: date
    until: date | None
    handed: Sequence[str]
    over: bool  # it was handed over by somebody


def members(actor: Actor, organisation_id: int, day: date) -> list[MemberView]:
    """Everybody who sits in it on the day, the secretary's post first; codes alone, no names."""
    if actor.organisation_id != organisation_id and not any(actor.may(one) for one in READERS):
        raise AccessDenied("committees.unknown")
    seated = [one for one in directory.seats_at(organisation_id, day) if one.role in ROLES]
    ids = [one.id for one in seated]
    offices = _offices(ids, day)
    signed = set(Undertaking.objects.filter(holding__in=ids, signed_on__lte=day).values_list("holding_id", flat=True))
    on_paper = _on_paper(ids)
    found = [
        MemberView(
            holding_id=one.id,
            post_id=one.post_id,
            user_id=one.user_id,
            category=one.category,
            office=offices.get(one.id, Office.SECRETARY if one.role == SECRETARY else Office.MEMBER),
            undertaken=one.id in signed,
            on_paper=one.id in on_paper,
            since=one.since,
            keeps=one.role == SECRETARY,
        )
        for one in seated
    ]
    order = list(Office)
    return sorted(found, key=lambda one: (order.index(one.office), one.holding_id))


def named(actor: Actor, found: Collection[MemberView]) -> list[MemberView]:
    """The same with their names, for the secretary of their committee. The reading is recorded."""
    if not actor.may(Permission.COMMITTEE_KEEP):
        raise AccessDenied("committees.unknown")
    own_posts = {post.id for post in directory.posts_at(actor.organisation_id or 0)}
    if not {one.post_id for one in found} <= own_posts:
        raise AccessDenied("committees.unknown")
    names = accounts.names_of(actor, [one.user_id for one in found])
    return [replace(one, name=names.get(one.user_id, "")) for one in found]


def has_left(actor: Actor, holding_id: int, *, now: datetime) -> bool:
    """A member of the actor's own committee whose last day was written down already."""
    return directory.has_left(own(actor).organisation_id, holding_id, day_of(now))


def member(actor: Actor, holding_id: int, *, now: datetime) -> MemberView:
    """One of the actor's own committee, as of today, without the name."""
    seated = members(actor, own(actor).organisation_id, day_of(now))
    found = next((one for one in seated if one.holding_id == holding_id), None)
    if found is None:
        raise AccessDenied("committees.unknown")
    return found


def card(actor: Actor, holding_id: int, *, now: datetime) -> Card:
    """How to reach one's own member, as last said; nothing said yet is a call at any hour."""
    committee = own(actor)
    member(actor, holding_id, now=now)
    rows = access.visible(actor, MemberCard.objects.all(), now=now)
    row = rows.filter(holding=holding_id).order_by("-number").first()
    if row is None:
        return Card()
    keys = access.unlock(actor, [committee.compartment], what="committees.card", now=now)
    return Card(row.on_paper, row.channel, row.hours, row.discreet, keys.get(row, "phone") or "")


def is_card_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor wrote a member down under this id."""
    with sight.beyond():
        return MemberCard.objects.filter(pk=id, author_id=actor.user_id).exists()


def ensure_office_free(actor: Actor, office: str) -> None:
    """In the own committee. Refuses one that somebody holds, and that one person holds at a time."""
    held = Seat.objects.filter(committee=own(actor).id, office=office, until=None)
    if office in SINGLE and held.exists():
        raise Stale("committees.office_is_held", field="office")


def seats_of(actor: Actor, organisation_id: int) -> list[SeatLine]:
    """Every office there ever was in one's own committee, the newest first."""
    if actor.organisation_id != organisation_id:
        raise AccessDenied("committees.unknown")
    rows = Seat.objects.filter(committee__organisation=organisation_id).order_by("-since", "-at")
    return [
        SeatLine(Office(row.office), row.holding_id, row.since, row.until, row.handed, row.before_id is not None)
        for row in rows
    ]


def contacts(actor: Actor, *, now: datetime) -> Mapping[str, Known]:
    """Who answers here for each subject of the law, in the words of the actor's own committee."""
    committee = own(actor)
    rows = access.visible(actor, LocalContact.objects.filter(subject_id=committee.compartment), now=now)
    latest = {row.subject: row for row in rows.order_by("number")}
    if not latest:
        return {}
    keys = access.unlock(actor, [committee.compartment], what="committees.contacts", now=now)
    said = {code: keys.get(row, "told") for code, row in latest.items()}
    return {code: Known(**told) for code, told in said.items() if told}


def tasks(actor: Actor, holding_id: int, *, now: datetime) -> tuple[DutyLine, ...]:
    """What a member of the actor's own committee has to do, by code: for the sheet that is printed."""
    one = member(actor, holding_id, now=now)
    return duties.of_colleagues(actor, [one.post_id], now=now)[one.post_id]


def entered_for(actor: Actor, holding_id: int, *, now: datetime) -> list[tuple[date, datetime]]:
    """What was entered for a member without a device: the day it was done there, and when it was entered; newest
    first."""
    member(actor, holding_id, now=now)
    rows = access.visible(actor, Behalf.objects.filter(holding=holding_id), now=now)
    return list(rows.order_by("-recorded_at").values_list("done_on", "recorded_at"))


def _offices(ids: Collection[int], day: date) -> dict[int, Office]:
    running = Seat.objects.filter(holding__in=ids, since__lte=day).exclude(until__lt=day).order_by("since", "at")
    return {holding: Office(office) for holding, office in running.values_list("holding_id", "office")}


def _on_paper(ids: Collection[int]) -> set[int]:
    """A code, which says nothing of whom it is about but that they work with paper."""
    with sight.beyond():
        rows = MemberCard.objects.filter(holding__in=ids).order_by("number").values_list("holding_id", "on_paper")
        latest = dict(rows)
    return {id for id, on_paper in latest.items() if on_paper}
