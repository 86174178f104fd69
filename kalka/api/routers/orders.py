from datetime import datetime
from uuid import UUID

from ninja import Query, Router, Status

from kalka.api import shown
from kalka.api.routers import answers, read_after, written
from kalka.api.schemas import (
    Authorities,
    AuthorityItem,
    FoundOrder,
    FoundOrders,
    LookupIn,
    NumberIn,
    OrderIn,
    OrderItem,
    Orders,
    OrdersAsked,
    RegisteredOrder,
    ServiceIn,
)
from kalka.core.errors import DomainError
from kalka.orders import selectors as orders
from kalka.orders import services
from kalka.orders.rules import NewOrder, NewService, Numbered
from kalka.orders.selectors import Entry, Found, OrderLine
from kalka.ui.http import Request

router = Router(tags=["orders"])


@router.get(
    "", response=answers(Orders), url_name="orders", operation_id="list_orders", summary="The register of orders"
)
def list_orders(request: Request, asked: Query[OrdersAsked]) -> Orders:
    """The orders of the cases the post oversees or works on, fifty at a time, the newest first. No name, no number."""
    found = orders.register(request.actor, now=request.now, after=asked.after)
    return Orders(items=[_registered(entry) for entry in found.entries], next=found.following)


@router.get(
    "/authorities",
    response=answers(Authorities),
    url_name="authorities",
    operation_id="list_authorities",
    summary="Who may have issued an order",
)
def list_authorities(request: Request) -> Authorities:
    found = orders.authority_choices(request.actor)
    return Authorities(items=[AuthorityItem(id=int(code), name=str(name)) for code, name in found])


@router.post(
    "/lookup",
    response=answers(FoundOrders, 413),
    url_name="order_lookup",
    operation_id="look_up_order",
    summary="Is this number an order, and does it run?",
)
def look_up_order(request: Request, asked: LookupIn) -> FoundOrders:
    """Exactly this number, whoever issued it, also of cases that are not shown to the post. Every question is recorded,
    also one without an answer; the number stands in no address."""
    found = orders.lookup(request.actor, asked.number, now=request.now)
    return FoundOrders(items=[_found(one) for one in found])


@router.get(
    "/{uuid:id}", response=answers(RegisteredOrder), url_name="order", operation_id="get_order", summary="One order"
)
def get_order(request: Request, id: UUID) -> RegisteredOrder:
    """Where it stands now: its records decide, nobody sets it."""
    return _registered(orders.entry(request.actor, id, now=request.now))


@router.put(
    "/{uuid:id}",
    response=written(RegisteredOrder),
    url_name="order",
    operation_id="put_order",
    summary="Register an order",
)
def put_order(request: Request, id: UUID, told: OrderIn) -> Status[RegisteredOrder]:
    """An order that was issued elsewhere. Kalka issues none."""
    again = orders.is_there(request.actor, id)
    made = services.register_order(request.actor, id=id, case_ref=told.case, told=_paper(told), now=request.now)
    return _stands(request, id, made.recorded_at, again=again)


@router.put(
    "/{uuid:order}/services/{uuid:id}",
    response=written(RegisteredOrder),
    url_name="order_service",
    operation_id="put_order_service",
    summary="The respondent was told of the order",
)
def put_order_service(request: Request, order: UUID, id: UUID, told: ServiceIn) -> Status[RegisteredOrder]:
    """Or was not found (`not_found`): every attempt counts, and the order is still to be served. Answers the order."""
    again, ref = orders.is_there(request.actor, id, "service"), _ref(request, order)
    new = NewService(**told.model_dump())
    made = services.serve_order(request.actor, id=id, case_ref=ref, order_id=order, told=new, now=request.now)
    return _stands(request, order, made.recorded_at, again=again)


@router.put(
    "/{uuid:order}/numbers/{uuid:id}",
    response=written(RegisteredOrder),
    url_name="order_number",
    operation_id="put_order_number",
    summary="The number of a pending order",
)
def put_order_number(request: Request, order: UUID, id: UUID, told: NumberIn) -> Status[RegisteredOrder]:
    """Answers the order, which is pending no more."""
    again, ref = orders.is_there(request.actor, id, "number"), _ref(request, order)
    new = Numbered(told.authority, told.number)
    made = services.complete_number(request.actor, id=id, case_ref=ref, order_id=order, told=new, now=request.now)
    return _stands(request, order, made.recorded_at, again=again)


def item(line: OrderLine) -> OrderItem:
    return OrderItem(
        id=line.id,
        state=line.state,
        place=line.place,
        issued_at=line.issued_at,
        starts=line.starts,
        last_day=line.last_day,
        pending=line.pending,
        served=line.served,
        extended=line.extended,
        basis=shown.of_law(line.basis),
    )


def _registered(entry: Entry) -> RegisteredOrder:
    return RegisteredOrder(case=entry.ref, **item(entry.line).model_dump())


def _found(one: Found) -> FoundOrder:
    line = one.line
    return FoundOrder(
        id=line.id if one.ref else None,
        case=one.ref or None,
        state=line.state,
        authority=line.authority,
        issued_at=line.issued_at,
        starts=line.starts,
        last_day=line.last_day,
        served=line.served,
        extended=line.extended,
        basis=shown.of_law(line.basis),
    )


def _ref(request: Request, order: UUID) -> str:
    return orders.entry(request.actor, order, now=request.now).ref


def _stands(request: Request, order: UUID, written_at: datetime, *, again: bool) -> Status[RegisteredOrder]:
    with read_after(request, written_at) as now:
        entry = orders.entry(request.actor, order, now=now)
    return Status(200 if again else 201, _registered(entry))


def _paper(told: OrderIn) -> NewOrder:
    """A number is nothing without whoever gave it."""
    if told.number is not None and told.authority is None:
        raise DomainError("api.missing", field="authority")
    numbered = Numbered(told.authority, told.number) if told.number and told.authority else None
    return NewOrder(
        issued_at=told.issued_at,
        numbered=numbered,
        authority=None if numbered else told.authority,
        starts=told.starts,
        ends=told.ends,
        conditions=tuple(told.conditions),
        note=told.note,
        respondent=told.respondent,
        protected=tuple(told.protected),
    )
