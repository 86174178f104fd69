from datetime import UTC, datetime, timedelta

import pytest

from kalka.core.errors import DomainError
from kalka.jobs.models import PeriodicRun
from kalka.jobs.periodic import Periodic, run_due

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_it_comes_back_after_its_seconds_and_not_before():
    ran = []
    table = [Periodic("test.minute", 60, ran.append)]
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        run_due(table, NOW + timedelta(seconds=seconds))
    assert ran == [NOW, NOW + timedelta(seconds=60), NOW + timedelta(seconds=120)]


def test_two_workers_do_it_once():
    ran = []
    table = [Periodic("test.minute", 60, ran.append)]
    assert (run_due(table, NOW), run_due(table, NOW)) == (["test.minute"], [])
    assert ran == [NOW]


def test_one_that_fails_stops_no_other_and_leaves_only_a_code():
    ran = []

    def breaks(now):
        raise ValueError("Айсулуу-канарейка")

    def is_refused(now):
        raise DomainError("duties.no_post")

    table = [
        Periodic("test.breaks", 5, breaks),
        Periodic("test.refused", 5, is_refused),
        Periodic("test.fine", 5, ran.append),
    ]
    assert run_due(table, NOW) == ["test.breaks", "test.refused", "test.fine"]
    kept = {row.name: (row.error, row.fault.partition(":")[0]) for row in PeriodicRun.objects.all()}
    assert kept == {
        "test.breaks": ("jobs.unexpected", "ValueError kalka/jobs/tests/test_periodic.py"),
        "test.refused": ("duties.no_post", ""),
        "test.fine": ("", ""),
    }
    assert ran == [NOW]


def test_a_clock_that_was_set_back_stops_nothing():
    ran = []
    table = [Periodic("test.minute", 60, ran.append)]
    run_due(table, NOW + timedelta(days=400))
    run_due(table, NOW)
    assert ran == [NOW + timedelta(days=400), NOW]
