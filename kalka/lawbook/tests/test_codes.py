"""Forms of violence and subjects of protection, as the law stood to them on a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kalka.lawbook.book import Law
from kalka.lawbook.codes import forms_on, subjects_on


def standings(day: date) -> dict[str, str]:
    return {form.code: form.standing for form in forms_on(day)}


def test_no_form_is_known_before_the_law_of_2017():
    assert forms_on(date(2017, 4, 26)) == ()


def test_sexual_violence_is_recorded_although_the_law_did_not_name_it():
    assert standings(date(2021, 1, 1)) == {
        "physical": "named",
        "psychological": "named",
        "economic": "named",
        "neglect": "named",
        "sexual": "not_named",
    }


def test_since_2024_it_is_not_known_whether_the_law_names_sexual_violence():
    assert standings(date(2024, 8, 6))["sexual"] == "not_named"
    assert standings(date(2024, 8, 7))["sexual"] == "unknown"


def test_stalking_came_with_law_214():
    assert "stalking" not in standings(date(2025, 10, 14))
    assert standings(date(2025, 10, 15))["stalking"] == "named"


def test_a_form_has_its_words_and_its_place_in_the_law():
    neglect = next(form for form in forms_on(date(2018, 1, 1)) if form.code == "neglect")
    assert neglect.title == {"ky": "кароосуз калтыруу", "ru": "пренебрежительное отношение", "en": "neglect"}
    assert (neglect.cite("ru"), neglect.confidence) == ("Закон № 63, ст. 1(5)", "verbatim")


def test_three_kinds_of_subjects_came_with_law_161():
    before, after = ({s.code for s in subjects_on(day)} for day in (date(2024, 8, 6), date(2024, 8, 7)))
    assert after - before == {"probation", "penal_execution", "presidential_plenipotentiary"}
    assert before - after == set()


def test_the_number_of_subjects_is_the_law_s_and_not_the_length_of_our_list():
    assert [Law(day)["subjects.count"].value for day in (date(2024, 8, 6), date(2024, 8, 7))] == [17, 19]


@given(st.dates(date(2003, 1, 1), date(2040, 12, 31)))
def test_nothing_is_listed_before_its_first_day_and_nothing_twice(day):
    for listed in (forms_on(day), subjects_on(day)):
        assert all(one.since <= day for one in listed)
        assert len({one.code for one in listed}) == len(listed)
