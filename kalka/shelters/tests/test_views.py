import pytest
from django.test import RequestFactory
from django.utils import translation

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.shelters import services, views
from kalka.shelters.models import Departure, Extension, Hold, Place, Shelter, Stay, StayChild, TurnAway
from kalka.shelters.tests.factories import BISHKEK, HOUR, NARYN, NOW, arrived, bed, country, held, network, running

pytestmark = pytest.mark.django_db
DUE = {"due_on_day": "7", "due_on_month": "12", "due_on_year": "2026"}
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def at():
    at = network()
    at.bed, at.next = bed(at.worker, at.shelter), bed(at.worker, at.shelter, number=2)
    return at


def ask(view, actor, *args, told=None, query="", now=NOW):
    factory = RequestFactory()
    given = {"key": str(new_id())} | told if told is not None else None
    request = factory.post("/", given) if given is not None else factory.get(f"/{query}")
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, "en"
    with translation.override("en"):
        return view(request, *args)


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_network_says_regions_and_figures_and_offers_to_hold(at):
    country(at, BISHKEK, BISHKEK, BISHKEK, NARYN, NARYN)
    shown = text(ask(views.network, at.clerk))
    assert f"?area={BISHKEK}" in shown and f"?area={NARYN}" in shown
    assert "Бешик" not in shown and str(at.shelter.pk) not in shown
    assert "/shelters/hold/" not in text(ask(views.network, ministry(at)))


def ministry(at):
    from kalka.cases.tests.factories import post

    return post("ministry_coordinator")


def test_a_place_is_held_from_the_page_and_shown_with_its_minutes(at):
    told = {"area": "country", "who": "woman", "children": "2", "note": "Кийими жок", "phone": "0555 12 12 34"}
    answer = ask(views.hold, at.clerk, told=told)
    hold = Hold.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/shelters/held/{hold.pk}/")
    shown = text(ask(views.held, at.clerk, hold.pk))
    assert show_ref(hold.ref) in shown and "Кийими жок" in shown and "10:10" in shown
    assert "/arrive/" not in shown, "whoever asked does not take her in"
    assert f"/shelters/held/{hold.pk}/arrive/" in text(ask(views.held, at.worker, hold.pk))
    assert ask(views.held, at.clerk, hold.pk, told={}).status_code == 302
    assert running(Place.objects.get(pk=hold.taking.place_id)) is None


def test_whoever_came_too_late_is_told_and_loses_nothing_typed(at):
    for _ in range(2):
        held(at.second)
    told = {"area": "country", "who": "woman", "children": "", "note": "Кийими жок"}
    shown = text(ask(views.hold, at.clerk, told=told), 409)
    assert "somebody else was a moment faster" in shown and "Кийими жок" in shown
    assert Hold.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"area": ""}, {"area": NARYN}, {"who": ""}, {"children": "99"}, {"note": "ө" * 2001}]
)
def test_what_is_wrong_is_said_beside_its_field(at, wrong):
    told = {"area": "country", "who": "woman", "children": "0", "note": ""} | wrong
    assert "field--bad" in text(ask(views.hold, at.clerk, told=told))
    assert not Hold.objects.exists()


def test_nobody_had_a_place_is_written_down_by_region_and_reason(at):
    assert "name" not in [field for field in TurnAway.privacy]
    told = {"region": NARYN, "reason": "sons_over_12", "who": "woman", "children": "1", "needs": "sons_over_12"}
    assert ask(views.turn_away, at.hotline, told=told).status_code == 302
    row = TurnAway.objects.get()
    assert (row.region, row.reason, row.sons_over_12) == (NARYN, "sons_over_12", True)
    del told["region"]
    assert ask(views.turned, at.worker, at.shelter.pk, told=told).status_code == 302
    assert TurnAway.objects.filter(shelter=at.shelter).count() == 1


def test_the_board_shows_rooms_beds_and_who_is_on_the_way(at):
    hold = held(at.clerk)
    shown = text(ask(views.board, at.worker))
    assert "Бешик" in shown and show_ref(hold.ref) in shown and f"/shelters/places/{at.bed.pk}/" in shown
    assert "Бешик" not in text(ask(views.board, at.other))


def test_a_shelter_a_bed_and_the_rules_are_written_down(at):
    assert ask(views.new, at.other, told={"name": "Уя", "region": BISHKEK}).status_code == 302
    made = Shelter.objects.exclude(pk=at.shelter.pk).get()
    told = {"room": "1", "bed": "1", "suits": ["woman", "children"]}
    assert ask(views.place_new, at.other, made.pk, told=told).status_code == 302
    assert "already" in text(ask(views.place_new, at.other, made.pk, told=told))
    assert ask(views.rules, at.other, made.pk, told={"text": "Тынч"}).status_code == 302
    assert "Тынч" in text(ask(views.rules, at.other, made.pk))


