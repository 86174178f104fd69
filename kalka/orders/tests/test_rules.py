from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK, day_of
from kalka.core.errors import DomainError
from kalka.lawbook.book import Law
from kalka.orders import rules
from kalka.orders.rules import Dated, NewExtension, NewOrder, Numbered, State, fold_number

BEFORE, SINCE = date(2024, 8, 6), date(2024, 8, 7)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 5, 6, tzinfo=UTC)
ORDER = Dated(issued_at=NOON, starts=date(2026, 11, 5), ends=date(2026, 12, 5))

DAYS = st.dates(date(2017, 5, 1), date(2030, 1, 1))
SPANS = st.integers(0, 60).map(timedelta)
MOMENTS = st.datetimes(datetime(2017, 5, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@st.composite
def orders(draw):
    issued = draw(MOMENTS)
    starts = day_of(issued) + timedelta(draw(st.integers(0, 3)))
    ends = starts + draw(SPANS)
    until = draw(st.none() | SPANS.map(lambda span: ends + span + DAY))
    revoked = draw(st.none() | SPANS.map(lambda span: issued + span))
    return Dated(issued, starts, ends, until, draw(st.booleans()), revoked)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)


# How long


def test_the_day_before_the_amendment_an_order_runs_three_days():
    term = rules.term(Law(BEFORE), BEFORE)
    assert (term.ends, term.basis.act, term.basis.article) == (date(2024, 8, 9), "law-63", "27(1)")


def test_from_its_day_an_order_runs_thirty_days():
    term = rules.term(Law(SINCE), SINCE)
    assert (term.ends, term.basis.act, term.basis.article) == (date(2024, 9, 6), "law-161", None)


@pytest.mark.parametrize("day", [BEFORE, SINCE, date(2026, 11, 5)])
def test_from_when_to_count_is_not_established_on_any_day(day):
    term = rules.term(Law(day), day)
    assert (term.counting_is_set, term.counting.key) == (False, "order.term_counted_from")


def test_the_law_is_that_of_the_issue_also_where_the_term_begins_later():
    assert rules.term(Law(BEFORE), SINCE).ends == date(2024, 8, 10)


def test_a_day_without_a_known_law_is_refused():
    with pytest.raises(DomainError, match="orders.no_law_then") as refused:
        rules.term(Law(date(2010, 1, 1)), date(2010, 1, 1))
    assert refused.value.facts == {"field": "issued_at", "day": date(2010, 1, 1)}


# Extension

OLD = Dated(issued_at=at(date(2024, 8, 1)), starts=date(2024, 8, 1), ends=date(2024, 8, 4))


def test_before_the_amendment_an_extended_order_runs_thirty_days_in_all():
    assert rules.extension(Law(BEFORE), OLD, date(2024, 8, 31)).whole() == 30
    with pytest.raises(DomainError, match="orders.extended_too_long") as refused:
        rules.extension(Law(BEFORE), OLD, date(2024, 9, 1))
    assert refused.value.facts == {"field": "until", "days": 30, "last": date(2024, 8, 31)}


def test_from_its_day_an_extension_is_not_established_and_kept_as_it_was_granted():
    basis = rules.extension(Law(SINCE), OLD, date(2025, 1, 31))
    assert (basis.is_set, basis.act, basis.confidence) == (False, "law-161", "unknown")


# Where it stands


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (NOON - timedelta(minutes=1), State.NOT_YET),
        (NOON, State.RUNNING),
        (at(date(2026, 12, 5), 23, 59), State.RUNNING),
        (at(date(2026, 12, 6), 0, 0), State.EXPIRED),
    ],
)
def test_it_runs_from_its_issue_to_the_end_of_its_last_day_in_bishkek(moment, state):
    assert ORDER.state(moment) is state


@pytest.mark.parametrize(
    ("order", "state", "runs"),
    [
        (replace(ORDER, numbered=False), State.PENDING, True),
        (replace(ORDER, until=date(2026, 12, 20)), State.EXTENDED, True),
        (replace(ORDER, until=date(2026, 12, 20), numbered=False), State.PENDING, True),
        (replace(ORDER, revoked_at=NOON + DAY), State.REVOKED, False),
        (replace(ORDER, revoked_at=NOON + 2 * DAY + DAY), State.RUNNING, True),
        (replace(ORDER, starts=date(2026, 11, 9)), State.NOT_YET, False),
    ],
)
def test_the_state_is_read_off_the_records(order, state, runs):
    assert (order.state(NOON + 2 * DAY), order.runs(NOON + 2 * DAY)) == (state, runs)


def test_an_extension_carries_it_over_its_first_end():
    order = replace(ORDER, until=date(2026, 12, 20))
    assert order.state(at(date(2026, 12, 20), 23)) is State.EXTENDED
    assert order.state(at(date(2026, 12, 21), 0)) is State.EXPIRED


