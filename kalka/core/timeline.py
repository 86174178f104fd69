"""What happened, as a page shows it: each module gives its own, the desk merges them."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TimelineItem:
    at: datetime
    what: str  # a code: its words are chosen at the edge
    icon: str = "note"
    facts: dict[str, object] = field(default_factory=dict)
    who_post: int | None = None
    lines: tuple[str, ...] = ()  # opened personal text
    key: bool = False
    alarm: bool = False
    recorded_at: datetime | None = None  # given when written down late
    url: str = ""
    basis: str = ""
    whole_day: bool = False  # the day is known, the hour is not
