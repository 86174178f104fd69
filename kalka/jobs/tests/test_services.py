from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django_tasks_db.models import DBTaskResult
from structlog.testing import capture_logs

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.jobs import queue, runner, selectors, services, upkeep
from kalka.jobs.models import Job
from kalka.jobs.rules import State
from kalka.jobs.tests import factories
from kalka.jobs.tests.factories import CANARY, CLERK, DONE, NOW, OTHER, SAID, ask_for, queued, work

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.JOBS_ACT_AS = "kalka.jobs.tests.factories.act_as"
    SAID.clear()
    SAID["actor"] = CLERK
    DONE.clear()


def shown(job: Job) -> tuple[str, int, int | None, str, str]:
    line = selectors.get_job(CLERK, job.pk)
    return line.state, line.done, line.total, line.error, line.result_ref


def test_a_job_runs_to_its_end_and_says_how_far_it_is():
    job = queued("jobs.counts_to_five")
    assert shown(job) == ("queued", 0, None, "", "")
    assert work() == 1
    assert shown(job) == ("done", 5, 5, "", "out-1")
    assert selectors.get_job(CLERK, job.pk).per_cent == 100
    assert not DBTaskResult.objects.exists()


def test_starting_is_recorded_by_the_command_that_wants_it():
    job = queued("jobs.counts_to_five")
    entry = AuditEntry.objects.get()
    assert (entry.command, entry.object, entry.object_id) == ("jobs.start_in_test", "jobs.Job", str(job.pk))


def test_outside_a_command_nothing_starts():
    with pytest.raises(AccessDenied):
        services.start(CLERK, "jobs.counts_to_five", {}, now=NOW)
    assert not Job.objects.exists() and not DBTaskResult.objects.exists()


def test_what_the_command_rolls_back_is_not_queued():
    with pytest.raises(DomainError):
        factories.ask_and_refuse(CLERK, kind="jobs.counts_to_five", now=NOW)
    assert not Job.objects.exists() and not DBTaskResult.objects.exists()


def test_words_are_refused_as_arguments_and_nothing_is_kept():
    with pytest.raises(DomainError) as refusal:
        ask_for(CLERK, kind="jobs.counts_to_five", args={"name": CANARY}, now=NOW)
    assert refusal.value.code == "jobs.args_are_ids"
    assert not Job.objects.exists()


def test_an_unknown_kind_is_refused():
    for kind in ("jobs.unheard_of", "nowhere.at_all"):
        with pytest.raises(DomainError) as refusal:
            ask_for(CLERK, kind=kind, args={}, now=NOW)
        assert refusal.value.code == "jobs.unknown_kind"


def test_starting_twice_under_one_id_starts_once():
    one = new_id()
    ask_for(CLERK, kind="jobs.counts_to_five", args={}, now=NOW, id=one)
    ask_for(CLERK, kind="jobs.counts_to_five", args={}, now=NOW, id=one)
    assert work() == 1
    with pytest.raises(AccessDenied):
        ask_for(OTHER, kind="jobs.counts_to_five", args={}, now=NOW, id=one)
    with pytest.raises(AccessDenied):
        ask_for(CLERK, kind="jobs.counts_to_five", args={"post": 3}, now=NOW, id=one)


def test_running_it_twice_is_running_it_once():
    job = queued("jobs.counts_to_five")
    work()
    runner.perform(job.pk)
    assert len(DONE) == 5


def test_the_job_of_another_does_not_exist():
    job = queued("jobs.counts_to_five")
    for asked in (job.pk, UUID(int=1)):
        with pytest.raises(AccessDenied) as refusal:
            selectors.get_job(OTHER, asked)
        assert refusal.value.code == "jobs.not_visible"
        with pytest.raises(AccessDenied) as refusal:
            services.cancel_job(OTHER, job_id=asked, now=NOW)
        assert refusal.value.code == "jobs.not_visible"
    assert selectors.own_jobs(OTHER) == []
    assert [line.id for line in selectors.own_jobs(CLERK)] == [job.pk]


