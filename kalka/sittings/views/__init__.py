"""The pages of sittings: parse, one call, answer."""

from kalka.sittings.views.deciding import addendum, conflict, decide, decision
from kalka.sittings.views.pages import listing, minutes, new, put, roll, sitting

__all__ = ["addendum", "conflict", "decide", "decision", "listing", "minutes", "new", "put", "roll", "sitting"]
