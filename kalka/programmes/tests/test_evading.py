"""Whoever leads says that he evades the programme: the duty that follows opens the form of proceedings, filled in."""

import re

import pytest

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import selectors as duty_list
from kalka.duties import services as duties
from kalka.duties.models import DutyEnd
from kalka.people.rules import Name, NewPerson
from kalka.proceedings.models import Proceeding
from kalka.programmes import selectors, views
from kalka.programmes.rules import Mark
from kalka.programmes.tests.factories import (
    NOW,
    TODAY,
    add,
    another,
    group,
    held,
    placed,
    sent,
    standing,
    stepped,
    world,
)
from kalka.programmes.tests.test_attending import evading
from kalka.programmes.tests.test_views import ask, day, read, said

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FILLED = {"sessions_set": "24", "sessions_missed": "3", **day("warned_on", TODAY), **day("on", TODAY), "told": ""}


@pytest.fixture
def at():
    """He missed three sessions, was asked, and the leader says that he evades."""
    made = world()
    made.sending = sent(made)
    gone(made, made.sending, times=3)
    return made


def gone(at, sending, times: int = 1) -> None:
    room = group(at)
    placed(at, sending, room)
    for number in range(times):
        held(at, room, {sending.enrolment_id: Mark("unexcused")}, days=number)
    evading(at, sending)


def asked(at):
    return [one for one in duty_list.of_subject(at.inspector, at.case.subject_id, now=NOW) if "evasion" in one.kind]


def test_the_duty_opens_the_form_with_what_the_programme_wrote_down(at):
    (duty,) = asked(at)
    assert duty.url == f"/cases/{at.case.ref}/programme/{at.man}/evasion/"
    page = read(ask(views.evasion, at.inspector, at.case.ref, at.man))
    for name, value in (("sessions_set", "24"), ("sessions_missed", "3"), ("warned_on_year", str(TODAY.year))):
        assert re.search(f'<input[^>]*name="{name}"[^>]*value="{value}"', page), name
    assert f"/programmes/{at.sending.enrolment_id}/" in page and f"/duties/{duty.id}/let-go/" in page
    assert "Токтосунов" not in page


def test_proceedings_are_opened_by_a_person_and_answer_the_duty(at):
    assert not Proceeding.objects.exists()
    made = said(views.evasion, at.inspector, at.case.ref, at.man, **FILLED)
    assert made.url == f"/cases/{at.case.ref}/proceedings/"
    row = Proceeding.objects.get()
    assert (row.ground, row.person_id, row.sessions_missed, row.sessions_set, row.warned_on, row.basis["key"]) == (
        "evasion_of_programme",
        at.man,
        3,
        24,
        TODAY,
        "programme.evasion_arrest_days",
    )
    assert asked(at) == []
    again = ask(views.evasion, at.inspector, at.case.ref, at.man)
    assert (again.status_code, again.url) == (302, f"/cases/{at.case.ref}/proceedings/")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(at):
    page = said(views.evasion, at.inspector, at.case.ref, at.man, **{**FILLED, "sessions_missed": "25"})
    assert page.status_code == 200 and "field--bad" in read(page)
    assert (Proceeding.objects.count(), len(asked(at))) == (0, 1)


def test_no_proceedings_is_a_decision_with_a_reason(at):
    (duty,) = asked(at)
    words = "Жумушка кеткен экен, кайтып келип улантат."
    duties.waive_duty(at.inspector, id=new_id(), duty_id=duty.id, reason=words, now=NOW)
    assert asked(at) == [] and DutyEnd.objects.get(duty=duty.id).how == "waived"
    assert not Proceeding.objects.exists()


def test_proceedings_against_one_man_do_not_answer_for_his_brother(at):
    brother = NewPerson(sex="m", names=(Name("Токтосунов", "Марат"),), birth_year=1990)
    his = add(at.inspector, at.case, brother).person_id
    gone(at, sent(at, person=his))
    assert {one.part for one in asked(at)} == {str(at.man), str(his)}
    said(views.evasion, at.inspector, at.case.ref, at.man, **FILLED)
    assert {one.part for one in asked(at)} == {str(his)}


def test_where_nobody_said_so_there_is_nothing_to_decide(at):
    other = another(at)
    placed(at, other, group(at))
    for person in (new_id(), other.person_id):
        with pytest.raises(AccessDenied):
            selectors.evading(at.inspector, at.case.ref, person, now=NOW)
    with pytest.raises(AccessDenied):
        selectors.evading(at.leader, at.case.ref, at.man, now=NOW)


def test_who_came_back_meanwhile_is_still_decided_on(at):
    stepped(at, at.sending, "returned")
    assert selectors.evading(at.inspector, at.case.ref, at.man, now=NOW).missed == 3
    assert "programme.evasion" in standing(at.case.subject_id)
