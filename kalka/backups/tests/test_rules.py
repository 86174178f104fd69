from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.backups.rules import KEYS_DAYS, Alarm, Standing, Stored, alarms, expired, is_due, night_before

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def standing(made: timedelta | None, drilled: timedelta | None, *, configured: bool = True, demo: bool = False):
    return Standing(configured, demo, made and NOW - made, drilled and NOW - drilled)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (standing(HOUR, DAY), ()),
        (standing(2 * DAY, 30 * DAY), ()),
        (standing(2 * DAY + HOUR, DAY), (Alarm.OLD,)),
        (standing(None, None), (Alarm.NEVER,)),
        (standing(None, None, configured=False), (Alarm.UNSET,)),
        (standing(3 * DAY, DAY, configured=False), (Alarm.UNSET,)),
        (standing(HOUR, DAY, configured=False), ()),  # made by the machine's own timer
        (standing(HOUR, None), (Alarm.UNPROVEN,)),
        (standing(HOUR, 30 * DAY + HOUR), (Alarm.DRILL_OLD,)),
        (standing(9 * DAY, 99 * DAY), (Alarm.OLD, Alarm.DRILL_OLD)),
        (standing(None, None, configured=False, demo=True), ()),
        (standing(9 * DAY, None, demo=True), ()),
    ],
)
def test_what_is_wrong_is_said_and_nothing_else(now, said):
    assert alarms(now, NOW) == said


def test_the_night_begins_at_two_in_bishkek():
    two = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert night_before(two) == two and night_before(two - HOUR) == two - DAY
    assert night_before(NOW) == two


@pytest.mark.parametrize(
    ("made", "tried", "due"),
    [
        (None, None, True),
        (HOUR, HOUR, False),
        (15 * HOUR, 15 * HOUR, False),  # after two o'clock of this night
        (17 * HOUR, 17 * HOUR, True),
        (17 * HOUR, HOUR / 2, False),  # it failed half an hour ago
        (17 * HOUR, HOUR, True),
        (-HOUR, None, True),  # the clock was set back
        (17 * HOUR, -HOUR, True),
    ],
)
def test_one_is_made_each_night_and_tried_again_each_hour(made, tried, due):
    assert is_due(None if made is None else NOW - made, None if tried is None else NOW - tried, NOW) is due


pairs = st.lists(
    st.builds(Stored, at=st.integers(-48, 24 * 900).map(lambda hours: NOW - hours * HOUR), whole=st.booleans()),
    max_size=40,
    unique_by=lambda one: one.at,
)


@given(pairs, st.integers(1, 800))
def test_the_newest_whole_pair_stays_and_nothing_young_goes(stored, days):
    gone = expired(stored, NOW, data_days=days)
    whole = [one.at for one in stored if one.whole]
    if whole:
        assert max(whole) not in gone.keys | gone.data
    for at in gone.keys:
        assert NOW - at > min(KEYS_DAYS, days) * DAY
    for at in gone.data:
        assert NOW - at > days * DAY and whole


@given(pairs, st.integers(1, 800))
def test_no_key_but_the_newest_outlives_its_time(stored, days):
    """A destroyed key must not wait in a backup: what is older than 35 days goes, whether its pair is whole or not."""
    gone = expired(stored, NOW, data_days=days)
    kept = [one for one in stored if one.at not in gone.keys and NOW - one.at > KEYS_DAYS * DAY]
    assert len(kept) <= 1 and all(one.whole for one in kept)


@given(pairs, st.integers(1, 800))
def test_pruning_twice_is_pruning_once(stored, days):
    gone = expired(stored, NOW, data_days=days)
    left = [Stored(one.at, one.whole and one.at not in gone.keys) for one in stored if one.at not in gone.data]
    again = expired(left, NOW, data_days=days)
    assert again.data == frozenset() and again.keys <= gone.keys
