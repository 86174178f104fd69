"""Programmes and courses, and what they came to: figures for whoever reads, names for whoever keeps the roll."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, Sum

from kalka.access import selectors as access
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.places import regions
from kalka.places import selectors as places
from kalka.training.models import Certificate, Course, Entry, Measure, Participant, Programme, RollDestroyed
from kalka.training.selectors.rows import get_course, get_programme, own_course, own_thing, standing_roll
from kalka.training.standing import counted, results, taken_back
from kalka.ui.between import Between
from kalka.ui.choices import Pairs
from kalka.vault.classes import Klass

__all__ = ["get_course", "get_programme", "own_course", "own_thing", "standing_roll"]
SHOWN = 100
ANY_DAY = Between()


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    id: UUID
    series: str
    names: Mapping[str, str]
    hours: int
    partners: tuple[str, ...]
    project: str

    def name(self, lang: str) -> str:
        return self.names.get(lang[:2]) or self.names["ky"]


@dataclass(frozen=True, slots=True)
class CourseLine:
    id: UUID
    programme: ProgrammeLine
    place: str
    region: str
    on: date
    days: int
    meeting: bool
    number: int
    bound: str
    own: bool
    to_come: bool

    @property
    def last(self) -> date:
        return self.on + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class EntryLine:
    id: UUID
    kind: str
    sector: str
    position: str
    sex: str
    band: str
    number: int
    bound: str
    on_roll: bool


@dataclass(frozen=True, slots=True)
class Person:
    """`certificate`: its id, or None while there is none; `taken_back`: it does not hold any more."""

    id: UUID
    certificate: UUID | None
    taken_back: bool
    again: bool  # the same person took part in another course as well
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    id: UUID
    responsible: str
    by: date
    late: bool
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CoursePage:
    line: CourseLine
    partners: tuple[str, ...]
    disabilities: tuple[str, ...]
    access: tuple[str, ...]
    entries: tuple[EntryLine, ...]
    roll: tuple[Person, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    destroyed: date | None  # when names of it were, last
    has_plan: bool  # a plan of the region belongs to it
    measures: tuple[MeasureLine, ...] | None  # None: they are not shown to the actor
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """How many took part in courses that were held: participations, each with its bound where one of them has one.
    `again`: those of somebody who is counted already."""

    whole: tuple[int, str]
    region: Mapping[str, tuple[int, str]]
    days: Mapping[str, tuple[int, str]]
    kind: Mapping[str, tuple[int, str]]
    again: int


def programmes(actor: Actor) -> list[ProgrammeLine]:
    return [_programme(row) for row in Programme.objects.order_by("recorded_at", "pk")]


def programme_choices(actor: Actor, lang: str) -> Pairs:
    return [(str(one.id), one.name(lang)) for one in programmes(actor)]


def courses(
    actor: Actor,
    *,
    now: datetime,
    region: str = "",
    programme: UUID | None = None,
    projects: Collection[str] = (),
    between: Between = ANY_DAY,
    day: date | None = None,
    office: int | None = None,
) -> list[CourseLine]:
    """The newest first; at most `SHOWN`. With an office, those in its place, whoever held them; `projects`: of a
    project, by each of its names."""
    rows = Course.objects.select_related("programme").order_by("-on", "pk")
    if programme:
        rows = rows.filter(programme=programme)
    if projects:
        rows = rows.filter(programme__project__in=projects)
    rows = rows.filter(**between.lookups("on"))
    if day is not None:
        rows = rows.filter(on=day)
    if office is not None:
        body = directory.organisation(office)
        rows = rows.filter(place__in=places.within(body.place)) if body else rows.none()
    if region:
        inside = set().union(*(places.within(one) for one in regions.oblasts(region)))
        everything = set().union(
            *(places.within(one) for group in (regions.NORTH, regions.SOUTH) for one in regions.oblasts(group))
        )
        rows = rows.filter(place__in=inside) if region != regions.OTHER else rows.exclude(place__in=everything)
    return _lines(actor, rows[:SHOWN], now)


def totals(actor: Actor, *, now: datetime, between: Between = ANY_DAY) -> Totals:
    rows = counted().filter(**between.lookups("course__on")).filter(course__on__lte=clock.day_of(now)).order_by()
    summed = rows.values_list("course__place", "course__days", "kind", "bound").annotate(n=Sum("number"))
    where = regions.regions({one[0] for one in summed})
    found: dict[str, dict[str, tuple[int, str]]] = {"": {}, "region": {}, "days": {}, "kind": {}}
    for place, days, kind, bound, number in summed:
        for name, code in (("", ""), ("region", where[place]), ("days", str(days)), ("kind", kind)):
            before, said = found[name].get(code, (0, ""))
            found[name][code] = before + number, said or bound
    return Totals(found[""].get("", (0, "")), found["region"], found["days"], found["kind"], _again(between))


def _again(between: Between) -> int:
    """How many participations are of somebody who is counted already, by name and telephone."""
    with sight.beyond():  # a number alone
        rows = Participant.objects.filter(
            mac__isnull=False, entry__in=counted().filter(**between.lookups("course__on"))
        )
        return rows.count() - rows.values("mac").distinct().count()


def course_page(actor: Actor, course_id: UUID, *, now: datetime) -> CoursePage:
    """Names are opened for whoever keeps the roll; that leaves the read entry `training.roll`."""
    course = get_course(actor, course_id)
    (line,) = _lines(actor, [course], now)
    own = line.own and actor.may(Permission.TRAINING_KEEP)
    before, after = results([course.pk]).get(course.pk, ((), ()))
    return CoursePage(
        line=line,
        partners=(*course.programme.partners, *course.partners),
        disabilities=tuple(course.disabilities),
        access=tuple(course.access),
        entries=_entries(course),
        roll=_roll(actor, course, now=now) if own else (),
        before=before,
        after=after,
        destroyed=_destroyed(course),
        has_plan=course.plan_id is not None,
        measures=_measures(actor, course, now=now),
        may_keep=own,
    )


def is_there(actor: Actor, entry_id: UUID) -> bool:
    """Whether an entry was taken in under this id, by whomever."""
    return Entry.objects.filter(pk=entry_id).exists()


def kept_page(actor: Actor, course_id: UUID, *, now: datetime) -> CoursePage:
    """Of the own organisation. AccessDenied for any other."""
    own_course(actor, course_id)
    return course_page(actor, course_id, now=now)


def _lines(actor: Actor, rows: Iterable[Course], now: datetime) -> list[CourseLine]:
    found = list(rows)
    sums = dict(counted([row.pk for row in found]).values_list("course").annotate(n=Sum("number")).order_by())
    more = dict(counted([row.pk for row in found]).exclude(bound="").order_by("bound").values_list("course", "bound"))
    where = regions.regions({row.place for row in found})
    today = clock.day_of(now)
    return [
        CourseLine(
            id=row.pk,
            programme=_programme(row.programme),
            place=row.place,
            region=where[row.place],
            on=row.on,
            days=row.days,
            meeting=row.meeting,
            number=sums.get(row.pk, 0),
            bound=more.get(row.pk, ""),
            own=row.organisation_id == actor.organisation_id,
            to_come=row.on > today,
        )
        for row in found
    ]


def _programme(row: Programme) -> ProgrammeLine:
    return ProgrammeLine(row.pk, row.series, row.name, row.hours, tuple(row.partners), row.project)


def _entries(course: Course) -> tuple[EntryLine, ...]:
    rows = counted([course.pk]).order_by("recorded_at", "pk")
    named = set(Entry.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) & _with_roll(course)
    return tuple(
        EntryLine(row.pk, row.kind, row.sector, row.position, row.sex, row.band, row.number, row.bound, row.pk in named)
        for row in rows
    )


def _with_roll(course: Course) -> set[UUID]:
    return set(Participant.objects.filter(course=course, gone=False).values_list("entry_id", flat=True))


def _roll(actor: Actor, course: Course, *, now: datetime) -> tuple[Person, ...]:
    rows = standing_roll(actor, course, now=now)
    if not rows:
        return ()
    keys = access.unlock(actor, [course.roll_id], what="training.roll", now=now, klasses=[Klass.IDENTITY])
    given = dict(Certificate.objects.filter(course=course).values_list("participant_id", "pk"))
    ended = set(taken_back("certificate"))
    macs = [bytes(row.mac) for row in rows if row.mac]
    elsewhere = access.visible(actor, Participant.objects.filter(~Q(course=course), mac__in=macs), now=now)
    known = {bytes(one) for one in elsewhere.values_list("mac", flat=True) if one}
    return tuple(
        Person(
            id=row.pk,
            certificate=given.get(row.pk),
            taken_back=given.get(row.pk) in ended,
            again=row.mac is not None and bytes(row.mac) in known,
            name=str(keys.get(row, "name") or ""),
        )
        for row in rows
    )


def _destroyed(course: Course) -> date | None:
    row = RollDestroyed.objects.filter(course=course).order_by("recorded_at").last()
    return clock.day_of(row.recorded_at) if row else None


def _measures(actor: Actor, course: Course, *, now: datetime) -> tuple[MeasureLine, ...] | None:
    if course.plan_id is None or not access.sees(actor, course.plan_id, now=now):
        return None
    rows = Measure.objects.filter(course=course).exclude(pk__in=taken_back("measure")).order_by("by", "pk")
    found = list(access.visible(actor, rows, now=now))
    if not found:
        return ()
    keys = access.unlock(actor, [course.plan_id], what="training.plan", now=now, klasses=[Klass.NARRATIVE])
    today = clock.day_of(now)
    return tuple(
        MeasureLine(row.pk, row.responsible, row.by, row.by < today, str(keys.get(row, "words") or "")) for row in found
    )
