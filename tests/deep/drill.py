"""Run in a process of its own with the environment of an installation: makes it ready, does its background work, or
counts what is there."""

import json
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

from kalka.accounts.models import User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.core import chain, clock, root, verifying
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties.kinds import KINDS
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.jobs import services as jobs
from kalka.jobs import upkeep
from kalka.jobs.kinds import job
from kalka.jobs.models import Job
from kalka.jobs.run import Run
from kalka.vault import keys
from kalka.worker.loop import Worker
from kalka.worker.periodic import SEALING, TABLE
from tests import world
from tests.deep import counting

LOGINS = ("katchy", "inspektor", "sotsial", "ofitser")
STEPS = 10


@command("drill.step", needs=Permission.SYSTEM)
def step(actor: Actor, *, job_id: UUID, number: int) -> Event:
    """One piece of a job: its id says which, so that doing it again does nothing."""
    at, id = clock.now(), uuid5(job_id, str(number))
    row = Event(id=id, subject_id=job_id, kind="report_received", on=clock.day_of(at), recorded_at=at, author_id=-1)
    Event.objects.bulk_create([row], ignore_conflicts=True)
    return Event.objects.get(pk=id)


@job("drill.steps", needs=Permission.SYSTEM, retries=500)
def steps(run: Run) -> None:
    for number in range(int(run.cursor or 0), STEPS):
        step(run.actor, job_id=run.id, number=number)
        time.sleep(0.02)
        run.step(number + 1, total=STEPS, cursor=str(number + 1))


@command("drill.ask", needs=Permission.SYSTEM)
def ask(actor: Actor, *, id: UUID) -> Job:
    return jobs.start(actor, "drill.steps", {}, now=clock.now(), id=id)


def prepare(cases: str, late_ones: str, jobs_waiting: str) -> dict[str, object]:
    """People, cases to write in, reports that nobody looked at in time, and jobs that wait."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    keys.ensure_keks()
    now = clock.now()
    world.MONDAY = now - timedelta(days=20)
    town = world.World()
    refs = [_case(town, -10 + number / 100) for number in range(int(cases))]
    late = [_late(town, now + timedelta(seconds=5 + 2 * number)) for number in range(int(late_ones))]
    for _ in range(int(jobs_waiting)):
        ask(SYSTEM, id=new_id())
    return {
        "tokens": {login: _token(town[login]) for login in LOGINS},
        "refs": refs,
        "late": late,
        "before": {kind: counting.rows(kind) for kind in counting.KINDS},
    }


def _case(town: world.World, on: float) -> str:
    case = town.case("sotsial", town.report("katchy", on=on), on=on + 0.001)
    town.husband("sotsial", case, on=on + 0.002)
    town.assess("inspektor", case, "high", "KG03", on=on + 0.003)
    return str(case.ref)


def _late(town: world.World, at: datetime) -> str:
    """A report nobody looks at: what it asks for moves up at this moment."""
    subject = town.report("katchy", on=0).subject_id
    waits = timedelta(hours=KINDS["intake.triage"].escalate_after_hours)
    Duty.objects.filter(subject_id=subject).update(due_at=at - waits)
    return str(subject)


def _token(actor: Actor) -> str:
    return open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=clock.now()).token


def work() -> None:
    """The worker as it is, but for its hours: what comes every five minutes comes every second, and a job that lost
    its worker is taken up after three."""
    upkeep.LEASE = timedelta(seconds=3)
    table = tuple(replace(entry, every=min(entry.every, 1)) for entry in TABLE)
    Worker(sealing=tuple(replace(entry, every=1) for entry in SEALING), table=table, pause=0.05).run()


def waiting(late_ones: str) -> dict[str, object]:
    """What the worker has still to do."""
    late = counting.moved_up(filter(None, late_ones.split(",")))
    return {"jobs": Job.objects.exclude(state="done").count(), "late": sum(not one[0] for one in late)}


def count(late_ones: str) -> dict[str, object]:
    """Everything that must be there once for each key, and the record's own verdict."""
    while chain.seal():
        pass
    verdict = verifying.verify()
    return {
        "rows": {kind: counting.rows(kind) for kind in counting.KINDS},
        "whole": {kind: counting.whole(kind) for kind in counting.KINDS},
        "recorded": {kind: counting.recorded(kind) for kind in counting.KINDS},
        "late": counting.moved_up(filter(None, late_ones.split(","))),
        "jobs": dict(Counter(Job.objects.values_list("state", flat=True))),
        "steps": sorted(Counter(_steps()).values()),
        "entries": AuditEntry.objects.count(),
        "fault": str(verdict.fault) if verdict.fault else "",
        "waiting": verdict.waiting,
    }


def _steps() -> list[str]:
    done = Event.objects.filter(subject_id__in=Job.objects.values("id"))
    return [str(one) for one in done.values_list("subject_id", flat=True)]


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    said = {"prepare": prepare, "work": work, "waiting": waiting, "count": count}[verb](*words)
    print(json.dumps(said))
