"""One man, two women, two inspectors who see one case each; somebody only called so; and a wall."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.record import packed
from kalka.core.refs import new_id
from kalka.orders import services as orders
from kalka.orders.rules import NewBreach, NewOrder
from kalka.people.rules import Name, NewPerson
from kalka.perpetrators import selectors, views
from kalka.proceedings import services as proceedings
from kalka.proceedings.rules import NewCustody, NewEnd, NewProceeding
from tests.standing import stands

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW, TODAY = cases.NOW, cases.TODAY
HIM = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), birth_date=date(1988, 5, 4), pin="20405198800123")
SECOND = NewPerson(sex="f", names=(Name("ЭкинчиКанар", "Бурул"),), birth_year=1999)


def accused(by, case, told: NewPerson = HIM):
    return cases.add(by, case, told).person_id


@stands
def world() -> SimpleNamespace:
    made = cases.raion()
    made.other = cases.post("police_inspector", place=cases.FAR)
    made.here = cases.opened(made)
    made.man = accused(made.inspector, made.here)
    made.there = cases.opened(made, protected=SECOND, by=made.other, place=cases.FAR)
    made.same = accused(made.other, made.there)
    return made


@pytest.fixture
def at():
    return world()


def named(case):
    return {"case_ref": case.ref, "now": NOW}


def happened(at) -> None:
    """There: an order that was broken, a judgement, and he is held."""
    told = NewOrder(issued_at=NOW, respondent=at.same)
    order = orders.register_order(at.other, id=new_id(), told=told, **named(at.there))
    orders.record_breach(
        at.other, id=new_id(), order_id=order.pk, told=NewBreach(told="АйткандарКанар"), **named(at.there)
    )
    new = NewProceeding(at.same, "offence", TODAY, told="БаяндооКанар")
    row = proceedings.open_proceeding(at.other, id=new_id(), told=new, **named(at.there))
    end = NewEnd("guilty", TODAY, sentence="arrest", amount=5)
    proceedings.end_proceeding(at.other, id=new_id(), proceeding_id=row.pk, told=end, **named(at.there))
    held = NewCustody(at.same, "arrest", "police", NOW)
    proceedings.take_into_custody(at.other, id=new_id(), told=held, **named(at.there))


def ordered(by, case, person) -> None:
    orders.register_order(by, id=new_id(), told=NewOrder(issued_at=NOW, respondent=person), **named(case))


def across(at, by=None, person=None):
    return selectors.across(by or at.inspector, person or at.man, now=NOW)


def test_one_person_is_seen_across_cases_and_what_is_not_shown_stays_codes(at):
    happened(at)
    found = across(at)
    assert (found.victims, found.orders, found.running, found.breaches, found.guilty, found.held) == (
        2,
        1,
        1,
        1,
        1,
        True,
    )
    own, other = found.files
    assert (own.ref, own.sure, len(own.suffered), own.orders) == (at.here.ref, True, 1, ())
    assert (other.ref, other.relation, other.suffered, other.sure) == ("", "", (), True)
    ((line, breaches),) = other.orders
    assert (line.runs, breaches) == (True, 1)
    assert [one.end.how for one in other.proceedings] == ["guilty"] and [one.is_held for one in other.custody] == [True]


def test_the_page_of_it_holds_nothing_of_the_other_case(at):
    happened(at)
    request = RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = at.inspector, NOW, "ky"
    page = views.person(request, at.man).content.decode()
    assert at.here.ref in page
    for word in (at.there.ref, "ЭкинчиКанар", "АйткандарКанар", "БаяндооКанар", "Токтосунов", str(at.same)):
        assert word not in page


def test_that_she_told_of_him_and_nothing_was_done_yet_is_nobody_elses_to_know(at):
    found = across(at)
    assert ([one.ref for one in found.files], found.victims) == ([at.here.ref], 1)
    cases.join(at.other, at.there, at.inspector)
    found = across(at)
    assert ({one.ref for one in found.files}, found.victims) == ({at.here.ref, at.there.ref}, 2)


def test_each_look_is_written_down_in_every_file_it_touched(at):
    across(at)
    entry = AuditEntry.objects.filter(command="perpetrators.across").latest("id")
    assert bytes(entry.ids) == packed({at.here.subject_id, at.there.subject_id})


def test_whoever_is_shut_out_of_the_other_case_learns_nothing_of_it(at):
    happened(at)
    cases.wall(at.there.subject_id, at.inspector.user_id)
    found = across(at)
    assert (len(found.files), found.victims, found.orders, found.held) == (1, 1, 0, False)
    cases.wall(at.here.subject_id, at.inspector.user_id)
    with pytest.raises(AccessDenied):
        across(at)


def test_a_victim_is_not_looked_up_and_a_stranger_looks_at_nobody(at):
    for by, person in ((at.inspector, cases.protected_of(at.here)), (at.other, at.man), (at.worker, at.man)):
        with pytest.raises(AccessDenied):
            across(at, by, person)


@pytest.mark.parametrize(
    ("told", "files"),
    [
        (replace(HIM, pin=""), [True, True, False]),  # by name and day of birth: look at his papers
        (replace(HIM, pin="20405198800999"), [True, True]),  # another number is another man
        (replace(HIM, pin="", birth_date=None, birth_year=1988), [True, True]),  # a name and a year are nobody
        (NewPerson(sex="m", pin=HIM.pin), [True, True, True]),  # written down under another name
    ],
)
def test_by_what_he_is_known_again(at, told, files):
    third = cases.opened(at, protected=replace(SECOND, names=()), by=at.other, place=cases.FAR)
    ordered(at.other, at.there, at.same)
    ordered(at.other, third, accused(at.other, third, told))
    assert sorted((one.sure for one in across(at).files), reverse=True) == files  # two are of one moment


def test_somebody_who_is_a_victim_elsewhere_is_not_accused_there(at):
    third = cases.opened(at, protected=HIM, by=at.other, place=cases.FAR)
    ordered(at.other, at.there, at.same)
    assert third.ref not in [one.ref for one in across(at, at.other, at.same).files]
    assert len(across(at).files) == 2


def test_as_many_statements_for_many_cases_as_for_two(at, django_assert_num_queries):
    happened(at)
    with django_assert_num_queries(40, exact=False) as two:
        across(at)
    for _case in range(3):
        third = cases.opened(at, protected=replace(SECOND, names=()), by=at.other, place=cases.FAR)
        ordered(at.other, third, accused(at.other, third))
    with django_assert_num_queries(len(two)):
        assert len(across(at).files) == 5
