"""Assigning and ending. All but what a person does by hand, and `roll`, are primitives,
called inside the commands of steps."""

from kalka.duties.services.assigning import assign, end_for, end_with_case, let_go, raise_up
from kalka.duties.services.ending import finish_duty, finish_for, hand_over, waive_duty
from kalka.duties.services.rolling import Moved, roll

__all__ = [
    "Moved",
    "assign",
    "end_for",
    "end_with_case",
    "finish_duty",
    "finish_for",
    "hand_over",
    "let_go",
    "raise_up",
    "roll",
    "waive_duty",
]
