"""Events of the own organisation, and of others in the own territory. Figures below five are the organisation's own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.prevention.models import Event
from kalka.prevention.rules import Kind, Total

PAGE = 50
SMALL = 5  # below this, only the organisation itself is told the figure
VILLAGES = ("village", "city_village")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty is everything."""

    kind: str = ""
    since: date | None = None
    until: date | None = None  # the last day
    place: str = ""
    organisations: frozenset[int] = frozenset()
    page: int = 1


@dataclass(frozen=True, slots=True)
class EventLine:
    id: UUID
    kind: str
    on: date
    place: str
    organisation: str
    times: int
    times_bound: str
    people: int | None
    people_bound: str
    own: bool
    small: bool  # few were there, and it is not one's own: the figure is not told


@dataclass(frozen=True, slots=True)
class Listed:
    lines: tuple[EventLine, ...]
    count: int
    times: Total
    people: Total
    more: bool


@dataclass(frozen=True, slots=True)
class Part:
    """`count` is None where it is small and not one's own."""

    codes: tuple[str, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class EventPage:
    line: EventLine
    grades: tuple[int, ...]
    reach: tuple[Part, ...]
    topics: tuple[Part, ...]
    partners: tuple[tuple[str, str], ...]  # name, whence
    withdrawn: str
    may_change: bool


def listed(actor: Actor, asked: Asked) -> Listed:
    """The newest first, with the sums of all that were asked for, whatever the page shows."""
    rows = _asked(_seen(actor).filter(withdrawn=None), asked)
    figures = list(rows.values_list("times", "times_bound", "people", "people_bound"))
    first = (asked.page - 1) * PAGE
    page = list(rows.order_by("-on", "-recorded_at", "pk")[first : first + PAGE])
    return Listed(
        lines=_lines(actor, page),
        count=len(figures),
        times=Total.of([(times, bound) for times, bound, _people, _b in figures]),
        people=Total.of([(people, bound) for _times, _b, people, bound in figures if people is not None]),
        more=len(figures) > first + PAGE,
    )


def event_page(actor: Actor, event_id: UUID) -> EventPage:
    event = _seen(actor).filter(pk=event_id).select_related("withdrawn").first()
    if event is None:
        raise AccessDenied("prevention.unknown")
    (line,) = _lines(actor, [event])
    withdrawn = getattr(event, "withdrawn", None)
    reach = event.reach.order_by("sex", "band").values_list("sex", "band", "count")
    topics = event.topics.order_by("topic").values_list("topic", "count")
    return EventPage(
        line=line,
        grades=tuple(event.grades),
        reach=tuple(Part((sex, band), _shown(count, line.own)) for sex, band, count in reach),
        topics=tuple(Part((topic,), _shown(count, line.own)) for topic, count in topics),
        partners=tuple(event.partners.order_by("whence", "name").values_list("name", "whence")),
        withdrawn=withdrawn.why if withdrawn else "",
        may_change=line.own and actor.may(Permission.EVENT_KEEP) and withdrawn is None,
    )


def own_event(actor: Actor, event_id: UUID) -> Event:
    """AccessDenied for another organisation's as for none."""
    found = Event.objects.filter(pk=event_id, organisation=actor.organisation_id).first()
    if found is None or not actor.may(Permission.EVENT_KEEP):
        raise AccessDenied("prevention.unknown")
    return found


def is_there(actor: Actor, event_id: UUID) -> bool:
    return Event.objects.filter(pk=event_id, organisation=actor.organisation_id).exists()


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """The own territory, and the villages in it."""
    units, villages = places.choices(actor.place), places.choices(actor.place, VILLAGES)
    return [*units, *(one for one in villages if one not in units)]


def _seen(actor: Actor) -> QuerySet[Event]:
    own = Q(organisation=actor.organisation_id) if actor.may(Permission.EVENT_KEEP) else Q(pk=None)
    near = Q(place__in=places.within(actor.place)) if actor.may(Permission.EVENT_READ) else Q(pk=None)
    return Event.objects.filter(own | near)


def _asked(rows: QuerySet[Event], asked: Asked) -> QuerySet[Event]:
    if asked.kind in list(Kind):
        rows = rows.filter(kind=asked.kind)
    if asked.since:
        rows = rows.filter(on__gte=asked.since)
    if asked.until:
        rows = rows.filter(on__lte=asked.until)
    if asked.place:
        rows = rows.filter(place__in=places.within(asked.place))
    if asked.organisations:
        rows = rows.filter(organisation__in=asked.organisations)
    return rows


def _lines(actor: Actor, rows: list[Event]) -> tuple[EventLine, ...]:
    names = places.names({row.place for row in rows})
    organisations = {one.id: one.name() for one in directory.organisations()} if rows else {}
    return tuple(
        _line(row, names[row.place], organisations, row.organisation_id == actor.organisation_id) for row in rows
    )


def _line(row: Event, place: str, organisations: dict[int, str], own: bool) -> EventLine:
    small = row.people is not None and _shown(row.people, own) is None
    return EventLine(
        id=row.pk,
        kind=row.kind,
        on=row.on,
        place=place,
        organisation=organisations.get(row.organisation_id, ""),
        times=row.times,
        times_bound=row.times_bound,
        people=None if small else row.people,
        people_bound=row.people_bound,
        own=own,
        small=small,
    )


def _shown(count: int, own: bool) -> int | None:
    return count if own or count >= SMALL else None
