"""The pages of orders: each parses, makes one call, answers."""

from kalka.orders.views.later import breach, complete, extend, revoke, serve
from kalka.orders.views.pages import listing, lookup, order, paper
from kalka.orders.views.register import register

__all__ = ["breach", "complete", "extend", "listing", "lookup", "order", "paper", "register", "revoke", "serve"]
