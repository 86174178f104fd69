from datetime import date, timedelta

import pytest

from kalka.access import selectors as access
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.directory.tests.factories import organisation
from kalka.training import checking, facts, selectors, services
from kalka.training.models import (
    Certificate,
    Course,
    Entry,
    FocalPoint,
    Kept,
    Learning,
    Measure,
    Participant,
    Period,
    Programme,
    ResultSheet,
    TakenBack,
)
from kalka.training.rules import NewCourse, NewEntry, NewFocal, NewMeasure, NewName, NewProgramme, NewTests
from kalka.training.tests.factories import (
    AIDA,
    BATKEN,
    BISHKEK,
    EXTRACT,
    KEEPER,
    NAMES,
    NARYN,
    NAZGUL,
    NOW,
    OTHER,
    READER,
    TODAY,
    UCHKUN,
    course,
    entry,
    programme,
    taken_back,
    territory,
)
from kalka.vault.classes import Klass

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MODELS = (Certificate, Course, Entry, FocalPoint, Learning, Measure, Participant, Period, Programme, ResultSheet)


@pytest.fixture(autouse=True)
def land():
    territory()


def refused(do):
    before = [model.objects.count() for model in (*MODELS, TakenBack)]
    with pytest.raises(DomainError) as found:
        do()
    assert [model.objects.count() for model in (*MODELS, TakenBack)] == before
    assert AuditEntry.objects.latest("id").refusal == found.value.code
    return found.value.code


def test_one_programme_has_many_dates_and_places_and_stands_once():
    one = programme(hours=8, partners=("АСТ",), project="ДаткАйым")
    first, second = course(one), course(one, place=BATKEN, days=2)
    assert (first.programme_id, second.programme_id) == (one.pk, one.pk)
    assert (first.days, second.days, second.organisation_id) == (1, 2, 501)
    assert refused(lambda: programme(name="жергиликтүү  Комитеттер")) == "training.programme_is_there"
    assert refused(lambda: course(one)) == "training.course_is_there"


def test_sent_twice_is_one_and_anothers_id_is_nobodys():
    id, told = new_id(), NewProgramme("training", NAMES)
    one = services.start_programme(KEEPER, id=id, told=told, now=NOW)
    assert services.start_programme(KEEPER, id=id, told=told, now=NOW) == one
    assert refused(lambda: services.start_programme(OTHER, id=id, told=told, now=NOW)) == "core.id_taken"
    here, id, few = course(one), new_id(), NewEntry("ngo", number=4)
    made = services.enrol(KEEPER, id=id, course_id=here.pk, told=few, now=NOW)
    assert services.enrol(KEEPER, id=id, course_id=here.pk, told=few, now=NOW) == made
    many = NewEntry("ngo", number=5)
    assert refused(lambda: services.enrol(KEEPER, id=id, course_id=here.pk, told=many, now=NOW)) == "core.id_taken"


def test_whoever_may_not_keep_and_another_organisation_enter_nothing():
    here = course()
    few = NewEntry("state", number=3)
    for actor in (READER, OTHER):
        refused(lambda actor=actor: services.enrol(actor, id=new_id(), course_id=here.pk, told=few, now=NOW))
        refused(lambda actor=actor: services.certify(actor, id=new_id(), course_id=here.pk, now=NOW))
    nowhere = refused(lambda: services.enrol(OTHER, id=new_id(), course_id=new_id(), told=few, now=NOW))
    assert nowhere == refused(lambda: services.enrol(OTHER, id=new_id(), course_id=here.pk, told=few, now=NOW))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (NewCourse("nowhere", TODAY), "training.not_an_answer"),
        (NewCourse(NARYN, TODAY, days=0), "training.number_outside"),
        (NewCourse(NARYN, date(1999, 1, 1)), "training.day_unlikely"),
        (NewCourse(NARYN, TODAY, access=("lift",)), "training.not_an_answer"),
        (NewCourse(NARYN, TODAY, partners=("а" * 121,)), "training.too_long"),
    ],
)
def test_a_course_that_cannot_be_is_refused(told, code):
    one = programme()
    assert refused(lambda: services.hold_course(KEEPER, id=new_id(), programme_id=one.pk, told=told, now=NOW)) == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (NewEntry("state"), "training.number_outside"),
        (NewEntry("army", number=1), "training.not_an_answer"),
        (NewEntry("state", "x", 1), "training.not_an_answer"),
        (NewEntry("state", number=1, band="7-13"), "training.not_an_answer"),
        (NewEntry("state", number=3, names=(AIDA,)), "training.names_and_number"),
        (NewEntry("state", bound="over", names=(AIDA,)), "training.names_and_number"),
        (NewEntry("state", names=(NewName(" "),)), "training.name_missing"),
        (NewEntry("state", names=(NewName("Аида", "эшик"),)), "training.not_a_phone"),
    ],
)
def test_participants_who_cannot_be_are_refused(told, code):
    here = course()
    assert refused(lambda: services.enrol(KEEPER, id=new_id(), course_id=here.pk, told=told, now=NOW)) == code


