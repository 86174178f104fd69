from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.lawbook.book import Law
from kalka.monitoring import rules, signs
from kalka.monitoring.rules import NewMeasure

SINCE = date(2025, 10, 15)  # No. 214
DAYS = st.dates(date(2025, 10, 15), date(2032, 12, 31))


def measure(on: date, **said: object) -> NewMeasure:
    return NewMeasure(on, str(said.pop("by", "court")), "device", ("no_contact",), **said)


def refused(on: date, told: NewMeasure) -> DomainError:
    with pytest.raises(DomainError) as found:
        rules.term(Law(on), told)
    return found.value


@given(on=DAYS, wait=st.integers(0, 40), days=st.integers(0, 120))
def test_it_is_never_longer_than_the_law_of_the_day_of_decision(on, wait, days):
    starts = on + timedelta(wait)
    ends = starts + timedelta(days)
    last = rules.months_later(starts, 3)
    told = measure(on, starts=starts, ends=ends)
    if ends > last:
        assert refused(on, told).code == "monitoring.too_long"
    else:
        assert rules.term(Law(on), told).ends == ends
    assert rules.term(Law(on), measure(on, starts=starts)).ends == last
    assert 89 <= (last - starts).days <= 92


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2025, 10, 15), date(2026, 1, 15)),
    ],
    ids=str,
)
def test_three_months_end_on_the_same_day_or_the_last_there_is(day, later):
    assert rules.months_later(day, 3) == later


def test_the_day_before_the_amendment_knows_no_monitoring_and_its_day_does():
    before = SINCE - timedelta(1)
    assert refused(before, measure(before)).code == "monitoring.no_law_then"
    term = rules.term(Law(SINCE), measure(SINCE))
    assert (term.ends, term.basis.act, term.basis.key) == (date(2026, 1, 15), "law-214", "monitoring.max_months")


def test_who_decides_is_a_parameter_and_unset_with_an_order():
    assert refused(SINCE, measure(SINCE, by="police")).code == "monitoring.not_who_decides"
    from uuid import uuid4

    term = rules.term(Law(SINCE), measure(SINCE, by="police", order=uuid4()))
    assert term.decider is not None and not term.decider.is_set


def test_every_sign_has_a_clock_and_the_data_is_marked_internal():
    assert {code: one.within > timedelta() for code, one in signs.signs().items()} == dict.fromkeys(signs.signs(), True)
    assert {code for code, one in signs.signs().items() if one.danger} == {
        "entered",
        "near",
        "removed",
        "called",
        "silent",
    }
    for one in signs.signs().values():
        assert set(one.title) == {"ky", "ru", "en"}


def test_two_spellings_of_a_device_are_one():
    assert rules.fold_device("gps-0042 / 7") == rules.fold_device("GPS-0042/7") == "GPS00427"
