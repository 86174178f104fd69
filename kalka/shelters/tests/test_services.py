import pytest

from kalka.access import selectors as access
from kalka.access.models import Grant
from kalka.core.actors import SYSTEM, organisation_holder, post_holder
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.notices.models import Notice
from kalka.shelters import services
from kalka.shelters.models import Hold, Place, Stay, Taking, TurnAway
from kalka.shelters.rules import NewTurnAway, Wish
from kalka.shelters.tests.factories import (
    ALL,
    DAY,
    HOUR,
    MINUTE,
    MOTHER,
    NARYN,
    NOW,
    WOMAN,
    a_case,
    arrived,
    bed,
    held,
    network,
    running,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOTE, PHONE = "Колу сынган, балдар менен", "+996555121234"


@pytest.fixture
def at():
    return network()


def refusal(do):
    counted = (Hold, Stay, Place, TurnAway, Duty, Grant)
    before = [model.objects.count() for model in counted] + [Taking.objects.running().count()]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in counted] + [Taking.objects.running().count()] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


# The house


def test_a_shelter_is_its_organisations_and_its_name_is_sealed(at):
    assert (at.shelter.organisation_id, at.shelter.region) == (at.worker.organisation_id, NARYN)
    assert "Бешик".encode() not in bytes(at.shelter.name.blob)
    keys = access.unlock(at.colleague, [at.shelter.subject_id], what="test", now=NOW)
    assert keys.get(at.shelter, "name") == "Бешик"
    for stranger in (at.other, at.clerk, at.police):
        assert not access.sees(stranger, at.shelter.subject_id, now=NOW)


def test_nothing_nearer_than_a_region_is_kept_of_where_it_is(at):
    told = {"id": new_id(), "name": "Бешик", "now": NOW}
    refused = refusal(lambda: services.register_shelter(at.worker, region="41704245000000", **told))
    assert (refused.code, refused.facts["field"]) == ("shelters.not_an_answer", "region")


def test_a_bed_has_its_number_once_and_sent_twice_it_is_one(at):
    told = {"id": new_id(), "shelter_id": at.shelter.pk, "room": 1, "bed": 1, "suits": ALL, "now": NOW}
    place = services.add_place(at.worker, **told)
    assert services.add_place(at.worker, **told) == place and Place.objects.count() == 1
    refused = refusal(lambda: bed(at.worker, at.shelter))
    assert (refused.code, refused.facts) == ("shelters.bed_is_there", {"field": "bed"})
    assert isinstance(refusal(lambda: bed(at.other, at.shelter, number=2)), AccessDenied)


def test_a_bed_out_of_use_is_taken_by_nobody_and_comes_back(at):
    place = bed(at.worker, at.shelter)
    closed = services.close_place(at.worker, place_id=place.pk, why="repair", now=NOW)
    assert (closed.kind, closed.why) == ("closed", "repair")
    assert refusal(lambda: held(at.clerk)).code == "shelters.taken"
    services.open_place(at.worker, place_id=place.pk, now=NOW + HOUR)
    assert held(at.clerk, now=NOW + HOUR).taking.place_id == place.pk


def test_a_bed_somebody_has_is_neither_closed_nor_removed(at):
    place = bed(at.worker, at.shelter)
    held(at.clerk)
    act = {"place_id": place.pk, "now": NOW}
    assert refusal(lambda: services.close_place(at.worker, why="repair", **act)).code == "shelters.taken"
    assert refusal(lambda: services.retire_place(at.worker, **act)).code == "shelters.taken"


def test_a_bed_that_is_gone_leaves_its_number_free(at):
    place = bed(at.worker, at.shelter)
    services.retire_place(at.worker, place_id=place.pk, now=NOW)
    again = bed(at.worker, at.shelter, suits=("man",))
    assert refusal(lambda: held(at.clerk)).code == "shelters.taken"
    assert held(at.clerk, wish=Wish("man")).taking.place_id == again.pk


# Holds


def test_a_place_is_held_for_ninety_minutes_and_the_shelter_is_told(at):
    place = bed(at.worker, at.shelter)
    hold = held(at.clerk, wish=MOTHER, note=NOTE, phone=PHONE)
    taking = running(place)
    assert (hold.taking, taking.kind, taking.until) == (taking, "hold", NOW + 90 * MINUTE)
    assert (hold.who, hold.children, hold.sons_over_12) == ("woman", 2, False)
    keys = access.unlock(at.worker, [hold.subject_id], what="test", now=NOW)
    assert (keys.get(hold, "note"), keys.get(hold, "phone")) == (NOTE, PHONE)
    told = set(Notice.objects.filter(kind="shelter_hold").values_list("to_post", flat=True))
    assert told == {at.worker.post_id, at.colleague.post_id}, "not whoever does not work with the beds"
    entry = AuditEntry.objects.get(command="shelters.hold")
    assert (entry.kind, entry.object_id) == ("done", str(hold.pk))


def test_sent_twice_one_place_is_held(at):
    bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    id = new_id()
    assert held(at.clerk, id=id) == held(at.clerk, id=id, now=NOW + MINUTE)
    assert Taking.objects.count() == Hold.objects.count() == 1
    assert isinstance(refusal(lambda: held(at.second, id=id)), AccessDenied)


def test_the_last_place_is_held_once_and_the_other_one_is_told(at):
    bed(at.worker, at.shelter)
    held(at.clerk)
    refused = refusal(lambda: held(at.second))
    assert (refused.code, refused.facts) == ("shelters.taken", {"field": "area"})


