from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.training.reckoning import due_on, listed, mean, months_after, names_of, numbers_of, same_person
from kalka.training.rules import NewEntry, NewName, check_entry

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def test_a_line_is_a_person_and_what_follows_the_comma_a_telephone():
    assert names_of("  Назгүл   Асанова , 0700 12 34 56\n\n ,\nАида\n") == (
        NewName("Назгүл Асанова", "0700 12 34 56"),
        NewName("Аида", ""),
    )


def test_partners_stand_by_lines_commas_or_semicolons_and_once():
    assert listed("АСТ; Данило Дольчи\nАСТ,\n ") == ("АСТ", "Данило Дольчи")


@given(st.lists(st.integers(0, 100)), st.sampled_from([" ", ", ", "\n", "; ", "% "]))
def test_results_are_read_however_they_are_parted(results, between):
    assert numbers_of(between.join(map(str, results)), "before") == tuple(results)


@pytest.mark.parametrize("wrong", ["Аида 50", "-5", "5.5", "x", "٣", "99999"])
def test_what_is_no_number_is_refused_at_its_field(wrong):
    with pytest.raises(DomainError, match="training.not_numbers") as refused:
        numbers_of(wrong, "after")
    assert refused.value.facts == {"field": "after"}


def test_one_person_is_known_by_the_telephone_with_the_name_however_it_is_spelled():
    one = same_person("Асанова Назгүл", "+996700123456")
    assert one == same_person("Nazgul Asanova", "+996700123456")
    assert one != same_person("Асанова Назгүл", "+996700123457") != same_person("Асанова Айгүл", "+996700123456")
    assert same_person("Асанова Назгүл", "") == same_person(" ", "+996700123456") == ""


@given(DAYS, st.integers(1, 120))
def test_months_later_is_in_that_month_and_never_past_its_end(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_whoever_was_never_trained_is_due_since_they_answer_for_it_and_nobody_without_a_period():
    since = date(2025, 1, 31)
    assert due_on(since, [], 12) == since
    assert due_on(since, [date(2025, 3, 1), date(2025, 8, 31)], 6) == date(2026, 2, 28)
    assert due_on(since, [], None) is None


def test_a_mean_is_a_whole_per_cent_and_of_nothing_there_is_none():
    assert (mean([40, 55, 60]), mean([])) == (52, None)


@given(st.integers(-5, 6_000))
def test_a_number_of_participants_is_somebody_and_not_everybody(number):
    told = NewEntry("state", number=number)
    if 1 <= number <= 5_000:
        check_entry(told)
    else:
        with pytest.raises(DomainError):
            check_entry(told)


def test_no_word_of_a_person_is_shown_by_what_was_told():
    assert "Назгүл" not in repr(NewEntry("state", names=(NewName("Назгүл", "+996700123456"),)))