def test_cancelled_before_it_began_it_never_begins():
    job = queued("jobs.counts_to_five")
    services.cancel_job(CLERK, job_id=job.pk, now=NOW)
    work()
    assert shown(job) == ("cancelled", 0, None, "", "")
    assert DONE == []
    with pytest.raises(DomainError) as refusal:
        services.cancel_job(CLERK, job_id=job.pk, now=NOW)
    assert refusal.value.code == "jobs.already_ended"


def test_cancelled_while_it_runs_it_stops_before_the_next_step():
    job = queued("jobs.counts_to_five")
    SAID["between"] = lambda n: n == 2 and services.cancel_job(CLERK, job_id=job.pk, now=NOW)
    work()
    assert shown(job) == ("cancelled", 3, 5, "", "")
    assert [number for _, number in DONE] == [0, 1, 2]


def test_a_stopping_worker_leaves_the_job_to_the_next_which_goes_on_from_the_cursor():
    job = queued("jobs.counts_to_five")
    queue.work_one("first", do=lambda i: runner.perform(i, stopping=lambda: len(DONE) >= 2))
    assert shown(job) == ("queued", 2, 5, "", "")
    work()
    assert shown(job) == ("done", 5, 5, "", "out-1")
    assert [number for _, number in DONE] == [0, 1, 2, 3, 4]


def test_a_refusal_ends_it_with_its_code():
    job = queued("jobs.is_refused")
    work()
    assert shown(job) == ("failed", 0, None, "places.twice", "")
    assert selectors.get_job(CLERK, job.pk).refusal.code == "places.twice"


def test_an_accident_is_tried_again_later_and_then_given_up():
    job = queued("jobs.breaks")
    for failures in (1, 2, 3):
        DBTaskResult.objects.update(run_after=NOW)
        assert work() == 1
        assert Job.objects.get(pk=job.pk).failures == failures
    assert not DBTaskResult.objects.exists()
    assert shown(job) == ("failed", 1, 5, "jobs.unexpected", "")
    assert Job.objects.get(pk=job.pk).fault.startswith("ValueError kalka/jobs/tests/factories.py:")


def test_what_an_exception_says_is_in_no_table_and_no_log(caplog):
    queued("jobs.breaks")
    with capture_logs() as logs:
        work()
    assert DBTaskResult.objects.count() == 1  # waiting for its second attempt
    assert CANARY not in everything_stored()
    assert CANARY not in caplog.text + repr(logs)
    assert [(entry["job"], entry["code"]) for entry in logs] == [("jobs.breaks", "jobs.unexpected")]


def test_the_library_worker_keeps_no_exception_either():
    job = queued("jobs.breaks")
    row = DBTaskResult.objects.get()
    row.task.call(*row.args_kwargs["args"])
    assert shown(job)[0] == "queued"
    assert CANARY not in everything_stored()


def test_who_left_the_post_does_nothing_more_by_a_job():
    job = queued("jobs.counts_to_five")
    SAID["actor"] = None
    work()
    assert shown(job)[0::3] == ("failed", "jobs.actor_may_no_longer")
    assert DONE == []


def test_a_job_that_lost_its_worker_is_taken_up_from_its_cursor():
    job = queued("jobs.counts_to_five")
    DBTaskResult.objects.all().delete()
    Job.objects.update(state=State.RUNNING, attempts=1, cursor="3", beat_at=NOW)
    assert upkeep.revive(NOW + timedelta(minutes=4)) == 0
    assert upkeep.revive(NOW + timedelta(minutes=6)) == 1
    assert upkeep.revive(NOW + timedelta(minutes=6)) == 0
    work()
    assert shown(job) == ("done", 5, 5, "", "out-1")
    assert [number for _, number in DONE] == [3, 4]


