"""Seeded bad behaviour among ordinary work: found within a minute, and ordinary work is no alarm."""

import random
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from kalka.access import sets
from kalka.access.models import Wall
from kalka.cases import facts
from kalka.cases import selectors as cases
from kalka.cases.keeping import NewBait
from kalka.cases.models import Case
from kalka.cases.tests import factories as f
from kalka.core import chain, record
from kalka.core.clock import BISHKEK
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.core.tests import records
from kalka.duties import selectors as duties
from kalka.duties.models import Duty
from kalka.notices.models import Notice
from kalka.oversight import selectors, services, watching
from kalka.oversight.limits import limits
from kalka.oversight.models import Alarm, AlarmLook
from kalka.worker.periodic import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NIGHT = datetime(2026, 11, 24, 1, tzinfo=BISHKEK)
SOON = NIGHT + timedelta(hours=2)


@pytest.fixture
def world():
    made = f.raion()
    made.auditor = f.post("auditor", place="41700000000000", leads=True)
    return made


def wrote(actor, at: datetime, command: str, *, subject=None, kind: str = "read", count: int = 1) -> None:
    entry = AuditEntry.objects.create(
        id=record.new_id(at), at=at, kind=kind, actor_id=actor.user_id, post_id=actor.post_id, command=command,
        subject_id=subject, count=count, mac=bytes(32),
    )  # fmt: skip
    if connection.vendor == "sqlite":
        chain.extend([entry])


def look(at: datetime) -> int:
    records.seal()  # on PostgreSQL the sealer does not see into the transaction of a test
    return watching.watch(at)


def files(world, count: int) -> list:
    return [f.opened(world).subject_id for _ in range(count)]


def bait(world, **said: object) -> Case:
    told = NewBait(world.worker.post_id, f.AIMAK, f.TODAY, "Токоева Асылкан", "Коңшусу үйгө киргизбейт.")
    told = replace(told, seen_by=(world.inspector.post_id,), **said)
    return services.plant(world.auditor, id=new_id(), told=told, now=f.NOW)


def found() -> set[tuple[str, int]]:
    return set(Alarm.objects.values_list("pattern", "user_id"))


def test_requirement_55_seeded_bad_behaviour_is_found_and_ordinary_work_is_not(world):
    """A clerk reads his whole aimak at night, another one file again and again, a third tries names; twenty colleagues
    work as one does, day and night."""
    subjects, draw = files(world, 9), random.Random(55)
    for subject in subjects:
        wrote(world.worker, NIGHT + timedelta(minutes=draw.randrange(90)), "cases.page", subject=subject)
    for n in range(14):
        wrote(world.officer, NIGHT - timedelta(hours=10 * n + 1), "cases.page", subject=subjects[0])
    for n in range(12):
        wrote(world.crisis, NIGHT - timedelta(minutes=7 * n), limits().search, count=0)
    for number in range(20):
        colleague = replace(world.inspector, user_id=7_000 + number)
        for _ in range(40):
            at, subject = NIGHT - timedelta(minutes=draw.randrange(6 * 24 * 60)), draw.choice(subjects)
            wrote(colleague, at, "cases.page", subject=subject)
            if draw.random() < 0.5:
                wrote(colleague, at + timedelta(minutes=5), "followup.log_visit", subject=subject, kind="done")
        for _ in range(6):
            wrote(colleague, NIGHT - timedelta(minutes=draw.randrange(600)), limits().search, count=draw.randrange(4))
    assert look(SOON) == 3
    assert found() == {
        ("night", world.worker.user_id),
        ("again", world.officer.user_id),
        ("no_hits", world.crisis.user_id),
    }


def test_the_record_is_looked_through_at_least_every_minute():
    assert {entry.name: entry.every for entry in TABLE}["oversight.watch"] <= 60


