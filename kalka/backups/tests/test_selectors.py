from datetime import timedelta

import pytest

from kalka.backups import selectors
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Alarm
from kalka.backups.tests.factories import NOW
from kalka.core.actors import NOBODY, Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ADMINISTRATOR = Actor(1, frozenset({Permission.BACKUP_READ}))
DAY = timedelta(days=1)


def backup(ago: timedelta, error: str = "") -> Backup:
    at = NOW - ago
    return Backup.objects.create(id=new_id(), started_at=at, ended_at=at, by_night=True, error=error)


def drill(ago: timedelta, error: str = "") -> Drill:
    return Drill.objects.create(id=new_id(), started_at=NOW - ago, of_moment=NOW - ago, error=error, opened=1)


def test_failures_are_shown_and_do_not_count(settings, tmp_path):
    settings.BACKUP_TO, settings.BACKUP_RECIPIENTS, settings.DEMO = tmp_path, ["age1x", "age1y"], False
    made, failed = backup(3 * DAY), backup(DAY, "backups.disk_full")
    proven, broke = drill(40 * DAY), drill(DAY, "backups.drill_broke")
    state = selectors.state(ADMINISTRATOR, now=NOW)
    assert (state.configured, state.recipients, state.folder) == (True, 2, tmp_path)
    assert (state.made, state.proven) == (made, proven)
    assert (state.backups, state.drills) == ([failed, made], [broke, proven])
    assert state.alarms == selectors.alarms(ADMINISTRATOR, now=NOW) == (Alarm.OLD, Alarm.DRILL_OLD)


def test_only_whoever_answers_for_it_is_told():
    for ask in (selectors.state, selectors.alarms):
        with pytest.raises(AccessDenied):
            ask(NOBODY, now=NOW)
