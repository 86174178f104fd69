"""Run in processes of their own with the environment of an installation: files with running orders whose duties are
late; whoever moves them up dies by kill -9 at a random statement, again and again; then it is brought to its end."""

import json
import os
import signal
import sys
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

django.setup()

from django.db import connection, connections

from kalka.access import selectors as access
from kalka.access.models import Wall
from kalka.core import clock, sight
from kalka.core.actors import SYSTEM
from kalka.core.verifying import verify
from kalka.demo.staffing import staff
from kalka.directory import selectors as directory
from kalka.duties import batches, passing, rules
from kalka.duties.kinds import KINDS
from kalka.duties.models import Duty, DutyEnd
from kalka.notices.models import Notice
from kalka.worker.escalating import escalate_all
from tools.bench.load import prepare as installed
from tools.bench.running import write

STATEMENTS = 90  # up to as many before it dies; a batch has some twenty
batches.AT_ONCE = 10


def prepare(orders: str) -> dict[str, Any]:
    """Eight days pass over so many files. What has to move, asked of each duty by itself."""
    installed()
    now = clock.now()
    staff(now)
    write(int(orders), now=now - timedelta(days=8))
    with sight.whole():
        standing = list(Duty.objects.standing())
        return {"standing": len(standing), "late": sorted(str(one.pk) for one in standing if _has_to_move(one, now))}


def _has_to_move(duty: Duty, now: datetime) -> bool:
    on, walled = clock.day_of(now), access.walled_users(duty.subject_id)
    if passing.instead(duty.kind, duty.assignee_id, on, walled) is not None:
        return True
    kind = KINDS[duty.kind]
    late = rules.moves_up(duty.due_at, duty.recorded_at, kind.escalate_after_hours, now, silent=kind.silent_hours)
    above = passing.lead_over(duty.assignee_id, on, walled)
    return late and above is not None and not (kind.inside and not passing.same_organisation(duty.assignee_id, above))


def die(times: str, seed: str) -> dict[str, Any]:
    random, deaths, finished = Random(int(seed)), 0, 0
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()
    for _time in range(int(times)):
        number, before = random.randrange(4, STATEMENTS), random.random() < 0.5
        process = os.fork()
        if not process:
            _dying(number, before)
        died = os.WIFSIGNALED(os.waitpid(process, 0)[1])
        deaths, finished = deaths + died, finished + (not died)
    return {"deaths": deaths, "finished": finished, "moved": Duty.objects.exclude(continues=None).count()}


def _dying(number: int, before: bool) -> None:
    left = iter(range(number))

    def watch(execute: Any, *statement: Any) -> Any:
        last = next(left, None) is None
        if last and before:
            os.kill(os.getpid(), signal.SIGKILL)
        done = execute(*statement)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    try:
        with connection.execute_wrapper(watch):
            _run()
    except BaseException:
        import traceback

        traceback.print_exc()
        os.kill(os.getppid(), signal.SIGTERM)
    os._exit(0)


def _run() -> int:
    with sight.whole():
        return escalate_all(SYSTEM, now=clock.now())


def end() -> dict[str, Any]:
    """The run that comes through, one more that finds nothing, and what stands then."""
    ran, again = _run(), _run()
    held = directory.everybody(clock.day_of(clock.now()))
    walls = set(Wall.objects.values_list("subject_id", "user_id"))
    new = list(Duty.objects.exclude(continues=None).values_list("continues", "subject_id", "assignee", "escalations"))
    told = Counter(Notice.objects.values_list("subject_id", "to_post", "kind"))
    return {
        "ran": ran,
        "again": again,
        "moved": sorted(str(was) for was, *_rest in new),
        "ended": sorted(str(one) for one in DutyEnd.objects.values_list("duty", flat=True)),
        "standing": Duty.objects.standing().count(),
        "escalations": sorted({times for *_rest, times in new}),
        "shut_out": sum({(file, user) for user in held.get(post, ())} <= walls for _was, file, post, _times in new),
        "untold": sum(not any((file, post) == (one[0], one[1]) for one in told) for _was, file, post, _times in new),
        "told_twice": sum(count > 1 for count in told.values()),
        "fault": str(verify().fault or ""),
    }


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "die": die, "end": end}[verb](*words)))
