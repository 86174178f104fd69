import signal
import time
from threading import Event

import pytest
from structlog.testing import capture_logs

from kalka.jobs.models import Job, PeriodicRun
from kalka.jobs.periodic import Periodic
from kalka.jobs.tests import factories
from kalka.jobs.tests.factories import CLERK, DONE, SAID, queued
from kalka.worker import loop
from kalka.worker.loop import Worker


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.JOBS_ACT_AS = "kalka.jobs.tests.factories.act_as"
    SAID.clear()
    SAID["actor"] = CLERK
    DONE.clear()


def until(true, seconds: float = 20) -> bool:
    for _ in range(int(seconds * 50)):
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db
@pytest.mark.both
def test_once_does_what_is_due_and_what_waits():
    ran = []
    job = queued("jobs.counts_to_five")
    worked = loop.once(
        sealing=[Periodic("test.seal", 5, lambda now: ran.append("seal"))],
        table=[Periodic("test.table", 60, lambda now: ran.append("table"))],
    )
    assert (worked, ran) == (1, ["table", "seal"])
    assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.django_db(transaction=True)
def test_the_record_is_sealed_while_a_job_runs_and_the_job_stops_at_its_next_step():
    sealed, in_the_midst, go_on = [], Event(), Event()

    def between(number: int) -> None:
        if number == 1:
            in_the_midst.set()
            go_on.wait(20)

    SAID["between"] = between
    job = queued("jobs.counts_to_five")
    worker = Worker(sealing=[Periodic("test.seal", 0, sealed.append)], table=[], pause=0.02)
    worker.begin()
    try:
        assert in_the_midst.wait(20)
        before = len(sealed)
        assert until(lambda: len(sealed) > before + 2)
        worker._stop.set()
    finally:
        go_on.set()
        worker.end()
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.done_count, row.cursor) == ("queued", 2, "2")
    SAID.pop("between")
    factories.work()
    assert Job.objects.get(pk=job.pk).state == "done"
    assert [number for _, number in DONE] == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_the_database_is_logged_as_a_place_and_does_not_end_the_worker(monkeypatch):
    monkeypatch.setattr(loop, "AFTER_A_FAULT", 0.02)
    worker, tried = Worker(sealing=[], table=[], pause=0.02), []

    def breaks() -> bool:
        tried.append(1)
        if len(tried) == 3:
            worker._stop.set()
        raise ValueError("Айсулуу-канарейка")

    with capture_logs() as logs:
        worker._go(breaks)
    assert len(tried) == 3
    assert {entry["where"].partition(":")[0] for entry in logs} == {"ValueError kalka/worker/tests/test_loop.py"}
    assert "канарейка" not in repr(logs)


def test_asked_by_a_signal_it_stops_and_a_second_one_is_the_systems():
    worker = Worker(sealing=[], table=[])
    before = signal.getsignal(signal.SIGTERM)
    try:
        worker._asked_to_stop(signal.SIGTERM, None)
        assert worker._stop.is_set()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.django_db
def test_what_ran_and_when_is_kept():
    loop.once(sealing=[], table=[Periodic("test.table", 60, lambda now: None)])
    assert PeriodicRun.objects.get().name == "test.table"
