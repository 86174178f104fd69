"""What the results page asks of the database grows with nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kalka.committees import services as founding
from kalka.committees.rules import Founding
from kalka.committees.tests.factories import FAR, FOUNDED, NOW, added, founded
from kalka.core import memory
from kalka.core.refs import new_id
from kalka.core.tests.test_memory import token
from kalka.families.tests import factories as registers
from kalka.prevention import services as prevention
from kalka.prevention.rules import NewEvent
from kalka.results import services, views
from kalka.results.rules import Quarter
from kalka.training.tests import factories as courses

pytestmark = pytest.mark.django_db
SPAN = {"since": "2026-01-01", "until": "2026-12-31", "scope": "all"}


def shown(actor) -> HttpResponse:
    """As a request is answered: what is kept in memory was asked for once, before it."""
    asked = RequestFactory().get("/", SPAN)
    asked.actor, asked.now, asked.LANGUAGE_CODE = actor, NOW, "ky"
    with translation.override("ky"), memory.as_of(token()):
        answer = views.page(asked)
    assert answer.status_code == 200
    return answer


def statements(actor) -> list[str]:
    shown(actor)  # what is kept is read now
    with CaptureQueriesContext(connection) as said:
        shown(actor)
    return [one["sql"] for one in said.captured_queries]


def test_the_page_asks_no_more_for_more_committees_and_records():
    world = founded()
    by = world.secretary

    def one_more(number: int) -> None:
        registers.noted(by)
        added(by, name=f"Мүчө {number}")
        courses.entry(courses.course(courses.programme(name=f"Окуу {number}")), 3)
        told = NewEvent("meeting", date(2026, 9, 1) + timedelta(days=number), by.place, 1, "", 40)
        prevention.record_event(by, id=new_id(), told=told, now=NOW)

    one_more(0)
    services.send_report(by, id=new_id(), quarter=Quarter(2026, 3), now=NOW)
    few = statements(world.ministry)
    founding.found(world.ministry, id=new_id(), place=FAR, told=Founding(since=FOUNDED), now=NOW)
    for number in range(1, 5):
        one_more(number)
    services.send_report(by, id=new_id(), quarter=Quarter(2026, 2), now=NOW)
    many = statements(world.ministry)
    assert len(many) == len(few), [one for one in many if one not in few]
    assert len(few) < 90
