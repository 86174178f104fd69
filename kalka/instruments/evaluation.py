"""How well levels foretold what happened, for the day there are outcomes: AUC, every cut-off, calibration. Pure.

Nothing here is computed for a page. A figure without its limits (`BIASES`) is not given out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from kalka.core.errors import DomainError

FEWEST = 10  # of fewer, no rate is told
Z = 1.96  # 95 per cent
BIASES = ("protected", "reported", "watched", "rare")  # see the command that prints them


@dataclass(frozen=True, slots=True)
class Seen:
    """One assessment and whether what it warned of came. `score`: any number that rises with the danger."""

    score: float
    came: bool


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Were everybody at or above `at` called in danger. None where the share would be of nobody."""

    at: float
    sensitivity: float | None
    specificity: float | None
    ppv: float | None
    npv: float | None
    alarms_per_event: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """Of one score: how many, how many it came to; the rate only where they are enough."""

    at: float
    of: int
    came: int
    rate: Interval | None
    expected: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    of: int
    came: int
    auc: Interval
    cuts: tuple[Cut, ...]
    calibration: tuple[Row, ...]
    brier: float | None  # where something was expected of every score
    observed_to_expected: float | None


def evaluate(seen: Sequence[Seen], expected: dict[float, float] | None = None) -> Evaluation:
    """Refuses with `instruments.no_outcomes` where it came to nobody, or to everybody.

    `expected`: score → the share it was said to come to.
    """
    came, stayed = [[one.score for one in seen if one.came is so] for so in (True, False)]
    if not came or not stayed:
        raise DomainError("instruments.no_outcomes")
    said = expected or {}
    scores = sorted({one.score for one in seen})
    whole = all(score in said for score in scores)
    return Evaluation(
        of=len(seen),
        came=len(came),
        auc=auc(came, stayed),
        cuts=tuple(_cut(at, came, stayed) for at in scores),
        calibration=tuple(_row(at, came, stayed, said.get(at)) for at in scores),
        brier=sum((said[one.score] - one.came) ** 2 for one in seen) / len(seen) if whole else None,
        observed_to_expected=len(came) / total if whole and (total := sum(said[one.score] for one in seen)) else None,
    )


def auc(came: Sequence[float], stayed: Sequence[float]) -> Interval:
    """The chance that whom it came to stood higher than whom it did not; a tie is half. After Hanley and McNeil."""
    counts: dict[float, list[int]] = {}
    for score in came:
        counts.setdefault(score, [0, 0])[0] += 1
    for score in stayed:
        counts.setdefault(score, [0, 0])[1] += 1
    won, below = 0.0, 0
    for score in sorted(counts):
        up, down = counts[score]
        won += up * (below + down / 2)
        below += down
    a, n, m = won / (len(came) * len(stayed)), len(came), len(stayed)
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    spread = Z * sqrt(max(a * (1 - a) + (n - 1) * (q1 - a * a) + (m - 1) * (q2 - a * a), 0) / (n * m))
    return Interval(a, max(0.0, a - spread), min(1.0, a + spread))


def _cut(at: float, came: Sequence[float], stayed: Sequence[float]) -> Cut:
    hit, false = sum(one >= at for one in came), sum(one >= at for one in stayed)
    missed, clear = len(came) - hit, len(stayed) - false
    return Cut(
        at=at,
        sensitivity=_part(hit, hit + missed),
        specificity=_part(clear, clear + false),
        ppv=_part(hit, hit + false),
        npv=_part(clear, clear + missed),
        alarms_per_event=_part(hit + false, hit),
    )


def _row(at: float, came: Sequence[float], stayed: Sequence[float], expected: float | None) -> Row:
    hit = sum(one == at for one in came)
    of = hit + sum(one == at for one in stayed)
    return Row(at, of, hit, wilson(hit, of) if of >= FEWEST else None, expected)


def wilson(hit: int, of: int) -> Interval:
    """A share with an interval that stays between nothing and all."""
    share, scale = hit / of, 1 + Z * Z / of
    middle = (share + Z * Z / (2 * of)) / scale
    spread = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / scale
    return Interval(share, max(0.0, middle - spread), min(1.0, middle + spread))


def _part(part: int, whole: int) -> float | None:
    return part / whole if whole else None
