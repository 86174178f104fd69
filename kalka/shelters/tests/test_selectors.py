import pytest

from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.shelters import selectors, services
from kalka.shelters.models import AddressKept
from kalka.shelters.rules import Suits, Wish
from kalka.shelters.tests.factories import (
    BISHKEK,
    CHUI,
    HOUR,
    MINUTE,
    NARYN,
    NOW,
    OSH,
    arrived,
    bed,
    country,
    held,
    network,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return network()


def free(actor, now=NOW):
    return {line.code: line.free for line in selectors.network(actor, now=now)}


def test_free_places_are_said_of_a_region_with_enough_shelters_and_of_the_others_together(at):
    country(at, BISHKEK, BISHKEK, BISHKEK, CHUI, NARYN, CHUI, OSH, OSH, OSH)
    lines = {line.code: line for line in selectors.network(at.clerk, now=NOW)}
    assert set(lines) == {BISHKEK, OSH, "north", "south"}
    assert (lines[BISHKEK].free, lines["north"].free, lines[OSH].free) == (3, 3, 3)
    assert lines["south"].none and not lines["north"].none, "none there is something else than a full one"
    assert lines[BISHKEK].suits[Suits.CHILDREN] == 3 and lines[BISHKEK].suits[Suits.MAN] == 0


def test_few_shelters_are_said_of_the_whole_country(at):
    country(at, OSH)
    bed(at.worker, at.shelter)
    assert free(at.police) == {"country": 2}


def test_no_line_of_the_network_names_a_house_or_an_organisation(at):
    country(at, BISHKEK, BISHKEK, BISHKEK)
    said = repr(selectors.network(at.clerk, now=NOW))
    assert "Бешик" not in said and "crisis_centre" not in said and str(at.shelter.pk) not in said


def test_a_held_a_taken_and_a_closed_place_is_not_free_and_an_old_hold_is_no_hold(at):
    places = [bed(at.worker, at.shelter, number=number) for number in (1, 2, 3)]
    assert free(at.clerk) == {"country": 3}
    hold = held(at.clerk)
    others = [one for one in places if one.pk != hold.taking.place_id]
    arrived(at.worker, others[0])
    services.close_place(at.worker, place_id=others[1].pk, why="staff", now=NOW)
    assert free(at.clerk) == {"country": 0}
    assert free(at.clerk, NOW + 90 * MINUTE) == {"country": 1}


def test_only_whoever_may_look_for_a_place_counts_them(at):
    for actor in (at.stranger, at.psychologist):
        with pytest.raises(AccessDenied):
            selectors.network(actor, now=NOW)


def test_the_network_is_two_queries_however_many(at, django_assert_num_queries):
    country(at, BISHKEK, BISHKEK, BISHKEK, OSH)
    with django_assert_num_queries(2):
        selectors.network(at.clerk, now=NOW)


def test_a_hold_is_seen_by_whoever_asked_and_by_the_shelter(at):
    bed(at.worker, at.shelter)
    hold = held(at.clerk, wish=Wish("woman"), note="Кийими жок")
    mine, theirs = (selectors.held_page(one, hold.pk, now=NOW) for one in (at.clerk, at.worker))
    assert (mine.mine, mine.here, mine.state, mine.note) == (True, False, "running", "Кийими жок")
    assert (theirs.mine, theirs.here, theirs.until) == (False, True, NOW + 90 * MINUTE)
    assert [state for _hold, state in selectors.my_holds(at.clerk, now=NOW + 2 * HOUR)] == ["expired"]
    for actor in (at.second, at.other, at.police):
        with pytest.raises(AccessDenied):
            selectors.held_page(actor, hold.pk, now=NOW)
    with pytest.raises(AccessDenied):
        selectors.held_page(at.clerk, hold.pk, now=NOW + 27 * HOUR)


def test_the_board_shows_every_bed_with_who_is_coming(at):
    one, two = bed(at.worker, at.shelter), bed(at.worker, at.shelter, room=2, suits=("man",))
    three = bed(at.worker, at.shelter, number=2)
    hold = held(at.clerk, wish=Wish("man"))
    stay = arrived(at.worker, one)
    services.close_place(at.worker, place_id=three.pk, why="repair", now=NOW)
    (house,) = selectors.houses(at.colleague, now=NOW)
    assert (house.name, house.region, house.free, house.has_address) == ("Бешик", NARYN, 0, False)
    beds = {line.id: line for line in house.beds}
    assert [(room.number, len(room.beds)) for room in house.rooms] == [(1, 2), (2, 1)]
    assert (beds[one.pk].state, beds[one.pk].part, beds[one.pk].ref) == ("stay", stay.pk, stay.ref)
    assert (beds[two.pk].state, beds[two.pk].part) == ("hold", hold.pk)
    assert (beds[three.pk].state, beds[three.pk].why) == ("closed", "repair")
    assert [line.ref for line in house.coming] == [hold.ref]
    assert AuditEntry.objects.get(command="shelters.board").subject_id == at.shelter.subject_id
    assert selectors.houses(at.other, now=NOW) == ()


def test_a_bed_is_offered_to_whoever_works_there_the_held_one_first(at):
    one, two = bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    hold = held(at.clerk)
    other = two if hold.taking.place_id == one.pk else one
    assert [id for id, *_ in selectors.place_choices(at.worker, now=NOW)] == [str(other.pk)]
    offered = [id for id, *_ in selectors.place_choices(at.worker, now=NOW, besides=hold.taking.place_id)]
    assert offered == [str(hold.taking.place_id), str(other.pk)]
    assert selectors.place_choices(at.other, now=NOW) == []


def test_an_address_nobody_wrote_down_is_not_there(at):
    assert selectors.last_address(at.worker, at.shelter.pk, now=NOW) is None
    with pytest.raises(AccessDenied):
        selectors.open_address(at.worker, at.shelter.pk, words="juniper felt apricot", now=NOW)
    assert not AddressKept.objects.exists()
