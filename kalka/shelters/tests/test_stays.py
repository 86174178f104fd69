"""A stay from door to door."""

from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.shelters import selectors, services
from kalka.shelters.models import Belonging, Departure, Extension, GivenBack, RulesTold, StayChild, Taking
from kalka.shelters.rules import NewChild, NewDeparture
from kalka.shelters.tests.factories import DAY, HOUR, MINUTE, NOW, TODAY, arrived, bed, held, network, running

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PLAN = "Эжесиникине барат, ордер менен"


@pytest.fixture
def at():
    at = network()
    at.bed, at.next = bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    at.stay = arrived(at.worker, at.bed, name="Айгүл", told="Астма")
    return at


def refusal(do):
    counted = (StayChild, Extension, Departure, Belonging, Taking, Duty)
    before = [model.objects.count() for model in counted]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in counted] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def longer(at, days, *, now=NOW, why="court", id=None):
    told = {"stay_id": at.stay.pk, "due_on": TODAY + timedelta(days=days), "why": why, "now": now}
    return services.extend_stay(at.worker, id=id or new_id(), told="Сот күтүлүүдө", **told)


def leaves(at, *, now=NOW, where="relatives", actor=None):
    told = NewDeparture(day_of(now), where, PLAN, "0555 12 12 34")
    return services.depart(actor or at.worker, id=new_id(), stay_id=at.stay.pk, told=told, now=now)


def test_the_page_of_a_stay_tells_the_shelter_and_nobody_else(at):
    page = selectors.stay_page(at.colleague, at.stay.pk, now=NOW + 3 * DAY)
    assert (page.name, page.told, page.beds, page.line.nights) == ("Айгүл", "Астма", ((1, 1),), 3)
    assert (page.line.due_on, page.line.over, page.left) == (TODAY + 14 * DAY, False, None)
    assert page.law is not None and not page.law.is_set, "how long somebody may stay was not found in the law"
    assert AuditEntry.objects.get(command="shelters.stay").subject_id == at.stay.subject_id
    for stranger in (at.other, at.clerk, at.police, at.stranger):
        with pytest.raises(AccessDenied):
            selectors.stay_page(stranger, at.stay.pk, now=NOW)
        assert selectors.stays(stranger, now=NOW) == ()


def test_each_child_is_written_down_by_itself_and_may_have_a_bed(at):
    told = {"stay_id": at.stay.pk, "now": NOW}
    small = services.add_child(at.worker, id=new_id(), told=NewChild("f", "0-6", "Бегимай"), **told)
    told["now"] = NOW + MINUTE
    own = services.add_child(at.worker, id=new_id(), told=NewChild("m", "7-13", place_id=at.next.pk), **told)
    assert (small.taking, own.taking) == (None, running(at.next))
    page = selectors.stay_page(at.worker, at.stay.pk, now=NOW)
    assert [(one.name, one.sex, one.age_band) for one in page.children] == [("Бегимай", "f", "0-6"), ("", "m", "7-13")]
    assert (page.beds, page.line.children) == (((1, 1), (1, 2)), 2)
    again = NewChild("f", "0-6", place_id=at.next.pk)
    assert refusal(lambda: services.add_child(at.worker, id=new_id(), told=again, **told)).code == "shelters.taken"
    adult = NewChild("f", "18-24")
    assert refusal(lambda: services.add_child(at.worker, id=new_id(), told=adult, **told)).facts["field"] == "age_band"


def test_another_bed_is_taken_before_the_old_one_is_left(at):
    act = {"stay_id": at.stay.pk, "from_place": at.bed.pk, "now": NOW + HOUR}
    services.move(at.worker, to_place=at.next.pk, **act)
    assert (running(at.bed), running(at.next).file) == (None, at.stay.subject_id)
    assert Taking.objects.get(place=at.bed).how == "moved"
    wrong = refusal(lambda: services.move(at.worker, to_place=at.bed.pk, **act))
    assert wrong.facts["field"] == "from_place"
    held(at.clerk, now=NOW + HOUR)
    act["from_place"] = at.next.pk
    assert refusal(lambda: services.move(at.worker, to_place=at.bed.pk, **act)).code == "shelters.taken"
    assert running(at.next).file == at.stay.subject_id, "she keeps the bed she has"


def test_a_stay_goes_on_until_another_day_and_the_duty_goes_along(at):
    first = Duty.objects.get(kind="shelters.stay_ends", ended_at=None)
    longer(at, 30)
    (standing,) = Duty.objects.filter(kind="shelters.stay_ends", ended_at=None)
    assert standing.due_at - first.due_at == timedelta(days=16)
    page = selectors.stay_page(at.worker, at.stay.pk, now=NOW)
    assert (page.line.due_on, page.extensions[0].why) == (TODAY + timedelta(days=30), "court")
    assert refusal(lambda: longer(at, 30)).facts["field"] == "due_on"
    assert refusal(lambda: longer(at, 40, why="tired")).facts["field"] == "why"


