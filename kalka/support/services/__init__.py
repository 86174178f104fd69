"""Writing down what was agreed, what was given, how she is, and on what her case may be closed."""

from kalka.support.services.closing import decide_without, explain_without, record_word
from kalka.support.services.decided import decide_action, decide_help, end_help
from kalka.support.services.following import log_contact, measure
from kalka.support.services.given import attach_receipt, give_aid, give_service, note_document, void_service
from kalka.support.services.opinions import draw_tickets, say_opinion
from kalka.support.services.plan import add_action, add_goal, end_action, end_goal, write_safety_plan

__all__ = [
    "add_action",
    "add_goal",
    "attach_receipt",
    "decide_action",
    "decide_help",
    "decide_without",
    "draw_tickets",
    "end_action",
    "end_goal",
    "end_help",
    "explain_without",
    "give_aid",
    "give_service",
    "log_contact",
    "measure",
    "note_document",
    "record_word",
    "say_opinion",
    "void_service",
    "write_safety_plan",
]
