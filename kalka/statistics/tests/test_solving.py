import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as some

from kalka.statistics.solving import Knot, Problem, Row

CELLS = range(5)


def at_most(slack: int, *cells: int) -> tuple[Row, int]:
    return Row(tuple((cell, 1) for cell in cells), equal=False), slack


def two_knots() -> Problem:
    """Of three cells any two rise by one at most together; two more rise and fall against each other."""
    rows = [at_most(1, 0, 1), at_most(1, 1, 2), at_most(1, 0, 2), (Row(((3, 1), (4, 1)), equal=True), 0)]
    falls = {0: 0, 1: 0, 2: 0, 3: -4, 4: -7}
    return Problem([Knot([0, 1, 2], [0, 1, 2]), Knot([3, 4], [3])], falls, 20, rows)


def test_a_cell_goes_as_far_as_its_rows_and_the_others_let_it():
    assert two_knots().furthest({3: 1}) == {3: 7, 4: -7}
    assert two_knots().furthest({3: -1}) == {3: -4, 4: 4}
    assert two_knots().furthest({0: 1}) == {0: 1, 1: 0, 2: 0}


def test_a_knot_that_would_go_furthest_in_halves_goes_to_whole_numbers_near():
    assert two_knots().furthest({0: 1, 1: 1, 2: 1, 3: 1}) == {3: 7, 4: -7}
    moves = two_knots().furthest({0: 1, 1: 1, 2: 1, 3: 1}, near=True)
    assert sorted(moves[cell] for cell in (0, 1, 2)) == [0, 0, 1]
    assert (moves[3], moves[4]) == (7, -7)


def doubled() -> Problem:
    """The first is always twice the second, and rises by three at most."""
    return Problem([Knot([0, 1], [0, 1])], {0: -2, 1: -2}, 20, [(Row(((0, 1), (1, -2)), equal=True), 0), at_most(3, 0)])


def test_where_what_is_near_does_not_fit_nothing_is_said_until_a_cell_is_asked_how_far_it_must_go():
    assert doubled().furthest({0: 1}, near=True) == {}
    assert doubled().reach(0, 2) == doubled().reach(0, 1) == {0: 2, 1: 1}
    assert doubled().reach(0, 3) == doubled().reach(0, 4) == {}
    assert doubled().reach(0, -1) == doubled().reach(0, -2) == {0: -2, 1: -1}
    assert doubled().reach(0, -3) == {}


WITHIN = {0: (0, 1), 1: (0, 1), 2: (0, 1), 3: (-4, 7), 4: (-7, 4)}
questions = some.lists(
    some.tuples(some.sampled_from(CELLS), some.integers(-9, 9).filter(bool)),
    min_size=2,
    max_size=8,
)


@given(questions)
def test_a_cell_is_found_to_go_as_far_as_it_can_whatever_was_asked_before(asked):
    kept = two_knots()
    for cell, least in asked:
        moves, (low, high) = kept.reach(cell, least), WITHIN[cell]
        if low <= least <= high:
            assert moves[cell] >= least if least > 0 else moves[cell] <= least
            assert low <= moves[cell] <= high
        else:
            assert moves == {}


mixed = some.lists(some.dictionaries(some.sampled_from(CELLS), some.sampled_from((1, -1)), min_size=1), max_size=8)


@given(mixed)
def test_the_same_questions_have_the_same_answers(asked):
    one, other = two_knots(), two_knots()
    for wanted in asked:
        assert one.furthest(wanted, near=True) == other.furthest(wanted, near=True)
        assert one.reach(min(wanted), 1) == other.reach(min(wanted), 1)


def test_the_solver_is_not_loaded_before_something_is_asked():
    code = "import sys; from kalka.statistics import protecting; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
