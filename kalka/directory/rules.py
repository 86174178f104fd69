"""Which of several posts is the one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Candidate:
    post_id: int
    place: str
    held: bool
    leads: bool


def nearest(candidates: Sequence[Candidate], chain: Sequence[str]) -> Candidate | None:
    """Held before vacant, the nearest territory, a plain post before the head's, the oldest: always the same one."""
    near = {code: distance for distance, code in enumerate(chain)}
    return min(
        (one for one in candidates if one.place in near),
        key=lambda one: (not one.held, near[one.place], one.leads, one.post_id),
        default=None,
    )


def runs(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)
