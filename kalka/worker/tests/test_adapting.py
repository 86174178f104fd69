"""Other programs are asked by themselves where an installation named one; what fails is told to the administrator."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import ClassVar

import pytest
from django.conf import settings as told_settings
from django.test import Client

from config.env import Register
from kalka.core import clock
from kalka.demo.staffing import staff
from kalka.jobs.models import PeriodicRun
from kalka.jobs.periodic import run_due
from kalka.monitoring.adapter import Sent
from kalka.monitoring.models import DeviceSignal
from kalka.monitoring.tests import factories as watched
from kalka.orders.models import ProtectionOrder, RegisterLine
from kalka.orders.rules import Numbered
from kalka.orders.rules.listed import Listed
from kalka.orders.tests.factories import DAY, NOW, TODAY
from kalka.worker import adapting
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HERE = __name__


class Office:
    """A double of the police register."""

    lines: ClassVar[list[Listed]] = []
    asked: ClassVar[list[object]] = []

    def since(self, day):
        self.asked.append(day)
        return list(self.lines)


class Watch:
    """A double of the centre that watches the devices."""

    signals: ClassVar[list[Sent]] = []
    asked: ClassVar[list[object]] = []

    def since(self, moment):
        self.asked.append(moment)
        return list(self.signals)


@pytest.fixture
def world() -> SimpleNamespace:
    for double in (Office, Watch):
        double.asked.clear()
    Office.lines, Watch.signals = [], []
    return watched.world()


def errors() -> dict[str, str]:
    return dict(PeriodicRun.objects.values_list("name", "error"))


def test_where_nothing_is_named_nothing_runs(settings):
    settings.ORDER_REGISTER, settings.MONITORING_CENTRE = None, ""
    assert adapting.table() == ()


def test_the_register_is_asked_again_a_while_back_and_what_it_says_is_there_once(settings, world):
    settings.ORDER_REGISTER = Register(f"{HERE}.Office", world.inspector.post_id)
    Office.lines = [Listed(Numbered(world.office.pk, "77/1"), TODAY, TODAY + 30 * DAY)]
    for n in range(2):
        assert run_due(adapting.table(), NOW + n * timedelta(hours=1)) == [adapting.REGISTER]
    assert (RegisterLine.objects.count(), errors()) == (1, {adapting.REGISTER: ""})
    assert Office.asked == [TODAY - 366 * DAY, TODAY - 7 * DAY]
    row = RegisterLine.objects.get()
    assert (row.author_id, row.post_id) == (-1, world.inspector.post_id)


def test_what_cannot_be_taken_holds_up_nothing_and_stays_told_until_it_can(settings, world):
    settings.ORDER_REGISTER = Register(f"{HERE}.Office", world.inspector.post_id)
    good = Listed(Numbered(world.office.pk, "77/1"), TODAY, TODAY + 30 * DAY)
    bad = replace(good, numbered=Numbered(world.office.pk, "77/2"), last_day=TODAY - DAY)
    Office.lines = [bad, good]
    run_due(adapting.table(), NOW)
    assert (RegisterLine.objects.count(), errors()) == (1, {adapting.REGISTER: "orders.register_refused"})
    Office.lines = [good]
    run_due(adapting.table(), NOW + DAY)
    assert errors() == {adapting.REGISTER: ""}


def test_for_a_post_that_is_not_there_nobody_is_asked(settings, world):
    settings.ORDER_REGISTER = Register(f"{HERE}.Office", world.inspector.post_id)
    settings.ORDER_REGISTER = Register(f"{HERE}.Office", 10**6)
    run_due(adapting.table(), NOW)
    assert (Office.asked, errors()) == ([], {adapting.REGISTER: "orders.register_has_no_post"})
    assert not ProtectionOrder.objects.exists()


def test_signals_come_by_themselves_and_one_of_an_unknown_device_is_told(settings, world):
    settings.MONITORING_CENTRE = f"{HERE}.Watch"
    watched.fitted(world, watched.decided(world))
    Watch.signals = [Sent("S-1", watched.DEVICE, "battery", None), Sent("S-2", "NOBODY-1", "near", NOW)]
    for n in range(2):
        run_due(adapting.table(), NOW + n * timedelta(minutes=1))
    assert (DeviceSignal.objects.count(), errors()) == (1, {adapting.CENTRE: "monitoring.signals_refused"})
    assert Watch.asked == [NOW - timedelta(days=1)] * 2


@pytest.mark.parametrize(("who", "told"), [("admin", True), ("inspektor", False)])
def test_what_failed_stands_on_today_of_whoever_keeps_it_running(who, told):
    for name, code in ((adapting.CENTRE, "monitoring.signals_refused"), ("people.index", "jobs.unexpected")):
        PeriodicRun.objects.create(name=name, started_at=clock.now(), ended_at=clock.now(), error=code)
    world = staff(clock.now())
    client = Client()
    client.cookies[told_settings.SESSION_COOKIE] = token(world[who].actor)
    client.cookies[told_settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get("/").content.decode()
    assert ("of a device that watches nobody here" in text, "It broke off: people.index" in text) == (told, told)
    PeriodicRun.objects.update(started_at=clock.now() - timedelta(minutes=20))
    text = client.get("/").content.decode()
    assert ("Nothing has run by itself since" in text, "people.index" in text) == (told, False)
