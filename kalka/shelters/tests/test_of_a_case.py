"""What the file of a family knows of a shelter, who is shut out of both, and what nobody learns by asking."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from kalka.access import selectors as access
from kalka.cases import services as cases
from kalka.cases.tests.factories import join, opened, wall
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.notices.models import Notice
from kalka.shelters import selectors, services
from kalka.shelters.models import Hold, Taking
from kalka.shelters.rules import NewChild, NewDeparture
from kalka.shelters.selectors import Card
from kalka.shelters.tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    RAION,
    TODAY,
    a_case,
    arrived,
    bed,
    held,
    network,
    post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    at = network()
    at.bed, at.next = bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    at.advocate = post("lawyer")
    at.case = a_case(at.second, at.advocate)
    return at


def card(at, actor, now):
    return selectors.card(actor, at.case, now=now)


def told(at, actor, now):
    return sorted((item.at, item.what) for item in card(at, actor, now).past)


def test_a_case_knows_that_somebody_is_sheltered_and_not_where(at):
    assert selectors.open_work(at.second, at.case, now=NOW) == ()
    hold = held(at.second, about=at.case)
    (line,) = card(at, at.second, NOW).now
    assert (line.kind, line.until, line.hold) == ("hold", NOW + 90 * MINUTE, hold.pk)
    assert card(at, at.second, NOW + 2 * HOUR).now == ()
    place = hold.taking.place
    stay = arrived(at.worker, place, hold=hold, now=NOW + HOUR)
    (line,) = card(at, at.second, NOW + 2 * HOUR).now
    assert (line.kind, line.since, line.until, line.hold) == ("stay", NOW + HOUR, None, None)
    assert selectors.open_stays(at.second, at.case, now=NOW + 2 * HOUR) == 1
    assert [one.code for one in selectors.open_work(at.second, at.case, now=NOW + HOUR)] == ["shelters.still_staying"]
    said = repr(card(at, at.second, NOW + HOUR))
    hidden = (place.pk, stay.pk, stay.ref, stay.subject_id, at.shelter.pk, at.worker.post_id, at.worker.organisation_id)
    assert not [one for one in map(str, hidden) if len(one) > 4 and one in said] and "Бешик" not in said


def test_the_time_of_a_case_tells_a_stay_once_whatever_bed_it_had(at):
    first = held(at.second, about=at.case)
    services.release_hold(at.second, hold_id=first.pk, now=NOW + MINUTE)
    held(at.second, about=at.case, now=NOW + HOUR)
    hold = held(at.second, about=at.case, now=NOW + 3 * HOUR)
    stay = arrived(at.worker, hold.taking.place, hold=hold, now=NOW + 4 * HOUR)
    free = at.next if hold.taking.place_id == at.bed.pk else at.bed
    child = NewChild("m", "7-13", place_id=free.pk)
    services.add_child(at.worker, id=new_id(), stay_id=stay.pk, told=child, now=NOW + 4 * HOUR)
    services.depart(at.worker, id=new_id(), stay_id=stay.pk, told=NewDeparture(TODAY, "home"), now=NOW + 5 * HOUR)
    assert told(at, at.second, NOW + DAY) == [
        (NOW, "shelters.held"),
        (NOW + MINUTE, "shelters.released"),
        (NOW + HOUR, "shelters.held"),
        (NOW + 150 * MINUTE, "shelters.expired"),
        (NOW + 3 * HOUR, "shelters.held"),
        (NOW + 4 * HOUR, "shelters.arrived"),
        (NOW + 5 * HOUR, "shelters.left"),
    ]
    assert selectors.open_work(at.second, at.case, now=NOW + DAY) == ()


def test_a_hold_that_ran_out_says_so_before_anybody_ended_it(at):
    held(at.second, about=at.case)
    assert told(at, at.second, NOW + 2 * HOUR)[-1] == (NOW + 90 * MINUTE, "shelters.expired")
    assert Taking.objects.running().count() == 1


def test_in_another_bed_she_is_there_once(at):
    hold = held(at.second, about=at.case)
    stay = arrived(at.worker, hold.taking.place, hold=hold, now=NOW)
    free = at.next if hold.taking.place_id == at.bed.pk else at.bed
    act = {"stay_id": stay.pk, "from_place": hold.taking.place_id, "to_place": free.pk, "now": NOW + HOUR}
    services.move(at.worker, **act)
    assert [what for _at, what in told(at, at.second, NOW + DAY)] == ["shelters.arrived", "shelters.held"]
    assert len(card(at, at.second, NOW + DAY).now) == 1


def test_whoever_does_not_see_the_case_or_may_not_know_of_shelters_learns_nothing(at):
    held(at.second, about=at.case)
    assert access.sees(at.advocate, at.case, now=NOW)
    for actor in (at.clerk, at.advocate, at.worker):
        assert card(at, actor, NOW) == Card(may_tell=actor is at.worker)
        assert selectors.open_stays(at.clerk, at.case, now=NOW) == 0


def test_a_place_is_held_for_a_case_by_whoever_sees_it(at):
    with pytest.raises(AccessDenied):
        held(at.clerk, about=at.case)
    assert (Hold.objects.count(), Taking.objects.count(), Notice.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.latest("id").refusal == "shelters.unknown"
    hold = held(at.second, about=at.case)
    assert bytes(hold.taking.about) and hold.subject_id != at.case
    assert at.case.bytes not in bytes(hold.taking.about), "the mark leads nowhere"


# At the door


def at_the_door(at):
    """Whoever works in the shelter and on the case as well, and somebody who came with a child and without a hold."""
    at.case = a_case(at.second, at.colleague)
    stay = arrived(at.worker, at.bed)
    child = NewChild("m", "7-13", place_id=at.next.pk)
    services.add_child(at.worker, id=new_id(), stay_id=stay.pk, told=child, now=NOW)
    return stay


def tells(at, actor, stay, case, now=NOW):
    return services.stay_of_case(actor, typed_ref=show_ref(stay.ref), about=case, now=now)


def test_whoever_came_to_the_door_is_said_to_be_of_a_case_by_whoever_sees_both(at):
    stay = at_the_door(at)
    assert card(at, at.second, NOW) == Card()
    assert tells(at, at.colleague, stay, at.case) == tells(at, at.colleague, stay, at.case) == stay
    (line,) = card(at, at.second, NOW).now
    assert (line.kind, line.since) == ("stay", NOW)
    assert selectors.open_stays(at.second, at.case, now=NOW) == 1
    assert selectors.files_about(post("ministry_coordinator"), [at.case]) == {stay.subject_id}
    services.depart(at.worker, id=new_id(), stay_id=stay.pk, told=NewDeparture(TODAY, "home"), now=NOW + HOUR)
    assert told(at, at.second, NOW + DAY) == [(NOW, "shelters.arrived"), (NOW + HOUR, "shelters.left")]


def test_of_two_cases_a_stay_is_of_one_and_of_none_that_is_not_seen(at):
    stay, other = at_the_door(at), a_case(at.colleague)
    for actor in (at.worker, at.other):
        with pytest.raises(AccessDenied):
            tells(at, actor, stay, at.case)
    stranger = replace(at.second, permissions=at.worker.permissions)  # sees the case and not the stay
    for actor, ref in ((stranger, stay.ref), (at.colleague, "ZZZZZZZZZZ")):
        with pytest.raises(DomainError, match="shelters.no_such_stay"):
            services.stay_of_case(actor, typed_ref=ref, about=at.case, now=NOW)
    tells(at, at.colleague, stay, at.case)
    with pytest.raises(DomainError, match="shelters.of_another_case"):
        tells(at, at.colleague, stay, other)
    assert card(at, at.colleague, NOW).now and selectors.card(at.colleague, other, now=NOW) == Card(may_tell=True)


def test_whoever_is_shut_out_of_the_case_loses_the_stay_with_it(at):
    stay = at_the_door(at)
    wall(at.case, at.worker.user_id)
    assert selectors.stay_page(at.worker, stay.pk, now=NOW)
    tells(at, at.colleague, stay, at.case)
    with pytest.raises(AccessDenied):
        selectors.stay_page(at.worker, stay.pk, now=NOW)


# Walls


def test_whoever_is_shut_out_of_the_case_meets_neither_the_hold_nor_the_stay(at):
    wall(at.case, at.colleague.user_id)
    hold = held(at.second, about=at.case)
    unseen(at, hold, None)
    stay = arrived(at.worker, hold.taking.place, hold=hold, now=NOW)
    unseen(at, hold, stay)


def unseen(at, hold, stay):
    """The colleague works in the shelter, and sees that a bed has somebody, as of every bed; not who, nor the paper."""
    for look in (selectors.held_page, services.release_hold):
        named = {"id": hold.pk} if look is selectors.held_page else {"hold_id": hold.pk}
        with pytest.raises(AccessDenied):
            look(at.colleague, **named, now=NOW)
    (house,) = selectors.houses(at.colleague, now=NOW)
    (bed,) = [one for one in house.beds if one.state != "free"]
    assert (bed.part, bed.ref) == (None, "")
    if stay is not None:
        assert selectors.stays(at.colleague, now=NOW) == ()
        for do in (
            lambda: selectors.stay_page(at.colleague, stay.pk, now=NOW),
            lambda: services.keep_belonging(at.colleague, id=new_id(), stay_id=stay.pk, what="x", now=NOW),
        ):
            with pytest.raises(AccessDenied):
                do()
        assert selectors.stay_page(at.worker, stay.pk, now=NOW).line.ref == stay.ref


def test_a_wall_of_later_stands_before_the_stay_too_and_goes_with_that_of_the_case(at):
    first, second = (post("window_coordinator", place=RAION, leads=True) for _ in range(2))
    case = opened(SimpleNamespace(inspector=at.police))
    for lead in (first, second):
        join(at.police, case, lead)
    hold = held(at.police, about=case.subject_id)
    stay = arrived(at.worker, hold.taking.place, hold=hold, now=NOW)
    assert selectors.stay_page(at.colleague, stay.pk, now=NOW)
    cases.declare_conflict(at.colleague, typed_ref=case.ref, why="kin", now=NOW)
    unseen(at, hold, stay)
    wall_of = {"case_ref": case.ref, "user_id": at.colleague.user_id, "reason": "Башка адам экен", "now": NOW + HOUR}
    lift = cases.ask_to_lift(first, id=new_id(), **wall_of)
    unseen(at, hold, stay)
    told = {"case_ref": case.ref, "lift_id": lift.pk, "agreed": True, "now": NOW + 2 * HOUR}
    cases.decide_lift(second, id=new_id(), **told)
    assert selectors.stay_page(at.colleague, stay.pk, now=NOW + 2 * HOUR).line.ref == stay.ref
