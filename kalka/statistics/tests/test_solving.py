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


def test_a_knot_that_moves_in_halves_says_nothing_until_it_is_asked_for_whole_numbers():
    assert two_knots().furthest({0: 1, 1: 1, 2: 1, 3: 1}) == {3: 7, 4: -7}
    whole = two_knots().furthest({0: 1, 1: 1, 2: 1, 3: 1}, whole=True)
    assert sorted(whole[cell] for cell in (0, 1, 2)) == [0, 0, 1]
    assert (whole[3], whole[4]) == (7, -7)


questions = some.lists(
    some.tuples(some.dictionaries(some.sampled_from(CELLS), some.sampled_from((1, -1)), min_size=1), some.booleans()),
    min_size=2,
    max_size=8,
)


@given(questions)
def test_what_was_asked_before_takes_nothing_from_how_far_a_cell_goes(asked):
    kept = two_knots()
    for wanted, _ in asked:
        again, afresh = (problem.furthest(wanted, whole=True) for problem in (kept, two_knots()))
        assert again.keys() == afresh.keys() >= wanted.keys()
        reached = [sum(sign * moves[cell] for cell, sign in wanted.items()) for moves in (again, afresh)]
        assert reached[0] == reached[1]


@given(questions)
def test_the_same_questions_have_the_same_answers(asked):
    one, other = two_knots(), two_knots()
    for wanted, whole in asked:
        assert one.furthest(wanted, whole=whole) == other.furthest(wanted, whole=whole)


def test_the_solver_is_not_loaded_before_something_is_asked():
    code = "import sys; from kalka.statistics import protecting; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