@given(orders(), MOMENTS)
def test_it_runs_exactly_between_its_first_moment_and_its_last_day(order, moment):
    begun = moment >= order.issued_at and day_of(moment) >= order.starts
    in_term = day_of(moment) <= order.last_day
    revoked = order.revoked_at is not None and moment >= order.revoked_at
    assert order.runs(moment) == (begun and in_term and not revoked)


@given(orders(), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_what_is_over_stays_over(order, moment, later):
    over = {State.EXPIRED, State.REVOKED}
    if order.state(moment) in over:
        assert order.state(moment + later) in over


@given(orders(), MOMENTS)
def test_an_order_that_runs_at_a_moment_ran_on_its_day(order, moment):
    assert not order.runs(moment) or order.ran_on(day_of(moment))


@given(orders(), orders())
def test_two_overlap_exactly_when_there_is_a_day_on_which_both_ran(one, other):
    last = max(one.last_day, other.last_day)
    first = min(one.starts, other.starts)
    if (last - first).days < 400:
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        assert one.overlaps(other) == any(one.ran_on(day) and other.ran_on(day) for day in days)
    assert one.overlaps(other) == other.overlaps(one)


@given(DAYS, DAYS)
def test_a_term_ends_after_it_begins(issued, starts):
    assert rules.term(Law(issued), starts).ends > starts


def test_what_follows_is_agreed_on_three_days_before_the_end_or_at_once():
    assert rules.agree_by(date(2026, 12, 5), NOON) == at(date(2026, 12, 3), 0)
    assert rules.agree_by(date(2026, 11, 6), NOON) == NOON


def test_the_next_noon_is_that_of_bishkek():
    assert rules.next_noon(datetime(2026, 11, 5, 19, tzinfo=UTC)) == at(date(2026, 11, 7))


# Numbers


@pytest.mark.parametrize("typed", ["12/345-б", "№ 12/345 Б", " 12/345б ", "12/345–Б", "12/345B", "１２/345b"])
def test_one_number_in_every_spelling(typed):
    assert fold_number(typed) == "12/345" + ("В" if typed[-1] in "Bb" else "Б")


@given(st.text(max_size=60))
def test_a_folded_number_folds_to_itself(text):
    assert fold_number(fold_number(text)) == fold_number(text)


@pytest.mark.parametrize("number", ["", "  ", "№", "Мектеп көчөсү", "1" * 41])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(DomainError, match="orders.not_a_number"):
        rules.check_number(number)


# What is told

TOLD = NewOrder(issued_at=NOON)
CODES = ("no_contact",)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"issued_at": NOON + timedelta(seconds=1)}, "orders.time_to_come", "issued_at"),
        ({"starts": date(2026, 11, 4)}, "orders.starts_before_issue", "starts"),
        ({"ends": date(2026, 11, 4)}, "orders.ends_before_start", "ends"),
        ({"ends": date(2027, 11, 30)}, "orders.ends_too_late", "ends"),
        ({"starts": date(9999, 12, 31), "ends": date(9999, 12, 31)}, "orders.starts_too_late", "starts"),
        ({"conditions": ("no_contact", "no_tea")}, "orders.unknown_code", "conditions"),
        ({"note": "а" * 2_001}, "orders.too_long", "note"),
        ({"numbered": Numbered(1, "жок")}, "orders.not_a_number", "number"),
    ],
)
def test_what_no_order_can_say_is_refused_at_its_field(said, code, field):
    rules.check_order(TOLD, conditions=CODES, now=NOON)
    with pytest.raises(DomainError, match=code) as refused:
        rules.check_order(replace(TOLD, **said), conditions=CODES, now=NOON)
    assert refused.value.facts["field"] == field


def test_what_was_told_shows_no_number_and_no_words():
    told = NewOrder(issued_at=NOON, numbered=Numbered(1, "КАНАР-77"), note="Канарейка")
    assert "КАНАР" not in repr(told) and "Канарейка" not in repr(told)


@pytest.mark.parametrize(
    ("on", "until", "code"),
    [
        (date(2026, 11, 6), date(2026, 12, 20), None),
        (date(2026, 11, 4), date(2026, 12, 20), "orders.did_not_run_then"),
        (date(2026, 11, 8), date(2026, 12, 20), "orders.day_to_come"),
        (date(2026, 11, 6), date(2026, 12, 5), "orders.not_longer"),
        (date(2026, 11, 6), date(2028, 12, 5), "orders.ends_too_late"),
    ],
)
def test_an_order_is_extended_forward_and_while_it_runs(on, until, code):
    def check():
        rules.check_extension(NewExtension(on, until, 1), ORDER, NOON + 2 * DAY)

    if code is None:
        return check()
    with pytest.raises(DomainError, match=code):
        check()
