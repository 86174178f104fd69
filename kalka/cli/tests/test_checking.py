"""`kalka check`: an installation whose backups are wanting may start, and its exit code says that something is."""

import json

import pytest
from click.testing import CliRunner
from django.utils import translation

from kalka.backups.models import Backup, Drill
from kalka.cli import checking
from kalka.core import clock
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def sound(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(checking.checks, "faults", lambda: [])
    settings.BACKUP_TO, settings.BACKUP_RECIPIENTS, settings.DEMO = tmp_path, ["age1x"], False


def check(*words):
    with translation.override("en"):
        return CliRunner().invoke(checking.check, words)


def test_without_a_backup_it_is_said_and_the_code_is_three():
    said = check()
    assert said.exit_code == 3 and "No backup has been made yet" in said.stderr
    assert json.loads(check("--json").stdout) == [{"code": "backup_never", "about": "KALKA_BACKUP_TO"}]


def test_what_keeps_it_from_starting_comes_first(monkeypatch):
    monkeypatch.setattr(checking.checks, "faults", lambda: [("debug", "DEBUG")])
    assert check().exit_code == 1


def test_with_a_backup_that_came_back_nothing_is_wrong():
    now = clock.now()
    Backup.objects.create(id=new_id(), started_at=now, ended_at=now, by_night=True)
    Drill.objects.create(id=new_id(), started_at=now, of_moment=now, opened=1)
    said = check()
    assert (said.exit_code, said.stdout.strip()) == (0, "Nothing is wrong.")
