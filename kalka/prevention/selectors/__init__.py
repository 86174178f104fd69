"""Reads: events in a territory (`events`), what is sealed of one's own (`sealed`)."""

from kalka.prevention.selectors.events import (
    Asked,
    EventLine,
    EventPage,
    Listed,
    event_page,
    is_there,
    listed,
    own_event,
    place_choices,
)
from kalka.prevention.selectors.sealed import PhotoLine, get_photo, photos, picture, roll, rolled, told, waiting_photo

__all__ = [
    "Asked",
    "EventLine",
    "EventPage",
    "Listed",
    "PhotoLine",
    "event_page",
    "get_photo",
    "is_there",
    "listed",
    "own_event",
    "photos",
    "picture",
    "place_choices",
    "roll",
    "rolled",
    "told",
    "waiting_photo",
]
