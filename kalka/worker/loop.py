"""The loop of a worker: a thread each, so that neither a long job nor a slow gateway keeps the record unsealed."""

import os
import signal
import socket
from collections.abc import Callable, Sequence
from threading import Event, Thread
from types import FrameType

from django.db import connections

from config.logs import log
from kalka.core import clock
from kalka.jobs import queue, runner
from kalka.jobs.periodic import Periodic, run_due
from kalka.jobs.rules import fault_of

PAUSE = 1.0  # seconds between looks where nothing was to do
AFTER_A_FAULT = 5.0  # a database that is away is not asked faster than this
PATIENCE = 30.0  # for a step to end when the worker is asked to stop


class Worker:
    """Runs until it is asked to stop. A job that is under way stops at its next step and is gone on with later."""

    def __init__(
        self,
        *,
        sealing: Sequence[Periodic],
        table: Sequence[Periodic],
        nightly: Sequence[Periodic] = (),
        pause: float = PAUSE,
    ) -> None:
        self._stop = Event()
        self._pause = pause
        self._name = f"{socket.gethostname()}:{os.getpid()}"[:64]
        self._lanes = [
            Thread(target=self._go, args=(self._periodic(sealing),), name="sealing"),
            Thread(target=self._go, args=(self._periodic(table),), name="periodic"),
            Thread(target=self._go, args=(self.work_one,), name="jobs"),
            *[Thread(target=self._go, args=(self._periodic(one),), name="nightly") for one in [nightly] if one],
        ]

    def begin(self) -> None:
        for lane in self._lanes:
            lane.start()

    def end(self) -> None:
        self._stop.set()
        for lane in self._lanes:
            lane.join(PATIENCE)

    def run(self) -> None:
        """Until SIGTERM or SIGINT. A second one ends it at once; jobs are then taken up again after their lease."""
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, self._asked_to_stop)
        self.begin()
        self._stop.wait()
        self.end()

    def work_one(self) -> bool:
        return queue.work_one(self._name, do=lambda job_id: runner.perform(job_id, stopping=self._stop.is_set))

    def _asked_to_stop(self, signum: int, frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_DFL)
        self._stop.set()

    def _periodic(self, table: Sequence[Periodic]) -> Callable[[], bool]:
        return lambda: bool(run_due(table, clock.now()))

    def _go(self, do: Callable[[], bool]) -> None:
        """Each thread keeps its connection: SQLite may refuse to open a database that its last user is just closing."""
        while not self._stop.is_set():
            try:
                wait = 0.0 if do() else self._pause
            except Exception as error:
                log.error("worker", code="worker.fault", where=fault_of(error))
                connections.close_all()
                wait = AFTER_A_FAULT
            self._stop.wait(wait)
        connections.close_all()


def once(*, sealing: Sequence[Periodic], table: Sequence[Periodic], nightly: Sequence[Periodic] = ()) -> int:
    """All that is due and all that waits, then back. Returns how many jobs were worked on."""
    run_due(table, clock.now())
    run_due(nightly, clock.now())
    worker, worked = Worker(sealing=sealing, table=table), 0
    while worker.work_one():
        worked += 1
    run_due(sealing, clock.now())
    return worked
