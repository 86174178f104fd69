"""What the installation does by itself: who must go is written down, and groups are looked through again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as sight
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law, Provision
from kalka.orders import selectors as orders
from kalka.proceedings import selectors as proceedings
from kalka.programmes import apart, attending, effects
from kalka.programmes.models import Enrolment, Group, Owed, Sending
from kalka.programmes.packs import hours
from kalka.vault.rows import written

AT_ONCE = 500
INSPECTOR = "police_inspector"


@dataclass(frozen=True, slots=True)
class _Must:
    """Why somebody must go: an order issued against him, or a proceeding in which he was found guilty."""

    subject_id: UUID
    case: UUID
    ref: str
    place: str
    person: UUID | None
    post: int | None
    on: date
    order: UUID | None = None
    proceeding: UUID | None = None


@command("programmes.require", needs=Permission.SYSTEM)
def require(actor: Actor, *, now: datetime) -> tuple[Owed, ...]:
    """Whoever committed violence since the law asks for it must go: an order was issued against him, or he was found
    guilty of it, with an order or without. Written down once for each, and the inspector is given the duty to send him,
    where the case is open. What is of a day the law did not ask for it causes nothing."""
    since = Law(day_of(now)).get(effects.MANDATORY)
    if since is None:
        return ()
    found = [*_by_orders(actor, since.since), *_by_sentences(actor, since.since)]
    closed = cases.closed_of(actor, {one.case for one in found})
    return tuple(_owed(actor, one, now, open_=one.case not in closed) for one in found)


def _by_orders(actor: Actor, since: date) -> list[_Must]:
    known = Owed.objects.exclude(order=None).values("order")
    return [
        _Must(one.subject_id, one.case, one.case_ref, one.place, one.person, one.post, one.on, order=one.order)
        for one in orders.against(actor, since=since, but=known, most=AT_ONCE)
    ]


def _by_sentences(actor: Actor, since: date) -> list[_Must]:
    known = Owed.objects.exclude(proceeding=None).values("proceeding")
    found = proceedings.sentenced(actor, since=since, but=known, most=AT_ONCE)
    of = cases.placed(actor, {one.subject_id for one in found})
    return [
        _Must(one.subject_id, *of[one.subject_id], one.person, one.post, one.on, proceeding=one.proceeding)
        for one in found
        if one.subject_id in of
    ]


def _owed(actor: Actor, told: _Must, now: datetime, *, open_: bool) -> Owed:
    basis, why = Law(told.on)[effects.MANDATORY], told.order or told.proceeding or told.case
    row = Owed(
        **written(actor, id=derived(why, "owed"), subject_id=told.subject_id, content=[why], now=now),
        case_id=told.case,
        case_ref=told.ref,
        order_id=told.order,
        proceeding_id=told.proceeding,
        person_id=told.person,
        place=told.place,
        on=told.on,
        basis=basis.as_json(),
    )
    row.save(force_insert=True)
    sent = Sending.objects.filter(subject_id=told.subject_id)
    if told.person is not None:
        sent = sent.filter(person=told.person)
    if open_ and not sent.exists():
        _have_him_sent(told, basis, now)
    return row


def _have_him_sent(told: _Must, basis: Provision, now: datetime) -> None:
    """By the inspector who wrote it down, else by the one of the place: a duty that stands once for each man."""
    post = directory.post(told.post) if told.post else None
    if post is None or post.role != INSPECTOR:
        post = directory.responsible(INSPECTOR, told.place, day_of(now)) or post
    if post is None:
        return
    duties.assign(
        effects.ENROL,
        subject_id=told.subject_id,
        post_id=post.id,
        due_at=now + timedelta(hours=hours("send_within")),
        basis=basis,
        now=now,
        about=effects.about(told.ref, told.person),
    )


@command("programmes.keep_apart", needs=Permission.SYSTEM)
def keep_apart(actor: Actor, *, now: datetime) -> int:
    """What became known since: two of one group who must not sit together, whoever is shut out of the case. Returns how
    many were found."""
    found = 0
    walled = Sending.objects.filter(subject_id__in=sight.walled_subjects())
    for sending in walled.select_related("enrolment").order_by("id"):
        found += effects.wall_as_the_case(sending.enrolment, sending.subject_id, now=now)
    for group in Group.objects.order_by("-since", "id")[:AT_ONCE]:
        members = {one.pk: one for one in attending.members(group)}
        for _one, other in apart.pairs(tuple(members)) if len(members) > 1 else ():
            _ask_apart(members[other], now)
            found += 1
    return found


def _ask_apart(member: Enrolment, now: datetime) -> None:
    post_id = effects.receiving_post(member.runs_at, member.subject_id, now)
    effects.on_list(effects.APART, member, post_id, "decide_within", now=now)
