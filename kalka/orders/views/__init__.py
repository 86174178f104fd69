"""The pages of orders: each parses, makes one call, answers."""

from kalka.orders.views.later import breach, complete, extend, revoke, serve
from kalka.orders.views.pages import listing, lookup, order, paper
from kalka.orders.views.register import register
from kalka.orders.views.without import no_order, without

__all__ = [
    "breach",
    "complete",
    "extend",
    "listing",
    "lookup",
    "no_order",
    "order",
    "paper",
    "register",
    "revoke",
    "serve",
    "without",
]
