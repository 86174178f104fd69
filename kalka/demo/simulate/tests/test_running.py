"""Stopped at any point it goes on, and ends with the same rows; beside real cases it never begins."""

from random import Random

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError

from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.demo.models import SimulatedBatch, Simulation
from kalka.demo.simulate import playing, run, running, writing
from kalka.demo.simulate.casting import casts
from kalka.duties import selectors as duties
from kalka.intake import services as intake
from kalka.intake.rules import NewReport

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CASES = 32


class Stopped(Exception):
    pass


@pytest.fixture(autouse=True)
def small(forget, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (writing, running):
        monkeypatch.setattr(module, "BATCH", 8)


def stop_at(moment: int):
    def progress(done: int, _total: int) -> None:
        if done >= moment:
            raise Stopped

    return progress


def test_stopped_anywhere_it_ends_with_the_same_rows(few, rows, monkeypatch) -> None:
    with playing.undone():
        run(CASES, seed=4)
        at_once = rows()
    rng = Random(5)
    for _time in range(3):
        with pytest.raises(Stopped):
            run(CASES, seed=4, progress=stop_at(rng.randrange(1, 24)))
    write, left = type(writing.of_connection()).write, rng.randrange(5, 30)

    def fail_once(self, *told):
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped  # in the midst of a batch
        write(self, *told)

    monkeypatch.setattr(type(writing.of_connection()), "write", fail_once)
    with pytest.raises(Stopped):
        run(CASES, seed=4)
    assert run(CASES, seed=4).written > 0
    assert rows() == at_once
    assert len(rows()["cases.Case"]) + len(rows()["intake.Report"]) > CASES


def test_run_twice_it_writes_once(few, rows) -> None:
    assert run(CASES, seed=4).written == CASES
    before = rows()
    assert run(CASES, seed=4).written == 0
    assert rows() == before


def test_the_same_seed_is_the_same_world_and_another_seed_another(few, rows, forget) -> None:
    found = []
    for seed in (4, 4, 5):
        forget()
        with playing.undone():
            run(CASES, seed=seed)
            found.append(rows())
    assert found[0] == found[1]
    assert not found[0]["cases.Case"] & found[2]["cases.Case"]


def test_the_record_says_so_once_at_the_beginning_and_once_at_the_end(few) -> None:
    run(CASES, seed=4)
    commands = AuditEntry.objects.filter(command__startswith="demo.").order_by("id").values_list("command", flat=True)
    assert list(commands) == ["demo.simulate", "demo.simulated"]
    assert SimulatedBatch.objects.count() == -(-CASES // 8)


def test_what_was_learnt_by_playing_leaves_nothing(few, forget) -> None:
    forget()
    run(CASES, seed=4)
    refs = apps.get_model("cases", "Case").objects.values_list("ref", flat=True)
    assert len(set(refs)) == len(refs) <= CASES


def test_invented_cases_never_stand_beside_real_ones(few, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    told = NewReport(danger="no", told_on=clock.day_of(clock.now()), what="Чыр чыкты")
    intake.receive_report(few["katchy"].actor, id=clock_id(), told=told, now=clock.now())
    for into_empty in (False, True):
        with pytest.raises(DomainError, match="simulate.real_cases"):
            run(CASES, seed=4, into_empty=into_empty)
    assert not Simulation.objects.exists()
    assert apps.get_model("intake", "Report").objects.count() == 1


def clock_id():
    from uuid import UUID

    return UUID(int=77)


def test_an_empty_installation_must_be_named_as_one(nothing_yet, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(DomainError, match="simulate.real_cases"):
        run(8, seed=4)
    assert run(8, seed=4, into_empty=True).written == 8


def test_with_other_posts_it_does_not_go_on(few) -> None:
    found = casts(clock.day_of(clock.now()))
    with pytest.raises(Stopped):
        run(CASES, seed=4, posts=found, progress=stop_at(8))
    with pytest.raises(DomainError, match="simulate.another_staff"):
        run(CASES, seed=4, posts=found[:1])
    assert SimulatedBatch.objects.count() == 1


def test_nobody_there_and_nothing_is_written(db, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    with pytest.raises(DomainError, match="simulate.nobody_there"):
        run(8)
    assert not Simulation.objects.exists()


def test_before_anybody_held_a_post_there_are_no_cases(few) -> None:
    from datetime import date

    with pytest.raises(DomainError, match="simulate.too_early"):
        run(8, since=date(2019, 1, 1))


def test_a_batch_is_never_written_twice(few) -> None:
    run(8, seed=4)
    begun = Simulation.objects.get()
    again = writing.Writer(begun.pk, running.world_of(begun, casts(begun.until)))
    with pytest.raises(IntegrityError):
        again.batch(0)


def test_a_post_has_as_much_to_do_as_a_person_can(staffed, monkeypatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 100)
    monkeypatch.setattr(running, "BATCH", 100)
    done = run(300, seed=4)
    now = clock.now()
    whole = [duties.counts(cast.actor("inspector"), now=now).whole for cast in done.casts]
    assert all(10 <= one <= 60 for one in whole), whole
