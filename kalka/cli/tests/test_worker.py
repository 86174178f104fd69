import pytest
from click.testing import CliRunner

from kalka.cli import worker as command
from kalka.core import clock
from kalka.jobs.models import Job, PeriodicRun
from kalka.jobs.tests.factories import CLERK, SAID, queued

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _on_a_sound_installation(monkeypatch, settings, tmp_path):
    """What an installation must not start with has its own tests."""
    monkeypatch.setattr(command, "refuse_if_unsafe", lambda: None)
    monkeypatch.setattr(command, "unwrap_root_key", lambda: None)
    settings.DATA = tmp_path
    settings.JOBS_ACT_AS = "kalka.jobs.tests.factories.act_as"
    SAID.clear()
    SAID["actor"] = CLERK


def test_once_does_what_waits_and_ends():
    job = queued("jobs.counts_to_five", beat_at=clock.now())
    done = CliRunner().invoke(command.worker, ["--once"])
    assert (done.exit_code, done.output.rstrip()[-2:]) == (0, "2.")  # the release of the last month is the other one
    assert Job.objects.get(pk=job.pk).state == "done"
    assert PeriodicRun.objects.filter(name="core.seal", error="").exists()


def test_an_unsafe_installation_starts_no_worker(monkeypatch):
    def unsafe() -> None:
        raise SystemExit(1)

    monkeypatch.setattr(command, "refuse_if_unsafe", unsafe)
    assert CliRunner().invoke(command.worker, ["--once"]).exit_code == 1
    assert not PeriodicRun.objects.exists()
