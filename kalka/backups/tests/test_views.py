import pytest
from django.conf import settings as told
from django.test import Client
from django.utils import translation

from kalka.backups.models import Backup, Drill
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.demo.staffing import Member, staff
from tests.matrix.world import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> dict[str, Member]:
    settings.BACKUP_TO, settings.BACKUP_RECIPIENTS, settings.DEMO = tmp_path, ["age1x"], False
    return staff(clock.now())


def client(member: Member) -> Client:
    made = Client()
    made.cookies[told.SESSION_COOKIE] = token(member.actor)
    made.cookies[told.LANGUAGE_COOKIE_NAME] = "en"
    return made


def page(member: Member, path: str = "/backups/") -> str:
    with translation.override("en"):
        answer = client(member).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def made(**more) -> None:
    now = clock.now()
    Backup.objects.create(id=new_id(), started_at=now, ended_at=now, by_night=True, data_bytes=5_000_000, **more)


def drilled(**more) -> None:
    now = clock.now()
    Drill.objects.create(id=new_id(), started_at=now, of_moment=now, seconds=4, **more)


def test_what_is_wrong_stands_first_and_on_today(world):
    text, today = page(world["admin"]), page(world["admin"], "/")
    assert "No backup has been made yet" in text and "kalka backup" in text and "none yet" in text
    assert "No backup has been made yet" in today and 'href="/backups/">What this means and what to do' in today


def test_when_all_is_well_it_says_so_and_today_says_nothing(world):
    made(rows=1200)
    drilled(opened=1)
    text = page(world["admin"])
    assert "Nothing needs to be done" in text and "a case was opened" in text and "1,200" in text
    assert "notice--danger" not in text and "what to do" not in page(world["admin"], "/")


def test_why_something_failed_is_said_in_words(world):
    made()
    made(error="backups.folder_missing")
    made(error="backups.program_missing")
    drilled(error="backups.identity_wrong")
    drilled(error="backups.drill_sealed")
    text = page(world["admin"])
    for words in ("Is its disk connected?", "client programs", "not of one of the recipients", "could not be opened"):
        assert words in text
    assert "No backup has ever been tried" in text


def test_nobody_else_is_told_and_a_demo_raises_no_alarm(world, settings):
    answer = client(world["sotsial"]).get("/backups/")
    assert answer.status_code == 404
    assert "backed up" not in page(world["sotsial"], "/")
    settings.DEMO = True
    text = page(world["admin"])
    assert "This is a demo" in text and "notice--danger" not in text
    assert "notice--danger" not in page(world["admin"], "/")