def test_the_same_pattern_is_one_alarm_however_often_it_is_looked_for(world):
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    assert [look(SOON + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert Duty.objects.get(kind="oversight.look").assignee_id == world.auditor.post_id


def test_an_entry_that_is_committed_late_is_found_as_well(world):
    subjects = files(world, 8)
    for subject in subjects[:7]:
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    assert look(SOON) == 0
    wrote(world.worker, NIGHT, "cases.page", subject=subjects[7])
    assert look(SOON) == 1


def test_what_was_done_while_nobody_looked_is_found_when_somebody_looks_again(world):
    """A worker that stood still for three days: what is a day old by then is no less of an alarm."""
    look(NIGHT - timedelta(days=1))
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    for n in range(10):
        wrote(world.crisis, NIGHT + timedelta(minutes=n), limits().search, count=0)
    for n in range(12):
        wrote(world.officer, NIGHT + timedelta(minutes=n), "cases.page", subject=subject)
    assert look(SOON + timedelta(days=9)) == 3
    assert {pattern for pattern, _user in found()} == {"night", "again", "no_hits"}


def test_what_was_done_after_the_clock_was_set_back_is_found(world):
    case = bait(world)
    wrote(world.worker, NIGHT, "cases.page")
    assert look(NIGHT) == 0
    wrote(world.inspector, NIGHT - timedelta(hours=5), "cases.page", subject=case.subject_id)
    assert look(NIGHT - timedelta(hours=5)) == 1


def test_more_than_one_look_holds_is_looked_at_at_once(world, monkeypatch):
    monkeypatch.setattr(watching, "AT_ONCE", 3)
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    assert look(SOON) == 1


def test_an_alarm_waits_for_the_auditor_who_is_appointed_after_it(world):
    holding = f.Holding.objects.get(post_id=world.auditor.post_id)
    f.Holding.objects.filter(pk=holding.pk).update(until=NIGHT.date() - timedelta(days=1))
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    assert look(SOON) == 1
    assert Duty.objects.get(kind="oversight.look").assignee_id == world.auditor.post_id
    successor = replace(world.auditor, user_id=8_000)
    assert len(selectors.alarms(successor, now=SOON)) == 1


def test_the_alarm_about_the_only_auditor_waits_for_another_one(world):
    case = bait(world)
    wrote(world.auditor, NIGHT, "cases.page", subject=case.subject_id)
    assert look(SOON) == 1
    duty = Duty.objects.get(kind="oversight.look")
    assert (duty.assignee_id, duty.ended_at) == (world.auditor.post_id, None)
    assert selectors.alarms(world.auditor, now=SOON) == ()
    assert duties.today(world.auditor, now=SOON).whole == 0
    successor = replace(world.auditor, user_id=8_000)
    assert [line.pattern for line in selectors.alarms(successor, now=SOON)] == ["bait"]


def test_before_there_is_an_auditor_nothing_is_passed_over(world):
    Post = type(f.Holding.objects.get(post_id=world.auditor.post_id).post)
    Post.objects.filter(role="auditor").update(role="analyst")
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    assert (look(SOON), Alarm.objects.count()) == (0, 0)
    Post.objects.filter(pk=world.auditor.post_id).update(role="auditor")
    assert look(SOON + timedelta(minutes=1)) == 1


def test_an_alarm_nobody_looked_at_is_not_pushed_out_by_those_that_were(world, monkeypatch):
    monkeypatch.setattr(selectors, "MOST", 2)
    subjects, later = files(world, 8), SOON + timedelta(hours=1)
    for number in range(3):
        reader = replace(world.worker, user_id=7_000 + number)
        for subject in subjects:
            wrote(reader, NIGHT, "cases.page", subject=subject)
        look(SOON + timedelta(minutes=number))
    for alarm in Alarm.objects.filter(user_id__gt=7_000):
        given = {"alarm_id": alarm.pk, "verdict": "explained", "now": later}
        services.look(world.auditor, id=new_id(), note="Кезметте болгон", **given)
    assert [line.verdict for line in selectors.alarms(world.auditor, now=later)] == ["", "explained"]


def test_looking_at_nothing_new_writes_nothing(world):
    look(SOON)
    before = AuditEntry.objects.count()
    assert (look(SOON), AuditEntry.objects.count()) == (0, before)


def test_whoever_opens_a_bait_raises_an_alarm_within_a_look(world):
    case = bait(world)
    assert look(f.NOW) == 0  # planting it is none
    cases.case_page(world.inspector, case.ref, now=f.NOW)
    AuditEntry.objects.filter(command="cases.page").update(at=f.NOW)
    assert look(f.NOW + timedelta(seconds=30)) == 1
    (line,) = selectors.alarms(world.auditor, now=f.NOW + timedelta(minutes=1))
    assert (line.pattern, line.count) == ("bait", 1)
    assert case.ref not in str(asdict(selectors.alarm_page(world.auditor, line.id, now=f.NOW + timedelta(minutes=1))))


def test_a_bait_causes_no_duty_no_notice_and_is_in_no_figure(world):
    real, case = f.opened(world), bait(world)
    assert not Duty.objects.filter(subject_id=case.subject_id).exists()
    assert not Notice.objects.filter(subject_id=case.subject_id).exists()
    extract = Extract(before=f.NOW + f.DAY, until=date(2027, 1, 1), salt=b"x", without=sets.subjects(sets.BAIT))
    for fact in (facts.opened, facts.incidents, facts.participants):
        assert len([row for batch in fact(extract) for row in batch.rows]) == 1, fact.__name__
    assert sets.subjects(sets.BAIT) == {case.subject_id} and real.subject_id != case.subject_id


def test_to_the_staff_a_bait_is_a_file_like_any_other(world):
    """The same page, the same list line, the same columns: nothing that a post can read differs by more than words."""
    case = bait(world)
    beside = f.services.open_at_risk(world.worker, id=new_id(), place=f.AIMAK, protected=f.WOMAN, now=f.NOW)
    kinds = {line.ref: (line.kind, line.stage, line.place) for line in cases.list_cases(world.worker, now=f.NOW).lines}
    assert kinds[case.ref] == kinds[beside.ref]
    pages = [cases.case_page(world.worker, one.ref, now=f.NOW) for one in (case, beside)]
    assert [asdict(page.head).keys() for page in pages][0] == [asdict(page.head).keys() for page in pages][1]


def test_how_many_baits_there_are_does_not_show(world):
    sizes = set()
    for _ in range(3):
        bait(world)
        sizes.add(len(bytes(sets.SealedSet.objects.get().sealed)))
    assert len(sizes) == 1 and len(sets.subjects(sets.BAIT)) == 3


def test_only_the_auditor_plants_and_reads(world):
    told = NewBait(world.worker.post_id, f.AIMAK, f.TODAY, "Токоева Асылкан", "Х")
    for actor in (world.worker, world.officer):
        with pytest.raises(AccessDenied):
            services.plant(actor, id=new_id(), told=told, now=f.NOW)
        with pytest.raises(AccessDenied):
            selectors.alarms(actor, now=f.NOW)
        with pytest.raises(AccessDenied):
            cases.planted(actor, now=f.NOW)
    with pytest.raises(DomainError, match="bait_is_empty"):
        bait(world, name=" ")
    assert Case.objects.count() == 0


def test_an_alarm_is_kept_from_whom_it_is_about_and_from_whoever_is_shut_out_of_the_file(world):
    second = f.post("auditor", place="41700000000000")
    case = bait(world)
    f.wall(case.subject_id, second.user_id)
    wrote(world.auditor, NIGHT, "cases.page", subject=case.subject_id)
    wrote(world.inspector, NIGHT, "cases.page", subject=case.subject_id)
    assert look(SOON) == 2
    assert [line.post for line in selectors.alarms(second, now=SOON)] == []
    assert len(selectors.alarms(world.auditor, now=SOON)) == 1
    about = dict(Alarm.objects.values_list("user_id", "subject_id"))
    walled = set(Wall.objects.filter(subject_id=about[world.auditor.user_id]).values_list("user_id", flat=True))
    assert walled == {second.user_id, world.auditor.user_id}


def test_saying_what_it_was_ends_the_duty_and_is_said_once(world):
    for subject in files(world, 8):
        wrote(world.worker, NIGHT, "cases.page", subject=subject)
    look(SOON)
    alarm = Alarm.objects.get()
    given = {"alarm_id": alarm.pk, "verdict": "explained", "now": SOON}
    with pytest.raises(DomainError, match="note_missing"):
        services.look(world.auditor, id=new_id(), note=" ", **given)
    services.look(world.auditor, id=new_id(), note="Кезметте болгон", **given)
    assert not Duty.objects.filter(kind="oversight.look", ended_at=None).exists()
    page = selectors.alarm_page(world.auditor, alarm.pk, now=SOON)
    assert (page.line.verdict, page.note, len(page.acts)) == ("explained", "Кезметте болгон", 8)
    with pytest.raises(DomainError, match="looked_at_already"):
        services.look(world.auditor, id=new_id(), note="Дагы", **given)
    assert AlarmLook.objects.count() == 1