def test_nobody_took_part_in_a_course_to_come():
    here = course(on=TODAY + timedelta(days=1))
    assert refused(lambda: entry(here, 3)) == "training.day_to_come"


def test_names_are_sealed_and_shown_to_whoever_keeps_the_roll_alone():
    here = course()
    made = entry(here, names=(NAZGUL, AIDA), sex="f")
    assert made.number == 2
    rows = list(Participant.objects.order_by("pk"))
    assert all(AIDA.name.encode() not in bytes(row.name.blob) for row in rows)
    assert [row.mac is None for row in sorted(rows, key=lambda row: row.mac is None)] == [False, True]
    page = selectors.course_page(KEEPER, here.pk, now=NOW)
    assert {one.name for one in page.roll} == {NAZGUL.name, AIDA.name}
    assert AuditEntry.objects.filter(command="training.roll").count() == 1
    for actor in (OTHER, READER):
        seen = selectors.course_page(actor, here.pk, now=NOW)
        assert (seen.roll, seen.line.number, seen.may_keep) == ((), 2, False)
        with pytest.raises(AccessDenied):
            access.unlock(actor, [here.roll_id], what="test", now=NOW, klasses=[Klass.IDENTITY])


def test_one_person_in_two_courses_counts_once_where_a_telephone_was_given():
    one = programme()
    first, second = course(one), course(one, place=BATKEN)
    entry(first, names=(NAZGUL, AIDA))
    entry(second, names=(NewName("Асанова Назгул", "+996700123456"), AIDA))
    rows = facts.participants(EXTRACT)
    assert sum(row.number for row in rows) == 4
    assert len({row.who for row in rows if row.who}) == 1
    assert [row.number for row in rows if not row.who] == [1, 1]
    found = selectors.totals(READER, now=NOW)
    assert (found.whole, found.again) == ((4, ""), 1)
    page = selectors.course_page(KEEPER, second.pk, now=NOW)
    assert {person.name: person.again for person in page.roll} == {"Асанова Назгул": True, AIDA.name: False}


def test_figures_come_without_names_by_region_days_kind_and_sex():
    one = programme()
    entry(course(one, place=UCHKUN, days=2), 100, kind="municipal", sex="f")
    entry(course(one, place=BATKEN, meeting=True), 20, kind="activist", bound="over")
    entry(course(one, place=BISHKEK), 7, kind="ngo")
    found = {
        (row.region, row.days, row.meeting, row.kind, row.number, row.bound) for row in facts.participants(EXTRACT)
    }
    assert found == {
        ("north", 2, False, "municipal", 100, ""),
        ("south", 1, True, "activist", 20, "over"),
        ("other", 1, False, "ngo", 7, ""),
    }
    whole = selectors.totals(READER, now=NOW)
    assert whole.region == {"north": (100, ""), "south": (20, "over"), "other": (7, "")}
    assert (whole.whole, whole.days) == ((127, "over"), {"2": (100, ""), "1": (27, "over")})


def test_what_was_taken_back_does_not_count_and_stays_written():
    here = course()
    made = entry(here, 5)
    assert refused(lambda: taken_back(made.pk, OTHER)) == "training.unknown"
    taken_back(made.pk)
    assert (facts.participants(EXTRACT), Entry.objects.count()) == ([], 1)
    assert refused(lambda: taken_back(made.pk)) == "training.taken_back_already"


def test_results_are_numbers_whose_nobody_says_and_a_whole_sheet_stands_for_all_before():
    here = course()
    sheets = (NewTests((10,)), NewTests((40, 50), (80, 90)), NewTests((), (100,), whole=False))
    for seconds, told in enumerate(sheets):
        later = NOW + timedelta(seconds=seconds)
        services.note_results(KEEPER, id=new_id(), course_id=here.pk, told=told, now=later)
    page = selectors.course_page(READER, here.pk, now=NOW)
    assert (page.before, page.after) == ((40, 50), (80, 90, 100))
    (fact,) = facts.courses(EXTRACT)
    assert (fact.before, fact.after, fact.tested) == (45, 90, 3)
    for told in (NewTests(), NewTests((101,))):
        refused(lambda told=told: services.note_results(KEEPER, id=new_id(), course_id=here.pk, told=told, now=NOW))


