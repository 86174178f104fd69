"""What the installation does by itself: who must go is written down, and groups are looked through again."""

from datetime import datetime, timedelta

from kalka.access import selectors as sight
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.orders import selectors as orders
from kalka.orders.selectors import Against
from kalka.programmes import apart, attending, effects
from kalka.programmes.models import Enrolment, Group, Owed, Sending
from kalka.programmes.packs import hours
from kalka.vault.rows import written

AT_ONCE = 500
INSPECTOR = "police_inspector"


@command("programmes.require", needs=Permission.SYSTEM)
def require(actor: Actor, *, now: datetime) -> tuple[Owed, ...]:
    """Whoever an order was issued against since the law asks for it must go: written down once for each order, and the
    inspector is given the duty to send him, where the case is open. Orders of a day the law did not ask for it cause
    nothing."""
    since = Law(day_of(now)).get(effects.MANDATORY)
    if since is None:
        return ()
    found = orders.against(actor, since=since.since, but=Owed.objects.values("order"), most=AT_ONCE)
    closed = cases.closed_of(actor, {one.case for one in found})
    return tuple(_owed(actor, one, now, open_=one.case not in closed) for one in found)


def _owed(actor: Actor, told: Against, now: datetime, *, open_: bool) -> Owed:
    basis = Law(told.on)[effects.MANDATORY]
    row = Owed(
        **written(actor, id=derived(told.order, "owed"), subject_id=told.subject_id, content=[told.order], now=now),
        case_id=told.case,
        case_ref=told.case_ref,
        order_id=told.order,
        person_id=told.person,
        place=told.place,
        on=told.on,
        basis=basis.as_json(),
    )
    row.save(force_insert=True)
    sent = Sending.objects.filter(subject_id=told.subject_id)
    if told.person is not None:
        sent = sent.filter(person=told.person)
    post = told.post or getattr(directory.responsible(INSPECTOR, told.place, day_of(now)), "id", None)
    if open_ and post is not None and not sent.exists():
        duties.assign(
            effects.ENROL,
            subject_id=told.subject_id,
            post_id=post,
            due_at=now + timedelta(hours=hours("send_within")),
            basis=basis,
            now=now,
            about=effects.about(told.case_ref, told.person),
        )
    return row


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
