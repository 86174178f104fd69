"""A call and its answers; a paper and its answers."""

from kalka.complaints.services.calls import note_call, reply

__all__ = ["note_call", "reply"]
