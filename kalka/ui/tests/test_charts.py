"""Charts and maps: where things stand, and that nothing hidden or missing is drawn as a number."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kalka.ui import mapping
from kalka.ui.charts import Value, bars, classes, line_chart, share, spark, step_of, steps

HIDDEN = Value("2024-03", "March", None, hidden=True)
NONE = Value("2024-04", "April", None)
ISSYK_KUL, NARYN, BISHKEK, OSH = "41702000000000", "41704000000000", "41711000000000", "41721000000000"


def months(*numbers: int | None) -> list[Value]:
    return [Value(f"2024-{at:02d}", f"month {at}", n) for at, n in enumerate(numbers, start=1)]


def drawn(source: str, lang: str = "en", **context: object) -> str:
    with translation.override(lang):
        return Template("{% load charts %}" + source).render(Context(context))


# Lines


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (7, (0, 2, 4, 6, 8)),
        (1455, (0, 500, 1000, 1500)),
        (2000, (0, 500, 1000, 1500, 2000)),
    ],
)
def test_the_grid_is_of_round_numbers(most, expected):
    assert steps(most) == expected


@given(st.integers(0, 10**9))
def test_every_number_fits_under_the_highest_line_of_at_most_six(most):
    found = steps(most)
    assert found[0] == 0 and found[-1] >= most and 2 <= len(found) <= 6
    assert len({after - before for before, after in zip(found, found[1:], strict=False)}) == 1


def test_a_line_stops_before_what_is_hidden_or_missing_and_goes_on_after_it():
    chart = line_chart([*months(10, 20), HIDDEN, NONE, Value("2024-05", "May", 15)])
    assert [run.points for run in chart.runs] == ["1,100 3,0", "8,50 10,50"]
    assert [(gap.left, gap.share, gap.hidden) for gap in chart.gaps] == [("40%", "20%", True), ("60%", "20%", False)]
    assert chart.last is not None and (chart.last.n, chart.last.x, chart.last.end) == (15, "90%", True)


def test_a_day_of_the_law_is_marked_in_its_month_and_others_are_left_out():
    chart = line_chart(months(*range(12)), [("2024-08", "30 days"), ("2019-01", "long ago")])
    assert [(mark.x, mark.text, mark.end) for mark in chart.marks] == [("58.3%", "30 days", False)]


def test_two_marks_have_a_line_of_words_each():
    one, two = (
        line_chart(months(1, 2, 3), [("2024-01", "a")]),
        line_chart(months(1, 2), [("2024-01", "a"), ("2024-02", "b")]),
    )
    assert (one.top, two.top, [mark.y for mark in two.marks]) == (20, 38, [14, 32])


def test_a_line_of_nothing_is_still_a_chart():
    chart = line_chart([HIDDEN, NONE])
    assert (chart.runs, chart.last, len(chart.gaps)) == ((), None, 2)
    assert line_chart([]).runs == ()


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=80))
def test_no_point_leaves_the_plot(numbers):
    chart = line_chart(months(*numbers))
    points = [tuple(map(int, at.split(","))) for run in chart.runs for at in run.points.split()]
    assert all(0 <= x <= chart.box and 0 <= y <= chart.tall for x, y in points)


def test_lines_that_share_a_height_can_be_compared():
    assert spark(months(5, 10), most=20)[1][0].points == "1,38 3,25"


def test_per_cents_are_written_with_a_point_in_every_language():
    page = drawn('{% line_chart m "Months" %}', "ky", m=months(*range(7)))
    assert share(1, 3) == "33.3%" and not re.search(r'="[\d]+,\d+%"', page)
    assert "92.9%" in page


# Bars


def test_the_longest_bar_is_the_most_and_the_hidden_has_none():
    assert [bar.width for bar in bars([Value("a", "A", 10), Value("b", "B", 5), HIDDEN])] == ["100%", "50%", "0%"]
    page = drawn("{% bars b %}", b=[Value("a", "A", 10), HIDDEN, NONE])
    assert "hidden" in page and "no data" in page and "<b>0</b>" not in page


# Shades


def test_shades_hold_about_as_many_places_each():
    found = classes([Value(str(n), "", n) for n in range(20)])
    assert [(one.number, one.least, one.most) for one in found] == [
        (1, 0, 3),
        (2, 4, 7),
        (3, 8, 11),
        (4, 12, 15),
        (5, 16, 19),
    ]


def test_few_figures_have_few_shades_the_most_the_darkest():
    assert [(one.number, one.least) for one in classes([Value("a", "", 9), Value("b", "", 6)])] == [(1, 6), (5, 9)]
    assert [one.number for one in classes([Value("a", "", 9)])] == [2]
    assert classes([HIDDEN, NONE]) == ()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=70))
def test_every_figure_has_exactly_one_shade_and_shades_do_not_overlap(numbers):
    values = [Value(str(at), "", n) for at, n in enumerate(numbers)]
    found = classes(values)
    assert 1 <= len(found) <= 5 and all(step_of(value, found) for value in values)
    assert all(before.most < after.least for before, after in zip(found, found[1:], strict=False))
    assert step_of(HIDDEN, found) == 0


# Maps


def test_every_square_is_one_place_and_every_outline_one_unit():
    seats = mapping._tiles()
    assert len(seats) == len(set(seats.values())) == 54
    width, height, units = mapping._units()
    assert len(units) == 9 and list(units)[-2:] == [BISHKEK, OSH]
    assert all(0 < x < width and 0 < y < height for x, y, _path, _line in units.values())


def test_a_map_draws_what_has_a_square_and_leaves_the_rest_to_the_table():
    raion = Value("41704245000000", "Нарын району", 40)
    found = mapping.tile_map([raion, Value("417D9910000000", "Башка район", 7)])
    assert found is not None and [one.value for one in found.tiles if one.value] == [raion]
    assert mapping.tile_map([Value("nowhere", "", 7)]) is None and mapping.unit_map([raion]) is None


def test_an_oblast_has_only_its_own_squares():
    raion = Value("41704245000000", "Нарын району", 40)
    found = mapping.tile_map([raion], within=NARYN)
    assert found is not None and len(found.tiles) == 6 and found.border == ""


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Нарын району", "Нарын"),
        ("Бакай-Ата району", "Бакай-Ата"),
        ("Базар-Коргон району", "Базар-Ко."),
        ("Кара-Кулжинский район", "Кара-Кул."),
        ("город Ош", "Ош"),
    ],
)
def test_a_name_is_shortened_to_its_square(title, short):
    assert mapping.shortened(title) == short


def test_a_city_is_told_from_the_raion_of_its_name():
    assert mapping.shortened("Талас шаары", ["Талас", "Талас"]) == "Талас ш."
    assert mapping.shortened("Талас району", ["Талас", "Талас"]) == "Талас"


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_map_says_in_words_what_is_hidden_and_never_shows_a_made_up_number(lang):
    values = [
        Value(ISSYK_KUL, "Ысык-Көл облусу", 1234),
        Value(NARYN, "Нарын облусу", None, hidden=True),
        Value(OSH, "Ош шаары", None),
    ]
    page = drawn('{% unit_map v "Where" %}', lang, v=values)
    assert page.count("unit--hid") == 1 and page.count("unit--none") == 7
    assert page.count('class="unit__n"') + page.count("unit__n unit__high") == 1 and ">0<" not in page


def test_what_a_place_is_called_is_never_markup():
    page = drawn('{% tile_map v "Where" %}', v=[Value("41704245000000", "<b>Нарын</b>", 40)])
    assert "<b>" not in page
