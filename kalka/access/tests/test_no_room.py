"""A database that refuses to grow, with real transactions: SQLite ends the whole of one when there is no room."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.translation import override

from kalka.access import pausing
from kalka.access.models import Grant
from kalka.access.tests.test_pausing import PAGE, again, sent
from kalka.accounts.models import Session
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.demo.staffing import staff
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.intake.models import Report
from kalka.vault.models import SubjectKey
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def walk() -> Walk:
    walk = Walk(staff(clock.now())).be("katchy")
    walk.client.raise_request_exception = False
    walk.client.cookies["kalka-csrf"] = "c" * 32
    return walk


@contextmanager
def no_room() -> Iterator[None]:
    """The database itself refuses to grow: SQLite by its own limit, PostgreSQL in the words of its full disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
            return
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"
        )
        cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON core_auditentry EXECUTE FUNCTION no_room()")
        yield
        cursor.execute("DROP TRIGGER no_room ON core_auditentry; DROP FUNCTION no_room()")


def test_without_room_nothing_is_half_saved_pages_are_read_and_later_the_same_form_is_saved(walk):
    told = sent(walk, what="узун " * 3900)
    Session.objects.update(seen_at=clock.now() - timedelta(minutes=5))
    before = counted()
    with no_room():
        while (answer := walk.client.post(PAGE, told)).status_code == 302:  # what is set aside is used up first
            told, before = told | {"key": str(uuid4())}, counted()
        reads = [walk.client.get(path).status_code for path in ("/", "/reports/", PAGE)]
        during = counted()
    html = unescape(answer.content.decode())
    with override("ky"):
        assert (answer.status_code, answer["Retry-After"]) == (507, "15")
        assert str(pausing.TITLES[507]) in html
    assert again(answer.content.decode())["key"] == [told["key"]]
    assert (during, reads) == (before, [200, 200, 200])
    assert not pausing.resting()
    assert walk.client.post(PAGE, again(answer.content.decode())).status_code == 302
    assert Report.objects.filter(pk=told["key"]).count() == 1


def counted() -> list[int]:
    return [model.objects.count() for model in (Report, SubjectKey, Grant, Duty, Event, AuditEntry)]
