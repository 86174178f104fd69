"""A call and its answers; a paper and its answers."""

from kalka.complaints.services.calls import hear_reports, note_call, reply
from kalka.complaints.services.matches import hear_matches
from kalka.complaints.services.papers import answer_paper, file_paper
from kalka.complaints.services.telling import tell_free, tell_next

__all__ = [
    "answer_paper",
    "file_paper",
    "hear_matches",
    "hear_reports",
    "note_call",
    "reply",
    "tell_free",
    "tell_next",
]
