"""Which of several posts is the one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Candidate:
    """`held`: somebody acts in it; `covered`: nobody does, but its substitute is held."""

    post_id: int
    place: str
    held: bool
    leads: bool
    covered: bool = False


def nearest(candidates: Sequence[Candidate], chain: Sequence[str]) -> Candidate | None:
    """A post somebody answers for before one nobody does, the nearest territory, a held post before its substitute,
    a plain post before the head's, the oldest: always the same one."""
    near = {code: distance for distance, code in enumerate(chain)}
    return min(
        (one for one in candidates if one.place in near),
        key=lambda one: (not (one.held or one.covered), near[one.place], not one.held, one.leads, one.post_id),
        default=None,
    )


def runs(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)
