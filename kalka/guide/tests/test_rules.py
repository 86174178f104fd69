from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.guide import rules
from kalka.guide.rules import Hours, NewLocation
from kalka.guide.taxonomy import TAXONOMY
from kalka.guide.tests.factories import AIMAK, CENTRE, RAION, STREET, TALK

KNOWN = {
    "needs": TAXONOMY.needs,
    "serves": TAXONOMY.serves,
    "languages": TAXONOMY.languages,
    "cost": TAXONOMY.costs,
    "areas": {RAION},
}
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def refusal(told):
    with pytest.raises(DomainError) as refused:
        rules.check_service(told, KNOWN)
    return refused.value.code, refused.value.facts["field"]


def test_a_whole_entry_is_taken():
    rules.check_service(TALK, KNOWN)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": {"ky": "Сүйлөшүү"}}, "guide.words_missing", "name"),
        ({"about": {"ky": " ", "ru": "Можно"}}, "guide.words_missing", "about"),
        ({"coming": {"ru": "Позвоните"}}, "guide.words_missing", "coming"),
        ({"name": {"ky": "а" * 161, "ru": "а"}}, "guide.too_long", "name"),
        ({"needs": ()}, "guide.not_on_the_list", "needs"),
        ({"needs": ("horses",)}, "guide.not_on_the_list", "needs"),
        ({"areas": ("41799",)}, "guide.not_on_the_list", "areas"),
        ({"status": "defunct"}, "guide.not_on_the_list", "status"),
        ({"phones": ("ring me",)}, "guide.no_telephone", "phones"),
        ({"phones": ()}, "guide.no_way_to_come", "phones"),
        ({"hours": (Hours((8,), "09:00", "10:00"),)}, "guide.hours_unfit", "hours"),
        ({"hours": (Hours((1,), "9", "10:00"),)}, "guide.hours_unfit", "hours"),
        ({"hours": (Hours((1,), "09:00", "09:00"),)}, "guide.hours_unfit", "hours"),
        ({"always": True}, "guide.hours_unfit", "hours"),
    ],
)
def test_what_is_missing_or_on_no_list_is_refused_at_its_field(wrong, code, field):
    assert refusal(replace(TALK, **wrong)) == (code, field)


@pytest.mark.parametrize("kind", ["withheld", "virtual"])
def test_only_a_place_where_people_go_has_an_address(kind):
    rules.check_location(NewLocation("physical", AIMAK, STREET), places={AIMAK})
    rules.check_location(NewLocation(kind, AIMAK), places={AIMAK})
    with pytest.raises(DomainError, match=r"guide\.address_must_not_be_known"):
        rules.check_location(NewLocation(kind, AIMAK, STREET), places={AIMAK})


def test_a_place_where_people_go_without_an_address_is_refused():
    with pytest.raises(DomainError, match=r"guide\.words_missing"):
        rules.check_location(NewLocation("physical", AIMAK), places={AIMAK})


@given(st.integers(-400, 400))
def test_after_ninety_days_nobody_has_confirmed_it_and_a_day_to_come_confirms_nothing(days):
    today = date(2026, 3, 2)
    assert rules.is_stale(today - timedelta(days=days), today, days=90) == (not 0 <= days <= 90)


def test_open_by_the_day_and_the_minute():
    hours = (Hours((1, 2), "09:00", "18:00"),)
    asked = {
        minutes: rules.is_open(hours, always=False, moment=MONDAY + timedelta(minutes=minutes))
        for minutes in (539, 540, 1079, 1080, 540 + 24 * 60, 540 + 48 * 60)
    }
    assert asked == {539: False, 540: True, 1079: True, 1080: False, 1980: True, 3420: False}


def test_through_the_night_it_is_the_evening_before_that_counts():
    hours = (Hours((1,), "20:00", "08:00"),)
    at = [MONDAY + timedelta(hours=h) for h in (7, 19, 20, 31, 32)]
    assert [rules.is_open(hours, always=False, moment=one) for one in at] == [False, False, True, True, False]


def test_no_hours_known_is_no_answer_and_day_and_night_is_always():
    assert (rules.is_open((), always=False, moment=MONDAY), rules.is_open((), always=True, moment=MONDAY)) == (
        None,
        True,
    )


def test_the_nearest_of_its_areas_up_the_territory():
    chain = ["village", "aimak", "raion", "oblast", "country"]
    assert [rules.distance(areas, chain) for areas in (["country", "raion"], ["aimak"], ["another"])] == [2, 1, None]


def test_english_falls_back_on_russian_and_says_so():
    words = {"ky": "Борбор", "ru": "Центр"}
    assert [rules.said(words, lang) for lang in ("ky", "ru", "en")] == [
        ("Борбор", "ky"),
        ("Центр", "ru"),
        ("Центр", "ru"),
    ]
    assert rules.said(CENTRE, "en") == ("Tilek crisis centre", "en")


@given(
    st.lists(
        st.builds(
            Hours,
            st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
            st.times().map(lambda at: f"{at:%H:%M}"),
            st.times().map(lambda at: f"{at:%H:%M}"),
        ),
        max_size=4,
    ).map(tuple)
)
def test_hours_are_read_as_they_are_written(hours):
    assert rules.read_hours(rules.write_hours(hours)) == hours


@pytest.mark.parametrize("text", ["дш 9-18", "1-5 9:00-18:00", "8 09:00-18:00", "1-5 09:00", "1-5 09:00-18:00 x"])
def test_a_line_that_says_no_hours_is_refused(text):
    with pytest.raises(DomainError, match=r"guide\.hours_unfit"):
        rules.read_hours(text)
