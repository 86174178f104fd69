"""What she asked for and what was answered. Codes and times for who oversees; her words with the file alone."""

from kalka.complaints.selectors.calls import CallLine, CallPage, call_page, get_call, note_page, unanswered
from kalka.complaints.selectors.happened import open_work, timeline

__all__ = [
    "CallLine",
    "CallPage",
    "call_page",
    "get_call",
    "note_page",
    "open_work",
    "timeline",
    "unanswered",
]
