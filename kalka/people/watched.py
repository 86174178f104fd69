"""What oversight may know of searches: whose they were and when, never what was searched for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kalka.core import clock
from kalka.people.limits import limits
from kalka.people.models import SearchMade, SearchReason
from kalka.people.rules.purpose import Why

LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Owed:
    """Emergencies of one day for which nobody wrote why in time."""

    user_id: int
    post_id: int | None
    on: date
    count: int
    first: datetime
    last: datetime


def late_reasons(*, now: datetime) -> list[Owed]:
    """By person and day, of the last days."""
    late = now - limits(clock.day_of(now)).reason_within
    made = SearchMade.objects.filter(why=Why.EMERGENCY, refusal="", at__lte=late, at__gte=now - LOOKED_BACK)
    made = made.exclude(pk__in=SearchReason.objects.values("search_id"))
    grouped: dict[tuple[int, date], list[tuple[datetime, int | None]]] = {}
    for user_id, post_id, at in made.order_by("at", "pk").values_list("user_id", "post_id", "at"):
        grouped.setdefault((user_id, clock.day_of(at)), []).append((at, post_id))
    return [
        Owed(user, found[-1][1], on, len(found), found[0][0], found[-1][0]) for (user, on), found in grouped.items()
    ]
