"""Days in an address: what can be read narrows, what cannot does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.ui.between import EARLIEST, LATEST, Between, asked

FIRST, LAST = date(2021, 1, 1), date(2022, 12, 31)
DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, Between()),
        ({"since": "2021-01-01", "until": "2022-12-31"}, Between(FIRST, LAST)),
        ({"since": "2021-01-01", "year": "2020"}, Between(FIRST, None)),
        ({"year": "2021"}, Between(FIRST, date(2021, 12, 31))),
        ({"year": "0000", "since": ""}, Between()),
        ({"year": "二千"}, Between()),
        ({"since": "эртең", "until": "2022-12-31"}, Between(None, LAST)),
        ({"since": "0001-01-01", "until": "9999-12-31"}, Between()),
    ],
)
def test_what_an_address_says(said, found):
    assert asked(said) == found


@given(DAYS, DAYS, DAYS, st.none() | DAYS)
def test_a_term_meets_the_days_when_one_of_its_days_is_in_them(since, until, first, last):
    if last is not None and last < first:
        first, last = last, first
    if until < since:
        since, until = until, since
    between, end = Between(since, until), min(last or LATEST, until)
    assert between.meets(first, last) == (max(first, since) <= end)
    assert Between(since).meets(first, last) == (last is None or last >= since)
    assert (first in between) == (since <= first <= until)
