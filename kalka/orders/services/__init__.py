"""What is written down of orders: what their papers say, and what happens to them."""

from kalka.orders.services.changing import complete_number, extend_order, revoke_order, serve_order
from kalka.orders.services.demanding import demand_orders
from kalka.orders.services.explaining import explain_no_order
from kalka.orders.services.happening import note_expired, record_breach
from kalka.orders.services.keeping import keep_visited, note_expiring
from kalka.orders.services.listing import take_listed
from kalka.orders.services.registering import register_order

__all__ = [
    "complete_number",
    "demand_orders",
    "explain_no_order",
    "extend_order",
    "keep_visited",
    "note_expired",
    "note_expiring",
    "record_breach",
    "register_order",
    "revoke_order",
    "serve_order",
    "take_listed",
]
