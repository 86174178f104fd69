"""Figures against published ones and against counting by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.instruments.evaluation import Seen, auc, evaluate, wilson

scores = st.lists(st.integers(0, 6), min_size=1, max_size=30)


def seen(came, stayed):
    return [Seen(float(one), True) for one in came] + [Seen(float(one), False) for one in stayed]


@given(scores, scores)
def test_the_auc_is_the_share_of_pairs_in_the_right_order(came, stayed):
    won = sum((one > other) + (one == other) / 2 for one in came for other in stayed)
    found = auc(came, stayed)
    assert found.value == pytest.approx(won / (len(came) * len(stayed)))
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_published_arithmetic_of_a_lethality_flag_comes_out():
    """Sensitivity 84 %, specificity 60 % at one in ten: of a hundred alarms nineteen are true (published: .19)."""
    came, stayed = [1] * 84 + [0] * 16, [1] * 360 + [0] * 540
    cut = evaluate(seen(came, stayed)).cuts[-1]
    assert (cut.at, cut.sensitivity, cut.specificity) == (1, 0.84, 0.6)
    assert cut.ppv == pytest.approx(0.189, abs=0.001)
    assert cut.npv == pytest.approx(0.971, abs=0.001)
    assert cut.alarms_per_event == pytest.approx(444 / 84)


def test_an_interval_of_hanley_and_mcneil():
    """Their own example of 1982: area .893, 51 abnormal and 58 normal, standard error .032."""
    came = [1] * 3 + [2] * 2 + [3] * 2 + [4] * 11 + [5] * 33
    stayed = [1] * 33 + [2] * 6 + [3] * 6 + [4] * 11 + [5] * 2
    found = auc(came, stayed)
    assert found.value == pytest.approx(0.893, abs=0.0005)
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(0.032, abs=0.001)


def test_calibration_tells_no_rate_of_fewer_than_ten():
    found = evaluate(seen([3] * 4 + [4] * 6, [3] * 5 + [4] * 4), {3.0: 0.4, 4.0: 0.5})
    assert [(row.at, row.of, row.came, row.rate is None, row.expected) for row in found.calibration] == [
        (3, 9, 4, True, 0.4),
        (4, 10, 6, False, 0.5),
    ]
    assert found.brier == pytest.approx((4 * 0.36 + 5 * 0.16 + 10 * 0.25) / 19)
    assert found.observed_to_expected == pytest.approx(10 / (9 * 0.4 + 10 * 0.5))


def test_without_what_was_expected_nothing_is_measured_against_it():
    found = evaluate(seen([1, 2], [1, 0]), {1.0: 0.5})
    assert (found.brier, found.observed_to_expected) == (None, None)


@pytest.mark.parametrize(("came", "stayed"), [([], [1]), ([1], []), ([], [])])
def test_where_it_came_to_nobody_or_to_all_there_is_nothing_to_evaluate(came, stayed):
    with pytest.raises(DomainError) as refusal:
        evaluate(seen(came, stayed))
    assert refusal.value.code == "instruments.no_outcomes"


def test_a_share_keeps_between_nothing_and_all():
    assert (wilson(0, 10).low, wilson(10, 10).high) == (0, 1)
    assert wilson(5, 10).value == 0.5