def test_a_job_that_kills_every_worker_is_given_up():
    job = queued("jobs.breaks")
    Job.objects.update(state=State.RUNNING, failures=2, beat_at=NOW)
    upkeep.revive(NOW + timedelta(minutes=6))
    assert shown(job)[0::3] == ("failed", "jobs.worker_lost")


class Killed(BaseException):
    """Nothing is left of a worker that is killed but what was noted last."""


def die_at(step: int) -> None:
    """A worker takes the job up and is killed within this step; another finds it when its lease is over."""

    def killed(number: int) -> None:
        if number == step:
            raise Killed

    SAID["between"] = killed
    with pytest.raises(Killed):
        work()
    SAID.pop("between")
    Job.objects.filter(state=State.RUNNING).update(beat_at=NOW)
    upkeep.revive(NOW + timedelta(minutes=6))


def test_what_gets_done_makes_up_for_the_workers_a_job_has_lost():
    job = queued("jobs.counts_to_five")
    for step in (0, 0, 1, 1, 1, 2, 3, 3, 4):
        die_at(step)
    work()
    assert shown(job) == ("done", 5, 5, "", "out-1")


@pytest.mark.parametrize("kind", ["jobs.counts_to_five", "jobs.begins_anew"])
def test_a_job_that_loses_its_worker_at_the_same_step_again_and_again_is_given_up(kind):
    job = queued(kind)
    for step in (1, 2, 2, 2):
        die_at(step)
    assert (shown(job)[0], Job.objects.get(pk=job.pk).failures) == ("queued", 3)
    die_at(2)
    assert shown(job) == ("failed", 2, 5, "jobs.worker_lost", "")


def test_a_job_whose_every_step_is_done_is_not_given_up_but_waits_ever_longer():
    job = queued("jobs.counts_to_five")
    DBTaskResult.objects.all().delete()
    done = {"cursor": "5", "done_count": 5, "total": 5}
    Job.objects.update(state=State.RUNNING, attempts=9, failures=8, beat_at=NOW, **done)
    assert upkeep.revive(NOW + timedelta(minutes=6)) == 1
    assert DBTaskResult.objects.get().run_after == NOW + timedelta(minutes=36)
    assert upkeep.revive(NOW + timedelta(minutes=37)) == 0
    DBTaskResult.objects.update(run_after=NOW)
    work()
    assert shown(job) == ("done", 5, 5, "", "out-1")
    assert DONE == []


def test_accidents_at_one_step_are_forgotten_when_it_is_done():
    job, broken = queued("jobs.counts_to_five"), iter((0, 0, 0, 3, 3, 3, None))
    at = next(broken)

    def breaks(number: int) -> None:
        nonlocal at
        if number == at:
            at = next(broken)
            raise ValueError(CANARY)

    SAID["between"] = breaks
    for failures in (1, 2, 3, 1, 2, 3):
        work()
        assert Job.objects.get(pk=job.pk).failures == failures
        DBTaskResult.objects.update(run_after=NOW)
    work()
    assert shown(job)[0::4] == ("done", "out-1")


def test_a_worker_that_was_given_up_writes_nothing_more():
    job = queued("jobs.counts_to_five")
    taken_over = lambda n: n == 1 and Job.objects.update(attempts=9)  # noqa: E731  (one line of a story)
    SAID["between"] = taken_over
    work()
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.done_count, row.attempts) == ("running", 1, 9)


def test_old_jobs_and_old_queue_rows_are_forgotten():
    done = queued("jobs.counts_to_five")
    work()
    Job.objects.filter(pk=done.pk).update(ended_at=NOW)
    waiting = queued("jobs.counts_to_five")
    assert upkeep.sweep(NOW + timedelta(days=91)) == 1
    assert [job.pk for job in Job.objects.all()] == [waiting.pk]
    assert DBTaskResult.objects.count() == 1


def everything_stored() -> str:
    """Every column of every table, as text."""
    said = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            said.append(repr(cursor.fetchall()))
    return "".join(said)
