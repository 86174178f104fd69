from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from kalka.places import selectors
from kalka.places.models import Place, Succession
from kalka.places.selectors import PlaceInfo
from kalka.places.tests.factories import WHOLE, builtin, load, of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def territory():
    load(*WHOLE)


def test_a_place_is_found_by_its_code(territory):
    names = {"ky": "Көл айыл аймагы", "ru": "Кольский айылный аймак", "en": "Kol"}
    assert selectors.get("9111") == PlaceInfo("9111", "ayil_aimak", "911", names, "draft")
    assert selectors.get("9999") is None


def test_the_chain_goes_from_the_place_to_the_country(territory):
    assert selectors.chain("91111") == ["91111", "9111", "911", "91", "9"]
    assert selectors.chain("9999") == []


def test_chains_of_many_places(territory):
    found = selectors.chains(["91111", "9121", "9999"])
    assert {code: [info.code for info in above] for code, above in found.items()} == {
        "91111": ["91111", "9111", "911", "91", "9"],
        "9121": ["9121", "912", "91", "9"],
    }
    assert found["9121"][0] == selectors.get("9121")
    assert selectors.chains([]) == {}


def test_a_chain_carries_the_days_a_place_stood():
    load(*WHOLE)
    load(*of("2026-01", *WHOLE[:4]))
    assert selectors.chains(["9111"])["9111"][0].valid_to == date(2026, 1, 1)


def test_a_ring_in_the_rows_does_not_hang(territory):
    Place.objects.filter(code="91").update(parent="911")
    assert selectors.chain("911")[:3] == ["911", "91", "911"]
    assert selectors.within("911") == {"911", "91", "912", "9111", "9112", "9121", "91111"}


def test_what_lies_within(territory):
    assert selectors.within("911") == {"911", "9111", "9112", "91111"}
    assert selectors.within("9999") == set()


def test_names_fall_back_to_russian_where_the_kyrgyz_one_is_not_reviewed(territory):
    assert selectors.names(["9111", "9112", "9121", "8"], "ky") == {
        "9111": "Кольский айылный аймак",
        "9112": "Безымянный айылный аймак",
        "9121": "Көл айыл аймагы",
        "8": "8",
    }
    assert [selectors.get(code).draft for code in ("9111", "9112", "9121")] == [True, True, False]


def test_a_name_is_in_the_language_of_the_page(territory):
    with override("en"):
        assert selectors.name("91") == "Chuko oblast"
    assert selectors.name("91", "ky") == "Чүкө облусу"
    assert selectors.full_name("91111", "ru") == "Орюк, Кольский айылный аймак, Карасский район, Чукинская область"
    assert selectors.full_name("9", "ru") == "Страна"
    assert selectors.full_name("8") == "8"


def test_choices_of_a_level_are_alphabetical_and_show_the_raion_where_names_repeat(territory):
    assert selectors.choices(level="ayil_aimak", lang="ru") == [
        ("9112", "Безымянный айылный аймак"),
        ("9121", "Кольский айылный аймак, Акский район"),
        ("9111", "Кольский айылный аймак, Карасский район"),
    ]
    assert selectors.choices("911", ("ayil_aimak", "village"), lang="ru") == [
        ("9112", "Безымянный айылный аймак"),
        ("9111", "Кольский айылный аймак"),
        ("91111", "Орюк"),
    ]


def test_choices_without_a_level_are_the_tree_without_villages(territory):
    found = selectors.choices("91", lang="en")
    assert [code for code, _ in found] == ["91", "912", "9121", "911", "9111", "9112"]


def test_names_that_repeat_in_one_raion_show_their_code(territory):
    Place.objects.filter(code="9121").update(parent="911")
    assert selectors.choices("911", "ayil_aimak", lang="en")[:2] == [
        ("9111", "Kol, Kara raion · 9111"),
        ("9121", "Kol, Kara raion · 9121"),
    ]


def test_what_has_ended_is_offered_only_for_a_day_it_stood(territory):
    load(*of("2026-01", *WHOLE[:4]))
    assert selectors.choices(level="village") == []
    assert selectors.choices(level="village", on=date(2025, 12, 31), lang="ky") == [("91111", "Өрүк")]
    assert selectors.choices(level="village", on=date(2026, 1, 1)) == []
    assert selectors.vintages() == ["2026-01", "2021-04"]


def test_a_territory_that_was_read_is_kept_until_a_row_of_it_changes(territory, django_assert_num_queries):
    selectors.name("911")
    with django_assert_num_queries(4):  # each asks whether it still is what it was
        assert selectors.chain("911") == ["911", "91", "9"]
        assert selectors.full_name("911", "en") == "Kara raion, Chuko oblast"
        assert selectors.choices("911", "village", lang="en") == selectors.choices("911", "village", lang="en")
    Place.objects.filter(code="911").update(names={"ky": "", "ru": "Другой район", "en": "Other raion"})
    assert selectors.name("911", "en") == "Other raion"
    Place.objects.filter(code="91111").update(valid_to=date(2026, 1, 1))
    assert selectors.choices("911", "village", lang="en") == []


def test_who_takes_an_offered_list_apart_takes_apart_a_copy(territory):
    offered = selectors.choices("911", "village", lang="en")
    offered.clear()
    assert selectors.choices("911", "village", lang="en") != []


def test_children_are_what_lies_directly_inside(territory):
    assert selectors.children("91", lang="ky") == [("912", "Ак району"), ("911", "Кара району")]


def test_statistics_count_a_village_in_its_aimak(territory):
    assert selectors.aimak_of("91111") == "9111"
    assert selectors.aimaks_of(["91111", "911", "8"]) == {"91111": "9111", "911": "911"}
    assert selectors.aimak_of("8") == ""


def test_in_the_demo_everything_is_found_and_named_in_three_languages():
    builtin(demo=True)
    assert selectors.aimak_of("417D0610101000") == "417D0610100000"
    assert selectors.aimak_of("417D1110100000") == "417D1110100000"
    assert selectors.full_name("417D0410101000", "ky") == "Учкун, Учкун айыл аймагы, Нарын району, Нарын облусу"
    assert dict(selectors.choices(level="village", lang="en"))["417D0610103000"] == "Jangy-Turmush, Uzgen raion"
    assert {selectors.level_title("territorial_unit", lang) for lang in ("ky", "ru", "en")} == {
        "муниципалдык аймактык башкармалык",
        "муниципальное территориальное управление",
        "municipal territorial unit",
    }


def test_query_counts_do_not_grow_with_the_territory():
    counts = []
    for demo in (False, True):
        builtin(demo=demo)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            selectors.choices(level=("oblast", "village"))
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 1  # one more statement only because names repeat now


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "hamlet", "parent_id": "91"},
        {"level": "raion", "parent_id": None},
        {"level": "country", "parent_id": "91"},
        {"level": "raion", "parent_id": "913"},
        {"level": "raion", "parent_id": "91", "valid_from": date(2024, 1, 2), "valid_to": date(2024, 1, 1)},
    ],
)
def test_the_database_refuses_what_cannot_be(territory, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code="913", names={}, name_status="given", **wrong)


def test_a_place_follows_another_once_and_never_itself(territory):
    Succession.objects.create(before_id="911", after_id="912", on=date(2024, 1, 1))
    for before, after in (("911", "912"), ("911", "911")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(before_id=before, after_id=after, on=date(2024, 1, 1))
