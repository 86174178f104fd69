"""The night's backup and what is written down of it, on the test's own database."""

from datetime import timedelta

import pyrage
import pytest

from kalka.accounts.models import Session
from kalka.backups import attempting, folder, rules, services, standing
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Attempt, Result
from kalka.backups.tests.factories import NOW, a_pair
from kalka.core.actors import NOBODY, SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.demo.staffing import staff
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def configured(settings, tmp_path):
    (tmp_path / "to").mkdir()
    settings.DATA = tmp_path / "data"
    settings.BACKUP_TO, settings.BACKUP_DAYS, settings.DEMO = tmp_path / "to", 400, False
    settings.BACKUP_RECIPIENTS = [str(pyrage.x25519.Identity.generate().to_public())]
    return settings


def test_one_is_made_a_night_and_written_down(configured):
    assert attempting.nightly(NOW) is True
    assert attempting.nightly(NOW + HOUR) is False
    (pair,) = folder.pairs(configured.BACKUP_TO)
    made = Backup.objects.get()
    assert (made.error, made.by_night, made.started_at) == ("", True, NOW)
    assert (made.data_bytes, made.keys_bytes) == (pair.data.size, pair.keys.size) and made.rows > 0
    assert attempting.nightly(NOW + DAY) is True
    assert len(folder.pairs(configured.BACKUP_TO)) == 2
    assert AuditEntry.objects.filter(command="backups.record", actor_id=SYSTEM.user_id).count() == 2


def test_a_failure_is_written_down_as_a_code_and_tried_again_after_an_hour(configured, tmp_path):
    configured.BACKUP_TO = tmp_path / "unplugged"
    with pytest.raises(DomainError):
        attempting.nightly(NOW)
    assert attempting.nightly(NOW + HOUR / 2) is False
    assert list(Backup.objects.values_list("error", "fault", "rows")) == [("backups.folder_missing", "", 0)]
    configured.BACKUP_TO.mkdir()
    assert attempting.nightly(NOW + HOUR) is True


def test_keys_expire_also_when_nothing_new_can_be_made(configured):
    for days in (900, 50, 1):
        a_pair(configured.BACKUP_TO, NOW - days * DAY)
    configured.BACKUP_RECIPIENTS = ["age1nobody"]
    with pytest.raises(DomainError):
        attempting.nightly(NOW)
    left = sorted(one.name for one in configured.BACKUP_TO.glob("*.age"))
    assert [name.split("-")[1] for name in left] == ["data", "data", "keys"], "the data of 50 days and the last pair"


def test_a_clock_that_was_ahead_once_neither_keeps_alarms_still_nor_makes_a_backup_a_minute(configured):
    attempting.nightly(NOW + 300 * DAY)  # and then somebody set it right
    services.record_drill(SYSTEM, id=new_id(), told=Result(NOW, 1, 1), seconds=1, now=NOW + 300 * DAY)
    told = standing.standing(NOW)
    assert (told.made_at, told.drilled_at) == (None, None)
    assert attempting.nightly(NOW) is True
    assert [attempting.nightly(NOW + minutes * HOUR / 60) for minutes in (1, 2, 90)] == [False, False, False]
    assert rules.alarms(standing.standing(NOW + 3 * DAY), NOW + 3 * DAY) == (rules.Alarm.OLD, rules.Alarm.UNPROVEN)


@pytest.mark.parametrize("without", [{"DEMO": True}, {"BACKUP_TO": None}, {"BACKUP_RECIPIENTS": []}])
def test_a_demo_and_an_installation_that_says_nothing_make_none(configured, without):
    for name, value in without.items():
        setattr(configured, name, value)
    assert attempting.nightly(NOW) is False
    assert not Backup.objects.exists()


def test_only_the_installation_itself_writes_it_down():
    told = {"told": Attempt(), "by_night": False, "started_at": NOW}
    for refused in (
        lambda: services.record_backup(NOBODY, id=new_id(), now=NOW, **told),
        lambda: services.record_drill(NOBODY, id=new_id(), told=Result(NOW), seconds=1, now=NOW),
        lambda: services.begin_again(NOBODY, now=NOW),
    ):
        with pytest.raises(AccessDenied):
            refused()
    assert not Backup.objects.exists() and not Drill.objects.exists()


def test_beginning_again_ends_every_session():
    member = staff(NOW)["sotsial"]
    token(member.actor)
    assert Session.objects.filter(ended_at=None).exists()
    services.begin_again(SYSTEM, now=NOW)
    assert not Session.objects.filter(ended_at=None).exists()
