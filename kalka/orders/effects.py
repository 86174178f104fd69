"""What the steps of an order cause: duties, sight for whoever oversees, the history. Inside commands only."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import DomainError, Stale
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.history import services as history
from kalka.orders import rules
from kalka.orders.models import OrderNumber, Overlap, ProtectionOrder, dated, version
from kalka.orders.numbers import number_key
from kalka.orders.rules import Numbered, owed
from kalka.vault.keys import Keys
from kalka.vault.rows import written

INSPECTOR, PROSECUTOR = "police_inspector", "prosecutor"
WHY = "orders"


def about(order: ProtectionOrder) -> str:
    return f"{order.case_ref}/{order.pk}"


def locked(order: ProtectionOrder) -> ProtectionOrder:
    """As it stands, and nobody else changes it until the end of the command."""
    ProtectionOrder.objects.select_for_update().get(pk=order.pk)
    return ProtectionOrder.objects.dated().get(pk=order.pk)


def ensure_seen(order: ProtectionOrder, seen: str | None) -> None:
    """Refuses with `orders.changed_meanwhile` whoever looked at the order before it became what it is now."""
    if seen is not None and seen != version(order):
        raise Stale("orders.changed_meanwhile", last=dated(order).last_day)


def put_number(
    actor: Actor, order: ProtectionOrder, told: Numbered, keys: Keys, *, id: UUID, content: object, now: datetime
) -> OrderNumber:
    """Refuses with `orders.number_taken` a number its issuer has given before, in whatever case and by whomever.

    The refusal says nothing of that case. Two at the same moment are kept apart by the database.
    """
    if told.authority not in {one.id for one in directory.organisations()}:
        raise DomainError("orders.no_such_authority", field="authority")
    key = number_key(told.number)
    with sight.beyond():
        taken = OrderNumber.objects.filter(authority=told.authority, number_key=key).exists()
    if taken:
        raise DomainError("orders.number_taken", field="number")
    row = OrderNumber(
        **written(actor, id=id, subject_id=order.subject_id, content=content, now=now),
        order=order,
        authority_id=told.authority,
        number_key=key,
    )
    keys.put(row, "number", told.number.strip())
    row.save(force_insert=True)
    return row


def assign(
    kind: str, actor: Actor, order: ProtectionOrder, due_at: datetime, *, now: datetime, whole: bool = False
) -> None:
    """To the inspector of the case, else to whoever writes. `whole`: about the case, not about this order alone."""
    post_id = cases.team_post(actor, order.subject_id, INSPECTOR, now=now) or actor.post_id
    if post_id is None:
        raise DomainError("orders.nobody_responsible")
    duties.assign(
        kind,
        subject_id=order.subject_id,
        post_id=post_id,
        due_at=due_at,
        basis=None,  # the law sets no term for any of them
        now=now,
        about=order.case_ref if whole else about(order),
    )


def assign_beyond(kind: str, order: ProtectionOrder, due_at: datetime, *, now: datetime) -> None:
    """To the inspector of the place, by whoever does not see the file."""
    found = directory.responsible(INSPECTOR, order.place, day_of(now))
    post_id = found.id if found else order.post_id
    if post_id is None:
        raise DomainError("orders.nobody_responsible")
    subject, basis = order.subject_id, None  # the law sets no term for it
    duties.assign(kind, subject_id=subject, post_id=post_id, due_at=due_at, basis=basis, now=now, about=about(order))


def end(kind: str, actor: Actor, order: ProtectionOrder, *, now: datetime) -> None:
    duties.end_for(kind, subject_id=order.subject_id, now=now, actor=actor, about=about(order))


def begin(actor: Actor, order: ProtectionOrder, *, now: datetime) -> None:
    """It is to be served and visited, and before its end somebody agrees with her on what follows."""
    _owe(owed.on_registering(dated(ProtectionOrder.objects.dated().get(pk=order.pk)), now), actor, order, now)


def go_on(actor: Actor, order: ProtectionOrder, *, now: datetime) -> None:
    """`order` as it stood before it was extended. What was agreed for its end is agreed anew for the later one."""
    longer = ProtectionOrder.objects.dated().get(pk=order.pk)
    left = owed.on_extending(dated(order), dated(longer), now, served=longer.served)
    if owed.AGREE in left:
        end(owed.AGREE, actor, order, now=now)
    _owe(left, actor, order, now)


def _owe(left: Mapping[str, datetime], actor: Actor, order: ProtectionOrder, now: datetime) -> None:
    for kind, due_at in left.items():
        assign(kind, actor, order, due_at, now=now, whole=kind == owed.CHECK)


def end_with(actor: Actor, order: ProtectionOrder, *, now: datetime) -> None:
    """The order is over: nothing is left to serve or to agree on, nor to check where no other one runs or will."""
    for kind in owed.ENDED_BY["revoke"]:
        end(kind, actor, order, now=now)
    if not ProtectionOrder.objects.filter(subject_id=order.subject_id).not_over(now).exists():
        duties.end_for("order.check_compliance", subject_id=order.subject_id, now=now, actor=actor)


def link_overlaps(actor: Actor, order: ProtectionOrder, *, now: datetime) -> tuple[Overlap, ...]:
    """Against the same person, or one of them against nobody named yet. Linked and asked about, never refused."""
    mine = dated(ProtectionOrder.objects.dated().get(pk=order.pk))
    others = ProtectionOrder.objects.dated().filter(subject_id=order.subject_id).exclude(pk=order.pk)
    known = set(Overlap.objects.filter(order=order).values_list("other", flat=True))
    known |= set(Overlap.objects.filter(other=order).values_list("order", flat=True))
    same = [one for one in others if one.pk not in known and _same_respondent(one, order)]
    found = tuple(_overlap(actor, order, one, now) for one in same if mine.overlaps(dated(one)))
    Overlap.objects.bulk_create(found)
    if found:
        assign("order.explain_overlap", actor, order, now + rules.EXPLAIN_WITHIN, now=now)
    return found


def _same_respondent(one: ProtectionOrder, other: ProtectionOrder) -> bool:
    return None in (one.respondent_id, other.respondent_id) or one.respondent_id == other.respondent_id


def _overlap(actor: Actor, order: ProtectionOrder, other: ProtectionOrder, now: datetime) -> Overlap:
    id = derived(order.pk, f"overlap {other.pk}")
    shared = written(actor, id=id, subject_id=order.subject_id, content=[order.pk, other.pk], now=now)
    return Overlap(**shared, order=order, other=other)


def let_oversee(order: ProtectionOrder, *, now: datetime) -> None:
    """The prosecutor of the place sees orders: dates, issuer and state, nothing of what was told."""
    found = directory.responsible(PROSECUTOR, order.place, day_of(now))
    if found is not None:
        access.grant(order.subject_id, post_holder(found.id), why=WHY, scope=Scope.ORDERS, now=now)


def note(kind: str, actor: Actor, order: ProtectionOrder, at: date, *, now: datetime) -> None:
    """In the history, by the person it is against: risk counts it there. `at` may be a moment."""
    history.append(
        actor,
        subject_id=order.subject_id,
        kind=kind,
        at=at,
        now=now,
        person_id=order.respondent_id,
        source="orders",
    )
