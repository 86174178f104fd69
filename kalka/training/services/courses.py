"""Programmes, their courses, who took part, what they knew, and what a seminar-meeting agreed on."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.lawbook import codes as law
from kalka.people.rules import fold
from kalka.places import selectors as places
from kalka.training import reckoning, rules, selectors
from kalka.training.keeping import again, kept
from kalka.training.models import Course, Entry, Measure, Participant, Programme, ResultSheet, TakenBack
from kalka.training.rules import NewCourse, NewEntry, NewMeasure, NewProgramme, NewTests, Series
from kalka.vault.blind import Kind, dialled, mac
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

WHY = "training"
READ_PLANS = ("ministry", "plenipotentiary", "administration")  # kinds of organisations, of the places above


@command("training.start_programme", needs=Permission.TRAINING_KEEP)
def start_programme(actor: Actor, *, id: UUID, told: NewProgramme, now: datetime) -> Programme:
    """One programme for many dates and places. Refuses a second one of the same name."""
    content = asdict(told)
    if there := again(Programme, actor, id=id, content=content):
        return there
    rules.check_programme(told)
    same = fold(told.name["ky"])
    if any(fold(one["ky"]) == same for one in Programme.objects.values_list("name", flat=True)):
        raise Stale("training.programme_is_there", field="ky")
    return Programme.objects.create(
        **kept(actor, id=id, content=content, now=now),
        series=told.series,
        name={lang: words.strip() for lang, words in told.name.items() if words.strip()},
        hours=told.hours,
        partners=list(told.partners),
        project=told.project.strip(),
    )


@command("training.hold_course", needs=Permission.TRAINING_KEEP)
def hold_course(actor: Actor, *, id: UUID, programme_id: UUID, told: NewCourse, now: datetime) -> Course:
    """The programme at a date and a place. Refuses the same programme there twice on a day and as long, by
    one organisation."""
    content = [programme_id, asdict(told)]
    if there := again(Course, actor, id=id, content=content):
        return there
    programme = selectors.get_programme(actor, programme_id)
    rules.check_course(told, today=clock.day_of(now))
    if places.get(told.place) is None:
        raise DomainError("training.not_an_answer", field="place")
    row = Course(
        **kept(actor, id=id, content=content, now=now),
        programme=programme,
        place=told.place,
        on=told.on,
        days=told.days,
        meeting=told.meeting,
        partners=list(told.partners),
        disabilities=list(told.disabilities),
        access=list(told.access),
        roll_id=new_id(),
        plan_id=new_id() if programme.series == Series.INTERAGENCY else None,
    )
    same = Course.objects.filter(programme=programme, place=told.place, on=told.on, days=told.days)
    if same.filter(organisation_id=row.organisation_id).exists():
        raise Stale("training.course_is_there", field="on")
    row.save(force_insert=True)
    _sealed(row.roll_id, [Klass.IDENTITY], [row.organisation_id], now)
    if row.plan_id is not None:
        _sealed(row.plan_id, [Klass.NARRATIVE], _readers(row), now)
    return row


@command("training.enrol", needs=Permission.TRAINING_KEEP)
def enrol(actor: Actor, *, id: UUID, course_id: UUID, told: NewEntry, now: datetime) -> Entry:
    """Those who took part and are of one kind: a number, or their names. Refuses a day to come, and a telephone that
    cannot be dialled."""
    course = selectors.own_course(actor, course_id)
    content = [course_id, asdict(told)]
    if there := again(Entry, actor, id=id, content=content):
        return there
    rules.check_entry(told)
    rules.past("number", course.on, clock.day_of(now))
    for one in told.names:
        if one.phone and not dialled(one.phone):
            raise DomainError("training.not_a_phone", field="names")
    row = Entry.objects.create(
        **kept(actor, id=id, content=content, now=now),
        course=course,
        kind=told.kind,
        sector=told.sector,
        position=told.position,
        sex=told.sex,
        band=told.band,
        number=told.count,
        bound=told.bound,
    )
    if told.names:
        _roll(actor, course, row, told, now)
    return row


@command("training.note_results", needs=Permission.TRAINING_KEEP)
def note_results(actor: Actor, *, id: UUID, course_id: UUID, told: NewTests, now: datetime) -> ResultSheet:
    """Results of the tests before and after. Whose a result is, is neither asked nor kept."""
    course = selectors.own_course(actor, course_id)
    content = [course_id, asdict(told)]
    if there := again(ResultSheet, actor, id=id, content=content):
        return there
    rules.check_tests(told)
    rules.past("before", course.on, clock.day_of(now))
    return ResultSheet.objects.create(
        **kept(actor, id=id, content=content, now=now),
        course=course,
        before=list(told.before),
        after=list(told.after),
        whole=told.whole,
    )


@command("training.plan_measure", needs=Permission.TRAINING_KEEP)
def plan_measure(actor: Actor, *, id: UUID, course_id: UUID, told: NewMeasure, now: datetime) -> Measure:
    """A line of the plan of the region. Refuses a course that is no interagency seminar-meeting."""
    course = selectors.own_course(actor, course_id)
    if course.plan_id is None:
        raise DomainError("training.no_plan_here")
    content = [course_id, asdict(told)]
    if there := repeated(Measure, actor, id=id, content=content):
        return there
    rules.check_measure(told, subjects=[one.code for one in law.subjects_on(course.on)], on=course.on)
    keys = access.keys_for(actor, course.plan_id, now=now, klasses=[Klass.NARRATIVE])
    row = Measure(
        **written(actor, id=id, subject_id=course.plan_id, content=content, now=now),
        course=course,
        responsible=told.responsible,
        by=told.by,
    )
    keys.put(row, "words", told.words.strip())
    row.save(force_insert=True)
    return row


@command("training.take_back", needs=Permission.TRAINING_KEEP)
def take_back(actor: Actor, *, id: UUID, of_id: UUID, why: str, now: datetime) -> TakenBack:
    """An entry, a certificate, a line of a plan or a focal point does not count any more. What the own organisation
    entered alone."""
    thing = selectors.own_thing(actor, of_id, now=now)
    content = [of_id, why]
    if there := again(TakenBack, actor, id=id, content=content):
        return there
    rules.known("why", why, tuple(rules.Why))
    if TakenBack.objects.filter(of_id=of_id).exists():
        raise Stale("training.taken_back_already")
    return TakenBack.objects.create(
        **kept(actor, id=id, content=content, now=now), of_id=of_id, what=thing.what, why=why
    )


def _roll(actor: Actor, course: Course, entry: Entry, told: NewEntry, now: datetime) -> None:
    keys = access.keys_for(actor, course.roll_id, now=now, klasses=[Klass.IDENTITY])
    rows = []
    for number, one in enumerate(told.names):
        id, content = uuid5(entry.pk, str(number)), [number, asdict(one)]
        said = written(actor, id=id, subject_id=course.roll_id, content=content, now=now)
        row = Participant(**said, course=course, entry=entry)
        keys.put(row, "name", one.name)
        phone = dialled(one.phone) if one.phone else ""
        if phone:
            keys.put(row, "phone", phone)
        same = reckoning.same_person(one.name, phone)
        row.mac = mac(Kind.NAMED, same) if same else None
        rows.append(row)
    Participant.objects.bulk_create(rows)


def _sealed(subject_id: UUID, klasses: Iterable[Klass], organisations: Iterable[int], now: datetime) -> None:
    new_keys(subject_id, klasses)
    for one in dict.fromkeys(organisations):
        grants.grant(subject_id, organisation_holder(one), why=WHY, now=now)


def _readers(course: Course) -> list[int]:
    """Whoever keeps the course, and those of the places above who answer for what is agreed on there."""
    above = set(places.chain(course.place))
    found = [one.id for one in directory.organisations() if one.kind in READ_PLANS and one.place in above]
    return [course.organisation_id, *found]
