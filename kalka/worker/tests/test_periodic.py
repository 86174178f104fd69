import pytest

from kalka.core import clock
from kalka.jobs.models import PeriodicRun
from kalka.jobs.periodic import run_due
from kalka.worker.periodic import SEALING, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_everything_of_the_table_runs_on_an_empty_installation(settings, tmp_path):
    settings.DATA = tmp_path
    table = [*SEALING, *TABLE]
    assert run_due(table, clock.now()) == [entry.name for entry in table]
    assert {(row.error, row.fault) for row in PeriodicRun.objects.all()} == {("", "")}
    assert PeriodicRun.objects.count() == len(table)


def test_the_record_is_sealed_within_five_seconds():
    assert {entry.name for entry in SEALING if entry.every < 5} == {"core.seal"}
