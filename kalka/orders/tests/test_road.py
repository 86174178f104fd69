"""The question on the road about a man: by his number, or by name and year; never where she lives."""

from dataclasses import asdict

import pytest

from kalka.cases.rules import Part
from kalka.cases.tests import factories as cases
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.orders import selectors, views
from kalka.orders.selectors import Asked
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, NOW, TODAY
from kalka.orders.tests.test_views import ask, text
from kalka.people import services as people
from kalka.people.rules import Contact, Name, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PIN = "20101198500123"
HE = NewPerson("m", (Name("Асанов", "Бакыт", "Эркинович"),), birth_year=1985, pin=PIN)
HER_ADDRESS = "Токтогул көчөсү, 14-үй"
SHE = NewPerson("f", (Name("Асанова", "Жаңыл"),), contact=Contact(address=HER_ADDRESS, phone="0700112233"))


@pytest.fixture
def world():
    made = make.world()
    made.man = cases.add(made.inspector, made.case, HE, Part.ALLEGED).person_id
    made.child = cases.add(made.inspector, made.case, SHE, Part.CHILD).person_id
    made.far = cases.post("police_inspector", place=cases.FAR)
    return made


def found(world, **asked):
    return selectors.check(world.far, Asked(**asked), now=NOW)


@pytest.mark.parametrize(
    ("asked", "by_name"),
    [
        ({"pin": "2010119 8500123"}, False),
        ({"name": "Асанов Бакыт", "year": 1985}, True),
        ({"name": "Bakyt Asanov", "year": 1985}, True),
        ({"name": "Асанов Бакыт Эркинович", "year": 1985}, True),
        ({"pin": "2010119 8500123", "name": "Асанов Бакыт", "year": 1985}, False),
        ({"pin": "29999199900999", "name": "Асанов Бакыт", "year": 1985}, True),
    ],
    ids=str,
)
def test_a_running_order_is_found_by_the_man_it_is_against(world, asked, by_name):
    order = make.registered(world)
    (one,) = found(world, **asked)
    assert (one.line.id, one.ref, one.line.served) == (order.pk, "", False)
    assert one.by_name is by_name
    assert AuditEntry.objects.filter(kind="read", command="orders.lookup").count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Асанов Бакыт", "year": 1986},
        {"name": "Асанов Бакыт"},
        {"name": "Бакыт", "year": 1985},
        {"pin": "20101198500124"},
        {"name": "Асанова Жаңыл", "year": 1985},
    ],
    ids=str,
)
def test_whoever_is_not_the_man_is_not_found_and_the_question_is_recorded(world, asked):
    make.registered(world)
    assert found(world, **asked) == ()
    assert AuditEntry.objects.filter(kind="read", command="orders.lookup").count() == 1


def test_an_order_that_is_over_is_found_by_its_number_alone(world):
    make.registered(world)
    later = NOW + 31 * DAY
    assert selectors.check(world.far, Asked(pin=PIN), now=later) == ()
    assert len(selectors.check(world.far, Asked(number="12/345", pin=PIN), now=later)) == 1
    on_the_last = selectors.check(world.far, Asked(pin=PIN), now=NOW + 30 * DAY)
    assert [one.line.last_day for one in on_the_last] == [TODAY + 30 * DAY]


def test_only_the_police_ask_about_a_man(world):
    make.registered(world)
    assert selectors.check(world.prosecutor, Asked(pin=PIN), now=NOW) == ()
    assert len(selectors.check(world.prosecutor, Asked(number="12/345"), now=NOW)) == 1
    assert "personal number" not in text(ask(views.lookup, world.prosecutor))


def test_whoever_is_walled_off_finds_no_man(world):
    make.registered(world)
    cases.wall(world.case.subject_id, world.inspector.user_id)
    assert selectors.check(world.inspector, Asked(pin=PIN), now=NOW) == ()


def test_a_correction_of_who_he_is_is_found_at_once(world):
    make.registered(world)
    told = NewPerson("m", (Name("Асанов", "Бакыт"),), birth_year=1984)
    people.correct_person(world.inspector, id=new_id(), person_id=world.man, told=told, corrects=0, now=NOW)
    assert found(world, pin=PIN) == ()
    assert len(found(world, name="Асанов Бакыт", year=1984)) == 1


def test_the_page_says_what_is_forbidden_and_nothing_of_her(world):
    make.registered(world)
    told = {"key": str(new_id()), "number": "", "pin": "", "name": "Асанов Бакыт", "year": "1985"}
    page = text(ask(views.lookup, world.far, told=told))
    for words in ("Runs", "Direct and indirect contact is forbidden", "others may be called so", "not been told"):
        assert words in page
    for secret in (HER_ADDRESS, "Жаңыл", "0700112233", world.case.ref):
        assert secret not in page
    other = text(ask(views.lookup, world.far, told=told | {"key": str(new_id()), "pin": "29999199900999"}))
    assert "others may be called so" in other
    assert "address" not in str(asdict(found(world, pin=PIN)[0]))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write what you have"),
        ({"name": "Асанов Бакыт"}, "Write the year of birth too"),
        ({"name": "Асанов Бакыт", "year": "85"}, "Write a number from 1900"),
    ],
    ids=str,
)
def test_half_a_question_is_asked_again_and_nothing_was_looked_up(world, typed, words):
    blank = {"key": str(new_id()), "number": "", "pin": "", "name": "", "year": ""}
    assert words in text(ask(views.lookup, world.far, told=blank | typed))
    assert not AuditEntry.objects.filter(command="orders.lookup").exists()
