"""When somebody may be reached, and who may be told in somebody's place."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from kalka.core.clock import BISHKEK
from kalka.people.rules.age import CHILD_BANDS, UNKNOWN
from kalka.people.rules.told import Window

ALONE = "14-17"  # old enough to be told without a grown-up, when a safe way to do so is known
DAY = timedelta(days=1)


def safe_now(when: Iterable[Window], now: datetime) -> bool:
    """Whether the moment lies in one of the windows, by the clock of Bishkek. Nothing said means no."""
    return any(start <= now < end for start, end in _around(when, now))


def next_safe(when: Iterable[Window], now: datetime) -> datetime | None:
    """The first moment from now on that is safe, `now` itself included; None where nothing was said."""
    begins = [max(start, now) for start, end in _around(when, now) if end > now]
    return min(begins, default=None)


def recipients(
    person_id: UUID,
    *,
    band: str,
    is_child_here: bool = False,
    representatives: Sequence[UUID] = (),
    alleged: Collection[UUID] = (),
) -> tuple[UUID, ...]:
    """Whose safe contact may be used to tell this person something, in the order to try.

    An adult is told alone. A child (by age, or by the part in the file where the age is not known) is told by a
    representative, from 14 on first in person. Whoever is said to have done it is never told: a child whose every
    representative is, is told by nobody.
    """
    child = band in CHILD_BANDS or (is_child_here and band == UNKNOWN)
    others = [r for r in representatives if r != person_id] if child else []
    told = [person_id, *others] if not child or band == ALONE else others
    return tuple(one for one in told if one not in alleged)


def _around(when: Iterable[Window], now: datetime) -> Iterable[tuple[datetime, datetime]]:
    """The windows that begin between yesterday and a week from now."""
    today = now.astimezone(BISHKEK).date()
    for window in when:
        for ahead in range(-1, 8):
            day = today + ahead * DAY
            if day.weekday() in window.days:
                start = datetime.combine(day, time.fromisoformat(window.start), BISHKEK)
                last = day + DAY if window.end <= window.start or window.end == "24:00" else day
                end = time.min if window.end == "24:00" else time.fromisoformat(window.end)
                yield start, datetime.combine(last, end, BISHKEK)
