"""What she asked for and what was answered. Codes and times for who oversees; her words with the file alone."""

from kalka.complaints.selectors.calls import CallLine, CallPage, call_page, get_call, note_page, unanswered, watches
from kalka.complaints.selectors.happened import open_work, timeline
from kalka.complaints.selectors.papers import (
    Asked,
    CallTime,
    PaperPage,
    against_choices,
    get_addressee,
    get_paper,
    may_answer,
    order_choices,
    paper_page,
)

__all__ = [
    "Asked",
    "CallLine",
    "CallPage",
    "CallTime",
    "PaperPage",
    "against_choices",
    "call_page",
    "get_addressee",
    "get_call",
    "get_paper",
    "may_answer",
    "note_page",
    "open_work",
    "order_choices",
    "paper_page",
    "timeline",
    "unanswered",
    "watches",
]