def test_everybody_on_the_roll_gets_one_certificate_and_the_code_tells_no_name():
    here = course(programme(hours=8), days=2)
    entry(here, names=(NAZGUL, AIDA))
    entry(here, 10)
    id = new_id()
    made = services.certify(KEEPER, id=id, course_id=here.pk, now=NOW)
    assert (len(made), services.certify(KEEPER, id=id, course_id=here.pk, now=NOW)) == (2, [])
    paper = selectors.paper_of(KEEPER, here.pk, made[0].pk, now=NOW)
    assert paper.name in (NAZGUL.name, AIDA.name)
    assert len(paper.code) == 20
    found = checking.check(paper.code.lower())
    assert found is not None
    assert (found.valid, found.names, found.on, found.last, found.hours) == (
        True,
        NAMES,
        TODAY,
        TODAY + timedelta(days=1),
        8,
    )
    taken_back(made[0].pk)
    assert checking.check(paper.code).valid is False
    with pytest.raises(AccessDenied):
        selectors.paper_of(KEEPER, here.pk, made[0].pk, now=NOW)
    for wrong in ("", "0" * 20, paper.code[:-1], paper.code + "0", "'; --", "ө" * 20):
        assert checking.check(wrong) is None


def test_without_a_roll_there_is_no_certificate():
    here = course()
    entry(here, 10)
    assert refused(lambda: services.certify(KEEPER, id=new_id(), course_id=here.pk, now=NOW)) == "training.no_roll"


def test_a_seminar_meeting_leaves_a_plan_that_the_ministry_reads_and_others_do_not():
    ministry = organisation(kind="ministry", place="41700000000000")
    here = course(programme("interagency"))
    told = NewMeasure("Ай сайын жолугушуу", "internal_affairs", TODAY + timedelta(days=30))
    made = services.plan_measure(KEEPER, id=new_id(), course_id=here.pk, told=told, now=NOW)
    assert told.words.encode() not in bytes(made.words.blob)
    reader = READER.__class__(1, READER.permissions, (f"org:{ministry.pk}",), organisation_id=ministry.pk)
    for actor in (KEEPER, reader):
        (line,) = selectors.course_page(actor, here.pk, now=NOW).measures
        assert (line.words, line.responsible, line.by, line.late) == (told.words, told.responsible, told.by, False)
    assert selectors.course_page(OTHER, here.pk, now=NOW).measures is None
    assert [row.measures for row in facts.courses(EXTRACT)] == [1]
    taken_back(made.pk)
    assert [row.measures for row in facts.courses(EXTRACT)] == [0]
    before = NewMeasure("Мурда", "internal_affairs", TODAY - timedelta(days=1))
    nobody = NewMeasure("Ким?", "nobody", TODAY)
    for wrong in (before, nobody, NewMeasure(" ", "court", TODAY)):
        refused(lambda wrong=wrong: services.plan_measure(KEEPER, id=new_id(), course_id=here.pk, told=wrong, now=NOW))


def test_a_training_leaves_no_plan():
    here = course()
    told = NewMeasure("Жолугушуу", "court", TODAY)
    assert (
        refused(lambda: services.plan_measure(KEEPER, id=new_id(), course_id=here.pk, told=told, now=NOW))
        == "training.no_plan_here"
    )


def test_focal_points_and_their_heads_are_due_once_an_act_says_how_often():
    body = organisation(kind="ministry")
    for part, name in (("focal", "Аида"), ("head", "")):
        told = NewFocal(part, body.pk, TODAY - timedelta(days=400), name)
        focal = services.name_focal(KEEPER, id=new_id(), told=told, now=NOW)
    services.note_learning(KEEPER, id=new_id(), focal_id=focal.pk, on=TODAY, now=NOW)
    lines = selectors.focal_points(KEEPER, now=NOW)
    assert [(one.by, one.due) for one in lines] == [(None, False)] * 2
    assert selectors.focal_points(OTHER, now=NOW) == []
    assert refused(lambda: services.set_period(KEEPER, id=new_id(), months=12, cite=" ", now=NOW)) == (
        "training.cite_missing"
    )
    services.set_period(KEEPER, id=new_id(), months=12, cite="буйрук № 1", now=NOW)
    lines = selectors.focal_points(KEEPER, now=NOW)
    assert [(one.part, one.name, one.due) for one in lines] == [("focal", "Аида", True), ("head", "", False)]
    assert lines[1].by == TODAY.replace(year=TODAY.year + 1)
    assert sorted((row.part, row.trained, row.due) for row in facts.focal(EXTRACT)) == [
        ("focal", 0, True),
        ("head", 1, False),
    ]
    taken_back(focal.pk, why="left")
    assert [one.part for one in selectors.focal_points(KEEPER, now=NOW)] == ["focal"]
    refused(lambda: services.note_learning(KEEPER, id=new_id(), focal_id=focal.pk, on=TODAY, now=NOW))


def test_no_row_of_nobody_holds_a_subject():
    assert not any(field.name == "subject_id" for field in Kept._meta.get_fields())
