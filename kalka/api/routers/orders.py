from ninja import Query, Router

from kalka.api import shown
from kalka.api.routers import answers
from kalka.api.schemas import OrderItem, Orders, OrdersAsked, RegisteredOrder
from kalka.orders import selectors as orders
from kalka.orders.selectors import OrderLine
from kalka.ui.http import Request

router = Router(tags=["orders"])


@router.get(
    "", response=answers(Orders), url_name="orders", operation_id="list_orders", summary="The register of orders"
)
def list_orders(request: Request, asked: Query[OrdersAsked]) -> Orders:
    """The orders of the cases the post oversees or works on, fifty at a time, the newest first. No name, no number."""
    found = orders.register(request.actor, now=request.now, after=asked.after)
    items = [RegisteredOrder(case=entry.ref, **item(entry.line).model_dump()) for entry in found.entries]
    return Orders(items=items, next=found.following)


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
