"""Steps: events and what is taken back of them (`events`), rolls (`rolls`), photos (`photos`)."""

from kalka.prevention.services.events import record_event, withdraw_event
from kalka.prevention.services.photos import answer_photo, mark_faces, offer_photo, sweep_photos
from kalka.prevention.services.rolls import destroy_roll, keep_roll

__all__ = [
    "answer_photo",
    "destroy_roll",
    "keep_roll",
    "mark_faces",
    "offer_photo",
    "record_event",
    "sweep_photos",
    "withdraw_event",
]
