"""Calling a sitting, its agenda, who came, what was decided, and what became of it."""

from kalka.sittings.services.deciding import carry_out, decide, declare_conflict, pass_over
from kalka.sittings.services.keeping import end_sitting, hold_sitting, plan_sitting, put_item
from kalka.sittings.services.later import add_addendum, note_past
from kalka.sittings.services.undone import raise_undone

__all__ = [
    "add_addendum",
    "carry_out",
    "decide",
    "declare_conflict",
    "end_sitting",
    "hold_sitting",
    "note_past",
    "pass_over",
    "plan_sitting",
    "put_item",
    "raise_undone",
]
