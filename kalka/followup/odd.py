"""What is odd about visits as they were written down: by the clock of the device, that of the server, and spacing.

Pure. It says what to look at, and never that somebody lied.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.followup.rules import MET, Clock, Kept, Said

BUNCH, BUNCHED_WITHIN = 3, timedelta(minutes=10)
TRAVEL = timedelta(minutes=10)


class Odd(StrEnum):
    DENIED = "denied"  # she says that nobody came
    BUNCHED = "bunched"  # three or more by one post, written down within ten minutes
    TOO_CLOSE = "too_close"  # in two families within ten minutes, by the device's clock
    AHEAD = "ahead"
    LATE = "late"
    UNSEEN = "unseen"  # the order is said to be kept, and she was not met


@dataclass(frozen=True, slots=True)
class Entry:
    id: UUID
    post: int | None
    subject: UUID
    visited_at: datetime
    recorded_at: datetime
    late: bool
    clock: str
    found: str
    kept: str
    said: str = ""  # the last answer of hers


def oddities(entries: Iterable[Entry]) -> dict[UUID, tuple[Odd, ...]]:
    """Of each entry, gravest first; empty where nothing is odd."""
    by_post: dict[int | None, list[Entry]] = defaultdict(list)
    for one in entries:
        by_post[one.post].append(one)
    found: dict[UUID, tuple[Odd, ...]] = {}
    for own in by_post.values():
        bunched, close = _bunched(own), _too_close(own)
        for one in own:
            said = {
                Odd.DENIED: one.said == Said.NOT_CAME,
                Odd.BUNCHED: one.id in bunched,
                Odd.TOO_CLOSE: one.id in close,
                Odd.AHEAD: one.clock == Clock.AHEAD,
                Odd.LATE: one.late,
                Odd.UNSEEN: one.kept == Kept.KEPT and one.found not in MET,
            }
            found[one.id] = tuple(odd for odd, is_so in said.items() if is_so)
    return found


def _bunched(own: Sequence[Entry]) -> set[UUID]:
    written = sorted(own, key=lambda one: one.recorded_at)
    found: set[UUID] = set()
    for at in range(len(written) - BUNCH + 1):
        bunch = written[at : at + BUNCH]
        if bunch[-1].recorded_at - bunch[0].recorded_at <= BUNCHED_WITHIN:
            found |= {one.id for one in bunch}
    return found


def _too_close(own: Sequence[Entry]) -> set[UUID]:
    made = sorted(own, key=lambda one: one.visited_at)
    found: set[UUID] = set()
    for at, first in enumerate(made):
        for second in made[at + 1 :]:
            if second.visited_at - first.visited_at >= TRAVEL:
                break
            if second.subject != first.subject:
                found |= {first.id, second.id}
    return found