def test_a_bed_is_closed_opened_and_removed_from_its_page(at):
    closed = ask(views.place, at.worker, at.bed.pk, told={"do": "close", "why": "repair"})
    assert (closed.status_code, running(at.bed).kind) == (302, "closed")
    assert "In use again" in text(ask(views.place, at.worker, at.bed.pk))
    assert ask(views.place, at.worker, at.bed.pk, told={"do": "open"}).status_code == 302
    assert running(at.bed) is None
    assert "field--bad" in text(ask(views.place, at.worker, at.bed.pk, told={"do": "close", "why": ""}))
    assert ask(views.place, at.worker, at.bed.pk, told={"do": "retire"}).status_code == 302
    at.bed.refresh_from_db()
    assert at.bed.retired_at == NOW
    assert text(ask(views.place, at.worker, at.next.pk, told={"do": "burn"}))


def test_somebody_arrives_and_the_whole_stay_is_written_from_its_page(at):
    told = {"place_id": str(at.bed.pk), "sex": "f", "age_band": "25-34", "name": "Айгүл", "told": "", **DUE}
    answer = ask(views.arrive, at.worker, told=told)
    stay = Stay.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/shelters/stays/{stay.pk}/")
    own = {"sex": "m", "age_band": "7-13", "name": "", "place_id": str(at.next.pk)}
    assert ask(views.child, at.worker, stay.pk, told=own).status_code == 302
    later = {"due_on_day": "7", "due_on_month": "1", "due_on_year": "2027", "why": "court", "told": ""}
    later["seen"] = str(stay.due_on)
    assert ask(views.extend, at.worker, stay.pk, told=later).status_code == 302
    assert ask(views.keep, at.worker, stay.pk, told={"what": "Паспорт"}).status_code == 302
    shown = text(ask(views.stay, at.worker, stay.pk))
    assert all(words in shown for words in ("Айгүл", "Паспорт", "not established in the law", "Room 1, bed 2"))
    assert (StayChild.objects.count(), Extension.objects.count()) == (1, 1)
    assert stay.ref[:5] in text(ask(views.stays, at.worker)) and "Айгүл" not in text(ask(views.stays, at.worker))
    leave = {"where": "relatives", "plan": "Эжесиникине", "contact": "", **ON}
    assert ask(views.depart, at.worker, stay.pk, told=leave).status_code == 302
    assert Departure.objects.get().where == "relatives" and running(at.bed) is None
    assert "Эжесиникине" in text(ask(views.stay, at.worker, stay.pk))
    assert stay.ref[:5] in text(ask(views.stays, at.worker, query="?state=gone"))


def test_with_a_hold_she_is_taken_in_from_its_page(at):
    hold = held(at.clerk)
    place = hold.taking.place_id
    assert f'value="{place}"' in text(ask(views.arrive_held, at.worker, hold.pk))
    told = {"place_id": str(place), "sex": "f", "age_band": "unknown", "name": "", "told": "", **DUE}
    assert ask(views.arrive_held, at.worker, hold.pk, told=told, now=NOW + HOUR).status_code == 302
    assert Stay.objects.get().hold_id == hold.pk


def test_the_rules_are_told_and_what_is_kept_is_given_back_by_a_button(at):
    stay = arrived(at.worker, at.bed)
    services.write_rules(at.worker, id=new_id(), shelter_id=at.shelter.pk, text="Тынч", now=NOW)
    assert ask(views.rules_told, at.worker, stay.pk, told={}).url == f"/shelters/stays/{stay.pk}/"
    kept = services.keep_belonging(at.worker, id=new_id(), stay_id=stay.pk, what="Паспорт", now=NOW)
    assert ask(views.give_back, at.worker, kept.pk, told={}).url == f"/shelters/stays/{stay.pk}/"
    shown = text(ask(views.stay, at.worker, stay.pk))
    assert "given back" in shown and "explained" in shown


def test_what_may_not_be_seen_is_not_found(at):
    hold, stay = held(at.clerk), arrived(at.worker, at.next if held_bed(at) == at.bed.pk else at.bed)
    for view, part in (
        (views.held, hold.pk),
        (views.arrive_held, hold.pk),
        (views.place, at.bed.pk),
        (views.rules, at.shelter.pk),
        (views.address, at.shelter.pk),
        (views.where, at.shelter.pk),
        (views.turned, at.shelter.pk),
        *((view, stay.pk) for view in (views.stay, views.child, views.move, views.extend, views.keep, views.depart)),
    ):
        with pytest.raises(AccessDenied):
            ask(view, at.other, part)


def held_bed(at):
    return Hold.objects.get().taking.place_id
