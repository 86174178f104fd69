from threading import Event

import pytest

from kalka.jobs.periodic import Periodic
from kalka.worker import periodic
from kalka.worker.loop import Worker, once


@pytest.mark.django_db
@pytest.mark.both
def test_what_is_due_at_night_is_done_once_by_whoever_comes_first():
    ran = []
    for _ in range(2):
        once(sealing=(), table=(), nightly=(Periodic("test.night", 600, ran.append),))
    assert len(ran) == 1
    assert [one.name for one in periodic.NIGHTLY] == ["backups.nightly"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_a_long_night_keeps_nothing_else_waiting():
    inside, over, told = Event(), Event(), Event()

    def long(_now: object) -> None:
        inside.set()
        over.wait(20)

    worker = Worker(
        sealing=(),
        table=(Periodic("test.tell", 1, lambda _now: inside.is_set() and told.set()),),
        nightly=(Periodic("test.night", 600, long),),
        pause=0.05,
    )
    worker.begin()
    try:
        assert told.wait(20), "messages leave while a copy is made"
    finally:
        over.set()
        worker.end()
