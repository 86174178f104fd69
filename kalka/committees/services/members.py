"""Members of the actor's own committee: who they are, which office they hold, and what they signed."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.accounts import services as accounts
from kalka.committees import rules, selectors
from kalka.committees.info import CommitteeView
from kalka.committees.models import Behalf, MemberCard, Seat, Undertaking
from kalka.committees.once import again
from kalka.committees.rules import SINGLE, Card, Handed, NewMember, Office
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.directory import services as bodies
from kalka.directory.roles import CATEGORIES
from kalka.duties import services as duties
from kalka.vault.rows import repeated, written


@command("committees.add_member", needs=Permission.COMMITTEE_KEEP)
def add_member(actor: Actor, *, id: UUID, told: NewMember, now: datetime) -> MemberCard:
    """A new member, counted in one category alone. Nobody signs in as a new member: whoever keeps accounts lets them.

    A member without a device is a member like any other. `id` is that of the card.
    """
    committee = selectors.own(actor)
    content = asdict(told)
    if known := repeated(MemberCard, actor, id=id, content=content):
        return known
    rules.check_member(told, CATEGORIES, today=day_of(now))
    user = accounts.name_member(actor, name=told.name.strip(), now=now)
    holding = bodies.seat_member(actor, user_id=user.pk, category=told.category, since=told.since, now=now)
    if told.office != Office.MEMBER:
        _seat(actor, committee, holding.pk, told.office, told.since, now)
    if told.signed_on is not None:
        _signed(actor, committee, holding.pk, uuid5(id, "signed"), told.signed_on, now)
    return _card(actor, committee, holding.pk, told.card, id=id, content=content, now=now)


@command("committees.change_card", needs=Permission.COMMITTEE_KEEP)
def change_card(actor: Actor, *, id: UUID, holding_id: int, card: Card, now: datetime) -> MemberCard:
    """How a member works and may be reached. What was said before stays."""
    committee = selectors.own(actor)
    selectors.member(actor, holding_id, now=now)
    content = [holding_id, asdict(card)]
    if known := repeated(MemberCard, actor, id=id, content=content):
        return known
    rules.check_card(card)
    return _card(actor, committee, holding_id, card, id=id, content=content, now=now)


@command("committees.take_office", needs=Permission.COMMITTEE_KEEP)
def take_office(
    actor: Actor, *, id: UUID, holding_id: int, office: str, since: date, now: datetime, handed: tuple[str, ...] = ()
) -> Seat:
    """A member takes an office from a day on. Whoever was chair or secretary hands it over: their last day is the one
    before, and what went from hand to hand is written down."""
    committee = selectors.own(actor)
    selectors.member(actor, holding_id, now=now)
    if (known := again(Seat, actor, id, holding=holding_id)) is not None:
        return known
    if office not in list(Office):
        raise DomainError("committees.not_an_answer", field="office")
    if not set(handed) <= set(Handed):
        raise DomainError("committees.not_an_answer", field="handed")
    if since > day_of(now):
        raise DomainError("committees.day_to_come", field="since")
    before = _handed_over(committee, holding_id, office, since)
    return _seat(actor, committee, holding_id, office, since, now, id=id, before=before, handed=handed)


@command("committees.sign_undertaking", needs=Permission.COMMITTEE_KEEP)
def sign_undertaking(actor: Actor, *, id: UUID, holding_id: int, signed_on: date, now: datetime) -> Undertaking:
    """The member signed on paper to keep silent. Once."""
    committee = selectors.own(actor)
    selectors.member(actor, holding_id, now=now)
    if (known := again(Undertaking, actor, id, holding=holding_id)) is not None:
        return known
    if signed_on > day_of(now):
        raise DomainError("committees.day_to_come", field="signed_on")
    if Undertaking.objects.filter(holding=holding_id).exists():
        raise Stale("committees.signed_already", field="signed_on")
    return _signed(actor, committee, holding_id, id, signed_on, now)


@command("committees.enter_for", needs=Permission.COMMITTEE_KEEP)
def enter_for(actor: Actor, *, id: UUID, holding_id: int, duty_id: UUID, done_on: date, now: datetime) -> Behalf:
    """A member without a device did a task: whoever keeps the committee enters it, and that it was she is written down.

    Refuses a member who has a device, a day to come, and a task that stands no more.
    """
    committee = selectors.own(actor)
    content = [holding_id, duty_id, done_on]
    if known := repeated(Behalf, actor, id=id, content=content):
        return known
    member = selectors.member(actor, holding_id, now=now)
    if not member.on_paper:
        raise DomainError("committees.no_device")
    if done_on > day_of(now):
        raise DomainError("committees.day_to_come", field="done_on")
    duties.finish_for(actor, id=uuid5(id, "done"), duty_id=duty_id, post_id=member.post_id, now=now)
    row = Behalf(
        **written(actor, id=id, subject_id=committee.compartment, content=content, now=now),
        holding_id=holding_id,
        duty_id=duty_id,
        done_on=done_on,
    )
    row.save(force_insert=True)
    return row


@command("committees.leave", needs=Permission.COMMITTEE_KEEP)
def leave(actor: Actor, *, holding_id: int, until: date, now: datetime) -> list[Seat]:
    """The last day of a member: their post and their office end with it. What they knew they still keep silent about.

    Said again it stays as it was said first. Whoever holds the secretary's post is not taken out of it here.
    """
    committee = selectors.own(actor)
    if selectors.has_left(actor, holding_id, now=now):
        return []
    if selectors.member(actor, holding_id, now=now).keeps:
        raise DomainError("committees.secretary_by_administrator")
    if until > day_of(now):
        raise DomainError("committees.day_to_come", field="until")
    bodies.unseat_member(actor, holding_id=holding_id, until=until, now=now)
    open_ = list(Seat.objects.filter(committee=committee.id, holding=holding_id, until=None))
    for seat in open_:
        seat.until = max(until, seat.since)
        seat.save(update_fields=["until"])
    return open_


def _signed(
    actor: Actor, committee: CommitteeView, holding_id: int, id: UUID, signed_on: date, now: datetime
) -> Undertaking:
    return Undertaking.objects.create(
        id=id,
        committee_id=committee.id,
        holding_id=holding_id,
        signed_on=signed_on,
        author_id=actor.user_id,
        at=now,
    )


def _handed_over(committee: CommitteeView, holding_id: int, office: str, since: date) -> Seat | None:
    """Ends the own office, and that of whoever held a single one; the latter is returned."""
    directory.hold(committee.organisation_id)
    open_ = Seat.objects.filter(committee=committee.id, until=None)
    ending = [one for one in open_ if one.holding_id == holding_id or (one.office == office and office in SINGLE)]
    for seat in ending:
        if seat.since >= since:
            raise DomainError("committees.ends_before_it_begins", field="since")
        seat.until = since.fromordinal(since.toordinal() - 1)
        seat.save(update_fields=["until"])
    return next((one for one in ending if one.holding_id != holding_id), None)


def _seat(
    actor: Actor,
    committee: CommitteeView,
    holding_id: int,
    office: str,
    since: date,
    now: datetime,
    *,
    id: UUID | None = None,
    before: Seat | None = None,
    handed: tuple[str, ...] = (),
) -> Seat:
    if before is None:
        selectors.ensure_office_free(actor, office)
    return Seat.objects.create(
        id=id or new_id(),
        committee_id=committee.id,
        holding_id=holding_id,
        office=office,
        since=since,
        before=before,
        handed=sorted(handed),
        author_id=actor.user_id,
        at=now,
    )


def _card(
    actor: Actor, committee: CommitteeView, holding_id: int, card: Card, *, id: UUID, content: object, now: datetime
) -> MemberCard:
    row = MemberCard(
        **written(actor, id=id, subject_id=committee.compartment, content=content, now=now),
        holding_id=holding_id,
        number=MemberCard.objects.filter(holding=holding_id).count() + 1,
        on_paper=card.on_paper,
        channel=card.channel,
        hours=card.hours,
        discreet=card.discreet,
    )
    if card.phone.strip():
        access.keys_for(actor, committee.compartment, now=now).put(row, "phone", card.phone.strip())
    row.save(force_insert=True)
    return row
