"""What results may know of training: days, places, codes, numbers. No name, and an id as a pseudonym alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kalka.core.extract import Extract
from kalka.core.sight import beyond
from kalka.people.facts import pseudonym
from kalka.places import regions
from kalka.training import reckoning
from kalka.training.models import Certificate, Course, Entry, FocalPoint, Learning, Measure, Participant, Period
from kalka.training.standing import counted, results, taken_back


@dataclass(frozen=True, slots=True)
class CourseFact:
    """One course that was held. `id` opens it: `training:course`. Means are per cent, None without a test."""

    id: UUID
    programme: UUID
    names: Mapping[str, str]
    series: str
    project: str
    partners: tuple[str, ...]
    on: date
    place: str
    region: str
    organisation: int
    days: int
    meeting: bool
    before: int | None
    after: int | None
    tested: int
    certificates: int
    measures: int
    disabilities: tuple[str, ...] = ()
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFact:
    """So many participants of one kind. `who` is a pseudonym where one person can be told in two courses, and then the
    number is 1; without it these are participations. `bound`: "over" where the source says "more than"."""

    course: UUID
    programme: UUID
    series: str
    project: str
    on: date
    place: str
    region: str
    organisation: int
    days: int
    meeting: bool
    kind: str
    sector: str
    position: str
    sex: str
    band: str
    number: int
    bound: str = ""
    who: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FocalFact:
    """A focal point or a head, as it stands. `due` is None while no period is set."""

    since: date
    part: str
    organisation: int
    trained: int
    due: bool | None


def courses(extract: Extract) -> list[CourseFact]:
    """Courses that were held before the day, by date: they are few."""
    rows = list(_held(extract))
    where, ids = regions.regions({row.place for row in rows}), [row.pk for row in rows]
    tests = results(ids)
    with beyond():  # counts alone
        papers = Counter(_of(Certificate.objects.exclude(pk__in=taken_back("certificate")), ids))
        lines = Counter(_of(Measure.objects.exclude(pk__in=taken_back("measure")), ids))
    return [
        CourseFact(
            id=row.pk,
            names=row.programme.name,
            series=row.programme.series,
            project=row.programme.project,
            partners=(*row.programme.partners, *row.partners),
            programme=row.programme_id,
            on=row.on,
            place=row.place,
            region=where[row.place],
            organisation=row.organisation_id,
            days=row.days,
            meeting=row.meeting,
            before=reckoning.mean(tests.get(row.pk, ((), ()))[0]),
            after=reckoning.mean(tests.get(row.pk, ((), ()))[1]),
            tested=max((len(part) for part in tests.get(row.pk, ((), ()))), default=0),
            certificates=papers[row.pk],
            measures=lines[row.pk],
            disabilities=tuple(row.disabilities),
            access=tuple(row.access),
        )
        for row in rows
    ]


def participants(extract: Extract) -> list[PartFact]:
    """By course. Whoever has a pseudonym stands alone; the others of an entry together."""
    rows = {row.pk: row for row in _held(extract)}
    where = regions.regions({row.place for row in rows.values()})
    entries = counted(list(rows)).filter(recorded_at__lt=extract.before).order_by("course", "recorded_at", "pk")
    known = _known(list(rows), extract.salt)
    found: list[PartFact] = []
    for entry in entries:
        people = known.get(entry.pk, [])
        course = rows[entry.course_id]
        found += [_part(course, entry, where[course.place], 1, who) for who in people]
        if entry.number > len(people):
            found.append(_part(course, entry, where[course.place], entry.number - len(people)))
    return found


def focal(extract: Extract) -> list[FocalFact]:
    last = Period.objects.filter(recorded_at__lt=extract.before).order_by("-recorded_at", "-pk").first()
    with beyond():  # counts alone
        rows = list(
            FocalPoint.objects.filter(recorded_at__lt=extract.before, since__lt=extract.until)
            .exclude(pk__in=taken_back("focal"))
            .order_by("since", "pk")
        )
        learned = list(Learning.objects.filter(focal__in=rows, on__lt=extract.until).values_list("focal_id", "on"))
    trained: dict[UUID, list[date]] = {}
    for focal, on in learned:
        trained.setdefault(focal, []).append(on)
    made = []
    for row in rows:
        by = reckoning.due_on(row.since, trained.get(row.pk, []), last.months if last else None)
        due = None if by is None else by < extract.until
        made.append(FocalFact(row.since, row.part, row.organisation_id, len(trained.get(row.pk, [])), due))
    return made


def _held(extract: Extract) -> "list[Course]":
    rows = Course.objects.filter(recorded_at__lt=extract.before, on__lt=extract.until)
    return list(rows.select_related("programme").order_by("on", "pk"))


def _of(rows: "QuerySet[Certificate] | QuerySet[Measure]", ids: list[UUID]) -> list[UUID]:
    return list(rows.filter(course__in=ids).values_list("course_id", flat=True))


def _known(courses: list[UUID], salt: bytes) -> dict[UUID, list[str]]:
    """By entry: the pseudonyms of those whose identity was given."""
    found: dict[UUID, list[str]] = {}
    with beyond():  # digests alone, which leave as pseudonyms
        rows = Participant.objects.filter(course__in=courses, mac__isnull=False).order_by("pk")
        for entry, mac in rows.values_list("entry_id", "mac"):
            found.setdefault(entry, []).append(pseudonym(UUID(bytes=bytes(mac or b"")), salt))
    return found


def _part(course: Course, entry: Entry, region: str, number: int, who: str = "") -> PartFact:
    return PartFact(
        course=course.pk,
        programme=course.programme_id,
        series=course.programme.series,
        project=course.programme.project,
        on=course.on,
        place=course.place,
        region=region,
        organisation=course.organisation_id,
        days=course.days,
        meeting=course.meeting,
        kind=entry.kind,
        sector=entry.sector,
        position=entry.position,
        sex=entry.sex,
        band=entry.band,
        number=number,
        bound=entry.bound,
        who=who,
    )
