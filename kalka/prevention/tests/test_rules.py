import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kalka.prevention import child
from kalka.prevention.rules import Bound, Total, holds_number, names_of, places_marked
from kalka.ui import writing

SAID = {
    "ky": {
        20: "20дан ашык",
        600: "600дөн ашык",
        1000: "1\N{NO-BREAK SPACE}000ден ашык",
        45: "45тен ашык",
        40: "40тан ашык",
    },
    "ru": {20: "более 20"},
    "en": {1000: "more than 1,000"},
}


@pytest.mark.parametrize(("lang", "number", "said"), [(a, n, s) for a, all_ in SAID.items() for n, s in all_.items()])
def test_a_lower_bound_is_printed_as_its_source_gave_it(lang, number, said):
    with translation.override(lang):
        assert writing.bounded(number, "over") == said


def test_at_least_and_exactly():
    with translation.override("ky"):
        assert (writing.bounded(7, "least"), writing.bounded(7)) == ("кеминде 7", "7")


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(list(Bound)))))
def test_a_sum_is_exact_only_where_every_part_is(figures):
    total = Total.of(figures)
    assert total.number == sum(number for number, _ in figures)
    assert (total.bound == "") == all(bound == "" for _, bound in figures)


@pytest.mark.parametrize("text", ["0555 12 34 56", "+996 (555) 12-34-56", "2 01 01 1991 00123", "20101199100123"])
def test_numbers_of_people_are_seen(text):
    assert holds_number(f"Айыл өкмөтү {text}")


@pytest.mark.parametrize("text", ["УК 2026", "№ 12 мектеп, 2022-2024", "UN Women"])
def test_years_and_schools_are_no_numbers_of_people(text):
    assert not holds_number(text)


def test_names_are_lines():
    assert names_of(" Айша \n\nМария  Петровна\n") == ("Айша", "Мария Петровна")


def test_places_of_the_photo():
    assert places_marked(["5-4", "0-0", "0-0"]) == ((0, 0), (5, 4))


BOX = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 300), st.integers(1, 300))


@given(st.lists(BOX, max_size=12))
def test_no_face_that_was_found_is_lost_when_boxes_are_joined(found):
    boxes = [(x, y, x + w, y + h) for x, y, w, h in found]
    joined = child.apart(boxes)
    for left, top, right, bottom in boxes:
        assert any(b[0] <= left and b[1] <= top and b[2] >= right and b[3] >= bottom for b in joined)
