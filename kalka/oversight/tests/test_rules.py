from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.oversight import rules
from kalka.oversight.limits import limits
from kalka.oversight.rules import NOTHING, Pattern, Seen

NIGHT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # half past midnight in Bishkek, of the night of the 22nd
NOON = datetime(2026, 11, 22, 6, tzinfo=UTC)
HERE, FAR = "417D0410100000", "417D0510100000"
OWN = {3: {HERE}}
L = limits()


def read(at: datetime, file: int, *, user: int = 5, kind: str = "read", command: str = "cases.page") -> Seen:
    return Seen(at, user, 3, kind, command, UUID(int=file), 1)


def searched(at: datetime, hits: int = 0) -> Seen:
    return Seen(at, 5, 3, "read", L.search, None, hits)


def night(lines: Sequence[Seen], place: str = HERE) -> list[rules.Finding]:
    return rules.by_night(lines, L, {line.subject: place for line in lines if line.subject}, OWN)


def test_eight_files_of_the_own_place_in_one_night_are_an_alarm_and_seven_are_none():
    lines = [read(NIGHT + timedelta(minutes=n), n + 1) for n in range(8)]
    (found,) = night(lines)
    assert (found.pattern, found.user_id, found.post_id, found.count, found.about) == (Pattern.NIGHT, 5, 3, 8, NOTHING)
    assert (found.day, found.first, found.last) == (date(2026, 11, 22), lines[0].at, lines[-1].at)
    assert night(lines[:7]) == []


def test_the_same_file_eight_times_is_not_eight_files():
    assert night([read(NIGHT + timedelta(minutes=n), 1) for n in range(8)]) == []


def test_by_day_elsewhere_or_worked_on_is_no_night():
    lines = [read(NIGHT + timedelta(minutes=n), n + 1) for n in range(8)]
    assert night([read(NOON, n + 1) for n in range(8)]) == []
    assert night(lines, FAR) == []
    worked = [read(NIGHT, n + 1, kind="done", command="followup.log_visit") for n in range(8)]
    assert night([*lines, *worked]) == []


@pytest.mark.parametrize(("hour", "day"), [(22, 22), (23, 22), (0, 21), (5, 21), (6, None), (12, None), (21, None)])
def test_a_night_is_of_the_day_it_began_on(hour, day):
    at = datetime(2026, 11, 22, hour, 30, tzinfo=rules.BISHKEK)
    assert rules.night_of(at, L) == (date(2026, 11, day) if day else None)


def test_one_file_twelve_times_in_a_week_without_a_change_is_an_alarm():
    lines = [read(NOON + timedelta(hours=12 * n), 1) for n in range(12)]
    (found,) = rules.again_and_again(lines, L)
    assert (found.pattern, found.count, found.about) == (Pattern.AGAIN, 12, UUID(int=1))
    assert rules.again_and_again(lines[:11], L) == []
    assert rules.again_and_again([*lines, read(NOON, 1, kind="done")], L) == []


def test_twelve_times_in_a_month_are_none():
    assert rules.again_and_again([read(NOON + timedelta(days=2 * n), 1) for n in range(12)], L) == []


def test_ten_searches_a_day_that_find_nobody_are_an_alarm_and_those_that_find_somebody_are_not():
    lines = [searched(NOON + timedelta(minutes=n)) for n in range(10)]
    assert [one.pattern for one in rules.found_nobody(lines, L)] == [Pattern.NO_HITS]
    assert rules.found_nobody(lines[:9], L) == []
    assert rules.found_nobody([searched(NOON, hits=1)] * 30, L) == []


def test_a_bait_is_an_alarm_at_once_and_one_a_day():
    lines = [read(NOON, 7), read(NOON + timedelta(minutes=3), 7), read(NOON, 8)]
    (found,) = rules.baited(lines, {UUID(int=7)})
    assert (found.pattern, found.count, found.about) == (Pattern.BAIT, 2, UUID(int=7))


moments = st.integers(0, 60 * 24 * 3).map(lambda minutes: NOON + timedelta(minutes=minutes))
some = st.builds(
    read, moments, st.integers(1, 20), user=st.integers(1, 3), kind=st.sampled_from(("read", "done", "refused"))
)


@given(st.lists(some, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)

    def found(given: list[Seen]) -> set[tuple[object, ...]]:
        every = [*night(given), *rules.again_and_again(given, L), *rules.baited(given, {UUID(int=7)})]
        return {(one.pattern, one.user_id, one.day, one.about, one.count) for one in every}

    assert found(lines) == found(shuffled)


@given(st.lists(some, max_size=60))
def test_an_alarm_never_says_more_than_was_read(lines):
    for one in [*night(lines), *rules.again_and_again(lines, L)]:
        mine = [line for line in lines if line.user_id == one.user_id and line.kind == "read"]
        assert one.count <= len(mine) and one.first <= one.last
        assert {one.first, one.last} <= {line.at for line in mine}