def test_a_place_that_does_not_suit_is_not_held(at):
    bed(at.worker, at.shelter, suits=("woman",))
    for wish in (MOTHER, Wish("man"), Wish("woman", pets=True)):
        assert refusal(lambda wish=wish: held(at.clerk, wish=wish)).code == "shelters.taken"


def test_after_its_minutes_a_place_is_free_and_whoever_asked_is_told(at):
    place = bed(at.worker, at.shelter)
    first = held(at.clerk)
    assert refusal(lambda: held(at.second, now=NOW + 89 * MINUTE)).code == "shelters.taken"
    second = held(at.second, now=NOW + 90 * MINUTE)
    first.taking.refresh_from_db()
    assert (first.taking.how, first.taking.ended_at) == ("expired", NOW + 90 * MINUTE)
    assert running(place).file == second.subject_id
    assert Notice.objects.get(kind="shelter_hold_over").to_post_id == at.clerk.post_id


def test_what_runs_out_ends_by_itself_once(at):
    bed(at.worker, at.shelter)
    held(at.clerk)
    assert services.release_over(SYSTEM, now=NOW + 89 * MINUTE) == []
    assert len(services.release_over(SYSTEM, now=NOW + 2 * HOUR)) == 1
    assert services.release_over(SYSTEM, now=NOW + 2 * HOUR) == []
    assert Notice.objects.filter(kind="shelter_hold_over").count() == 1


def test_a_hold_is_given_up_by_either_side_and_once(at):
    place = bed(at.worker, at.shelter)
    hold = held(at.clerk)
    assert isinstance(refusal(lambda: services.release_hold(at.second, hold_id=hold.pk, now=NOW)), AccessDenied)
    services.release_hold(at.worker, hold_id=hold.pk, now=NOW)
    assert running(place) is None
    again = refusal(lambda: services.release_hold(at.clerk, hold_id=hold.pk, now=NOW))
    assert again.code == "shelters.hold_is_over"


def test_an_area_the_network_does_not_name_is_refused(at):
    bed(at.worker, at.shelter)
    assert refusal(lambda: held(at.clerk, area=NARYN)).code == "shelters.not_an_answer"


# Stays


def test_with_arrival_the_hold_becomes_a_stay_and_whoever_asked_sees_it_no_more(at):
    place = bed(at.worker, at.shelter)
    hold = held(at.clerk, about=a_case(at.clerk))
    stay = arrived(at.worker, place, hold=hold, now=NOW + HOUR, name="Айгүл")
    hold.taking.refresh_from_db()
    taking = running(place)
    assert (hold.taking.how, taking.kind, taking.file) == ("arrived", "stay", hold.subject_id)
    assert (stay.subject_id, stay.ref, taking.about) == (hold.subject_id, hold.ref, hold.taking.about)
    assert not access.sees(at.clerk, stay.subject_id, now=NOW + HOUR)
    assert access.sees(at.colleague, stay.subject_id, now=NOW + 400 * DAY)
    assert "Айгүл".encode() not in bytes(Stay.objects.get().name.blob)
    duty = Duty.objects.get(kind="shelters.stay_ends", ended_at=None)
    assert (duty.subject_id, duty.assignee_id, duty.about) == (stay.subject_id, at.worker.post_id, str(stay.pk))


def test_whoever_comes_to_the_door_needs_no_hold_and_no_name(at):
    place = bed(at.worker, at.shelter)
    stay = arrived(at.worker, place)
    assert (stay.hold, bool(stay.name), running(place).file) == (None, False, stay.subject_id)
    holders = set(Grant.objects.filter(subject_id=stay.subject_id).values_list("holder", flat=True))
    assert holders == {organisation_holder(at.worker.organisation_id)}


def test_nobody_is_put_into_a_bed_somebody_has(at):
    place = bed(at.worker, at.shelter)
    hold = held(at.clerk)
    assert refusal(lambda: arrived(at.worker, place)).code == "shelters.taken"
    arrived(at.worker, place, hold=hold)
    refused = refusal(lambda: arrived(at.colleague, place))
    assert (refused.code, refused.facts["field"]) == ("shelters.taken", "place_id")


def test_a_hold_for_another_shelter_brings_nobody_in(at):
    bed(at.worker, at.shelter)
    hold = held(at.clerk)
    theirs = services.register_shelter(at.other, id=new_id(), name="Башка", region=NARYN, now=NOW)
    place = bed(at.other, theirs)
    assert isinstance(refusal(lambda: arrived(at.other, place, hold=hold)), AccessDenied)


def test_a_hold_brings_one_stay(at):
    place, other = bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    hold = held(at.clerk)
    arrived(at.worker, place, hold=hold)
    assert refusal(lambda: arrived(at.worker, other, hold=hold)).code == "shelters.hold_is_over"


def test_turned_away_is_written_down_without_anybody(at):
    told = NewTurnAway(NARYN, "no_place", MOTHER)
    row = services.turn_away(at.hotline, id=new_id(), told=told, now=NOW)
    assert (row.region, row.reason, row.who, row.children, row.shelter) == (NARYN, "no_place", "woman", 2, None)
    assert not [field for field in TurnAway.privacy if TurnAway.privacy[field] == "sealed"]
    own = services.turn_away(at.worker, id=new_id(), told=told, shelter_id=at.shelter.pk, now=NOW)
    assert (own.region, own.subject_id) == (NARYN, at.shelter.subject_id)
    assert set(Grant.objects.filter(subject_id=row.subject_id).values_list("holder", flat=True)) == {
        post_holder(at.hotline.post_id)
    }
    bad = refusal(lambda: services.turn_away(at.clerk, id=new_id(), told=NewTurnAway(NARYN, "tired", WOMAN), now=NOW))
    assert (bad.code, bad.facts["field"]) == ("shelters.not_an_answer", "reason")
