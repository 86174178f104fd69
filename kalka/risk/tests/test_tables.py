"""The internal rules: complete, strict, and each said in three languages."""

from datetime import timedelta

import pytest

from kalka.core import datafile
from kalka.core.datafile import LANGUAGES, Fields
from kalka.core.errors import DomainError
from kalka.duties.kinds import KINDS
from kalka.instruments import editions
from kalka.risk import offered, tables
from kalka.risk.rules import Place
from kalka.risk.tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_more_danger_never_asks_for_less():
    measures = tables.measures()
    for of in (2, 3, 4, 5):
        asked = [{one.kind for one in measures.at(Place(at, of))} for at in range(1, of + 1)]
        assert all(lower <= higher for lower, higher in zip(asked, asked[1:], strict=False))
        assert asked[0] < asked[-1]


def test_every_measure_is_a_duty():
    measures = tables.measures()
    also = {kind.also.kind for kind in tables.triggers().kinds.values() if kind.also}
    assert also | {one.kind for one in (*measures.by_level, *measures.alerts.values())} <= KINDS.keys()


def test_the_triggers_are_those_of_the_table():
    found = tables.triggers()
    assert set(found.kinds) == {
        "new_incident",
        "order_breached",
        "order_expiring",
        "planned_release",
        "unplanned_release",
        "address_changed",
        "life_changed",
        "complaint_withdrawn",
        "weapon_licence",
        "contacts_failed",
        "bracelet_alarm",
        "released",
        "found_guilty",
        "call_in_order",
        "visit_denied",
        "threat_heard",
    }
    by_hand = {code for code, kind in found.kinds.items() if kind.by_hand}
    assert by_hand == {"address_changed", "life_changed", "weapon_licence", "contacts_failed"}
    assert all(kind.title.keys() == set(LANGUAGES) for kind in found.kinds.values())
    assert found.kinds["complaint_withdrawn"].floor is None, "a word taken back neither lifts nor lowers"


def test_each_thing_that_happens_to_her_asks_for_an_assessment():
    found = tables.triggers()
    assert found.of_history == {
        "incident": "new_incident",
        "order_breached": "order_breached",
        "withdrawal": "complaint_withdrawn",
        "released": "released",
        "weapon_found": "weapon_licence",
        "found_guilty": "found_guilty",
        "call_in_order": "call_in_order",
        "visit_denied": "visit_denied",
    }
    assert {code for code, kind in found.kinds.items() if kind.quiet} == {"visit_denied"}
    assert {kind.covers for kind in found.kinds.values()} <= {"", *found.kinds}


def test_a_trigger_is_due_from_now_or_before_its_moment():
    assert tables.trigger("order_breached").due(NOW, None) == NOW + timedelta(hours=12)
    assert tables.trigger("bracelet_alarm").due(NOW, None) == NOW
    before = tables.trigger("order_expiring")
    assert before.due(NOW, NOW + timedelta(days=30)) == NOW + timedelta(days=27)
    assert before.due(NOW, NOW + timedelta(days=1)) == NOW


@pytest.mark.parametrize(
    "text",
    [
        "{hours: 1, hours_before: 2, title: {ky: а, ru: б, en: c}}",
        "{title: {ky: а, ru: б, en: c}}",
        "{hours: 1, title: {ky: а, ru: б}}",
        "{hours: 1, until: 3, title: {ky: а, ru: б, en: c}}",
    ],
)
def test_a_trigger_that_says_too_little_or_too_much_is_refused(text):
    with pytest.raises(DomainError) as refusal:
        tables._trigger("x", Fields(datafile.parse(text, "x"), "x"))
    assert refusal.value.code == "datafile.refused"


@pytest.mark.parametrize("text", ["{KG01: {incident: 1}}", "{KG99: {incident: 1}}", "{KG15: {divorced: 1}}"])
def test_a_register_answers_only_items_of_its_own_from_known_events(text):
    with pytest.raises(DomainError):
        tables._items("KG-DEMO", Fields(datafile.parse(text, "x"), "x"))


@pytest.mark.parametrize("text", ['{"2": 1}', '{"2": 3, "3": 3, "4": 3, "5": 4}'])
def test_a_scale_is_whole_and_has_its_levels(text):
    with pytest.raises(DomainError):
        tables._lowest(Fields(datafile.parse(text, "x"), "x"))


@pytest.mark.parametrize(
    ("training", "first", "all_of_them"),
    [(True, "KG-DEMO", ["KG-DEMO", "SPJ", "LAP", "PL-KSR-A"]), (False, "SPJ", ["SPJ", "LAP", "PL-KSR-A"])],
)
def test_the_form_to_learn_on_is_offered_where_people_learn_alone(settings, training, first, all_of_them):
    settings.TRAINING_FORMS = training
    assert [one.id for one in offered.offered()] == all_of_them
    assert [one.id for one in offered.empty_slots()] == ["KG-417"]
    assert offered.default().id == first


def test_what_is_kept_to_compare_is_in_no_page(settings):
    named = {one.id for one in (*offered.offered(), *offered.empty_slots())}
    assert not named & set(editions.names(editions.REFERENCE))
    for name in editions.names(editions.REFERENCE):
        with pytest.raises(DomainError) as refusal:
            offered.edition(name)
        assert refusal.value.code == "risk.form_not_offered"


def test_a_form_that_became_another_is_not_scored():
    form = editions.latest("KG-DEMO")
    assert offered.used("KG-DEMO", form.version, form.digest) == form
    with pytest.raises(DomainError) as refusal:
        offered.used("KG-DEMO", form.version, "other")
    assert refusal.value.code == "risk.form_changed"
