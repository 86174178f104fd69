"""Cells of real tables, as people typed them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.sheets import written
from kalka.sheets.cells import CellError, Counted, looks


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (24, Counted(24)),
        (24.0, Counted(24)),
        ("24 адам", Counted(24)),
        ("20дан ашык", Counted(20, "over")),
        ("20-дан ашык", Counted(20, "over")),
        ("20дaн aшык", Counted(20, "over")),  # two Latin letters
        ("1000ден ашуун", Counted(1000, "over")),
        ("600дөн ашык адам", Counted(600, "over")),
        ("1 000ден ашуун адам", Counted(1000, "over")),
        ("свыше 1\N{NO-BREAK SPACE}000 человек", Counted(1000, "over")),
        ("более 20", Counted(20, "over")),
        (">20", Counted(20, "over")),
        ("20+", Counted(20, "over")),
        ("over 1,000 people", Counted(1000, "over")),
        ("не менее 15", Counted(15, "least")),
        ("15тен кем эмес", Counted(15, "least")),
        ("2О", Counted(20)),  # the letter
        ("13 миң сом", Counted(13_000)),
    ],
)
def test_a_number_or_the_bound_it_was_given_as(said, meant):
    assert written.counted()(said) == meant


@pytest.mark.parametrize("said", ["көп", "20-30", "", "1,5", "-4", "жыйырма"])
def test_no_number_is_guessed(said):
    with pytest.raises(CellError, match="sheets.not_a_number"):
        written.counted()(said)


@pytest.mark.parametrize(
    ("said", "som"), [("13000 сом", 13_000), ("13 000,00", 13_000), ("6,5 тыс.", 6_500), (500, 500)]
)
def test_money_with_its_unit(said, som):
    assert written.number()(said) == som


@pytest.mark.parametrize(
    "said",
    [
        date(2022, 3, 12),
        datetime(2022, 3, 12, 9, 30),
        44632,
        44632.0,
        "12.03.2022",
        "12.03.22",
        "12. 3. 2022-ж.",
        "12.O3.2022",
        "2022-03-12",
        "12-03-2022",
        "12 марта 2022 г.",
        "12-март 2022-ж.",
        "12-март 2022-жыл",
        "2022-ж. 12-марты",
        "2022-жылдын 12-марты",
        "12 mar 2022",
        "12-мартында 2022",
    ],
)
def test_one_day_in_every_spelling(said):
    assert written.day(said) == date(2022, 3, 12)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("03/04/2022", "sheets.day_or_month"),
        ("март 2022", "sheets.day_without_its_day"),
        ("2022-ж. марты", "sheets.day_without_its_day"),
        ("31.02.2022", "sheets.not_a_day"),
        ("жакында", "sheets.not_a_day"),
        (12, "sheets.not_a_day"),
        ("32 марта 2022", "sheets.not_a_day"),
    ],
)
def test_a_day_nobody_can_tell_is_refused(said, code):
    with pytest.raises(CellError, match=code):
        written.day(said)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_comes_back_from_the_ways_it_is_written(day):
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
    assert written.day(f"{day.day}.{day.month:02}.{day.year}") == day
    assert written.day(f"{day.day} {months[day.month - 1]} {day.year} года") == day
    assert written.day((day - date(1899, 12, 30)).days) == day


@pytest.mark.parametrize("said", ["Пpoфилaктикa", "Профилактика"])
def test_latin_letters_in_a_cyrillic_word_are_the_cyrillic_ones(said):
    assert written.words(said) == "Профилактика"


def test_a_word_that_is_latin_whole_stays():
    assert written.words("UN Women  менен") == "UN Women менен"


def test_what_looks_the_same_compares_the_same():
    assert looks("Отурум күнү *") == looks("OTУРУМ КУНУ:")
    assert looks("Учкун") != looks("Үчтөө")


@pytest.mark.parametrize(("said", "meant"), [("аял", "f"), ("Ж", "f"), ("м.", "m"), ("эркек", "m"), ("female", "f")])
def test_sex_in_one_letter_or_a_word(said, meant):
    assert written.sex(said) == meant


@pytest.mark.parametrize(("said", "meant"), [("ооба", True), ("+", True), ("жок", False), ("–", False), ("нет", False)])
def test_yes_and_no(said, meant):
    assert written.yes(said) is meant
