"""The pages of support."""

from kalka.support.views.closing import second, without, word
from kalka.support.views.given import aid, document, receipt, receipt_file, service, void
from kalka.support.views.opinions import opinions, say, sheet
from kalka.support.views.plan import (
    action,
    add_action,
    contact,
    end_goal,
    goal,
    outcome,
    plan,
    safety,
    safety_print,
)

__all__ = [
    "action",
    "add_action",
    "aid",
    "contact",
    "document",
    "end_goal",
    "goal",
    "opinions",
    "outcome",
    "plan",
    "receipt",
    "receipt_file",
    "safety",
    "safety_print",
    "say",
    "second",
    "service",
    "sheet",
    "void",
    "without",
    "word",
]