def test_when_the_agreed_day_has_passed_it_shows(at):
    (line,) = selectors.stays(at.worker, now=NOW + 15 * DAY)
    assert (line.over, line.nights) == (True, 15)


def test_the_rules_that_were_told_are_those_of_then(at):
    def told():
        return services.tell_rules(at.worker, id=new_id(), stay_id=at.stay.pk, now=NOW)

    assert refusal(told).code == "shelters.no_rules_yet"
    given = {"shelter_id": at.shelter.pk, "now": NOW}
    services.write_rules(at.worker, id=new_id(), text="22:00дөн кийин тынч", **given)
    assert selectors.stay_page(at.worker, at.stay.pk, now=NOW).rules_are_old
    assert told() == told() and RulesTold.objects.count() == 1
    page = selectors.stay_page(at.worker, at.stay.pk, now=NOW)
    assert (page.rules_told_at, page.rules_are_old) == (NOW, False)
    services.write_rules(at.worker, id=new_id(), text="21:00дөн кийин тынч", **given | {"now": NOW + HOUR})
    assert selectors.stay_page(at.worker, at.stay.pk, now=NOW + HOUR).rules_are_old
    assert selectors.house_rules(at.colleague, at.shelter.pk, now=NOW).text == "21:00дөн кийин тынч"


def test_what_is_kept_is_given_back_also_after_she_left(at):
    kept = services.keep_belonging(at.worker, id=new_id(), stay_id=at.stay.pk, what="Паспорт", now=NOW)
    assert "Паспорт".encode() not in bytes(kept.what.blob)
    leaves(at)
    (line,) = selectors.stay_page(at.worker, at.stay.pk, now=NOW).belongings
    assert (line.what, line.back_at) == ("Паспорт", None)
    for _ in range(2):
        services.give_back(at.colleague, id=new_id(), belonging_id=kept.pk, now=NOW + HOUR)
    assert GivenBack.objects.count() == 1
    (line,) = selectors.stay_page(at.worker, at.stay.pk, now=NOW + HOUR).belongings
    assert line.back_at == NOW + HOUR
    with pytest.raises(AccessDenied):
        services.give_back(at.other, id=new_id(), belonging_id=kept.pk, now=NOW)


def test_whoever_leaves_frees_every_bed_and_nothing_more_is_asked(at):
    own = NewChild("m", "7-13", place_id=at.next.pk)
    services.add_child(at.worker, id=new_id(), told=own, stay_id=at.stay.pk, now=NOW)
    leaves(at, now=NOW + 5 * DAY)
    assert (running(at.bed), running(at.next)) == (None, None)
    assert not Duty.objects.filter(kind="shelters.stay_ends", ended_at=None).exists()
    (line,) = selectors.stays(at.worker, now=NOW + 9 * DAY, gone=True)
    assert (line.nights, line.left_on, selectors.stays(at.worker, now=NOW + 9 * DAY)) == (5, TODAY + 5 * DAY, ())
    left = selectors.stay_page(at.worker, at.stay.pk, now=NOW + 9 * DAY).left
    assert (left.where, left.plan, left.contact) == ("relatives", PLAN, "0555 12 12 34")
    assert PLAN.encode() not in bytes(Departure.objects.get().plan.blob)


def test_after_she_left_nothing_is_added_to_the_stay(at):
    leaves(at)
    for do in (
        lambda: leaves(at),
        lambda: longer(at, 30),
        lambda: services.move(at.worker, stay_id=at.stay.pk, from_place=at.bed.pk, to_place=at.next.pk, now=NOW),
        lambda: services.add_child(at.worker, id=new_id(), stay_id=at.stay.pk, told=NewChild("f", "0-6"), now=NOW),
    ):
        assert refusal(do).code == "shelters.has_left"


def test_a_stranger_writes_nothing_into_a_stay(at):
    for do in (
        lambda: leaves(at, actor=at.other),
        lambda: services.keep_belonging(at.other, id=new_id(), stay_id=at.stay.pk, what="x", now=NOW),
        lambda: services.tell_rules(at.clerk, id=new_id(), stay_id=at.stay.pk, now=NOW),
    ):
        assert isinstance(refusal(do), AccessDenied)
    assert not access.sees(at.other, at.stay.subject_id, now=NOW)
