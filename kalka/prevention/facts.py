"""What figures may know of prevention: days, places, organisations, codes, counts. Of nobody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from kalka.core.extract import Extract
from kalka.prevention.models import Event


@dataclass(frozen=True, slots=True)
class EventFact:
    """`key` leads to its page, which shows it to whoever may. `people` is None where nobody counted.

    `times_bound`, `people_bound`: "" as it stands, "over", "least" (`prevention.rules.Total` sums them).
    """

    key: UUID
    on: date
    place: str
    organisation: int
    kind: str
    times: int
    times_bound: str
    people: int | None
    people_bound: str
    reach: Mapping[tuple[str, str], int]  # sex and age band
    topics: Mapping[str, int]
    international: bool  # held with an international organisation
    joint: bool
    grades: tuple[int, ...] = ()

    @property
    def consultations(self) -> int:
        return sum(self.topics.values())


def events(extract: Extract) -> list[EventFact]:
    """All that stand: they are few, and of no file. Four statements."""
    rows = Event.objects.filter(recorded_at__lt=extract.before, on__lt=extract.until, withdrawn=None)
    found = rows.order_by("on", "pk").prefetch_related("reach", "topics", "partners")
    return [_fact(row) for row in found]


def last_days() -> dict[int, date]:
    """The last day each organisation did something of this kind."""
    rows = Event.objects.filter(withdrawn=None).order_by().values_list("organisation_id")
    return dict(rows.annotate(last=Max("on")))


def _fact(row: Event) -> EventFact:
    partners = [one.whence for one in row.partners.all()]
    return EventFact(
        key=row.pk,
        on=row.on,
        place=row.place,
        organisation=row.organisation_id,
        kind=row.kind,
        times=row.times,
        times_bound=row.times_bound,
        people=row.people,
        people_bound=row.people_bound,
        reach={(one.sex, one.band): one.count for one in row.reach.all()},
        topics={one.topic: one.count for one in row.topics.all()},
        international="international" in partners,
        joint=bool(partners),
        grades=tuple(row.grades),
    )
