"""Ten thousand orders in the rules alone, and histories across every change of the law."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kalka.core.clock import day_of
from kalka.lawbook.book import Law
from kalka.orders.rules import State, end_of, owed
from kalka.orders.tests.lives import DAY, EDGES, HOUR, Life, Step, born, steps

LIVES = 10_000
BY = 30  # years of a simulated day after which nothing of an order is still in its term
NO_161 = date(2024, 8, 7)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def last_allowed(life: Life, granted: date | None) -> date | None:
    """By the law of its day: the term, or the ceiling of an extension; None where the law sets none."""
    law = Law(granted or day_of(life.stands.issued_at))
    found = law.get("order.extension_ceiling_days" if granted else "order.duration_days")
    return life.stands.starts + timedelta(found.whole()) if found and found.is_set else None


def test_ten_thousand_lives_end_with_every_duty_done_or_overdue_and_none_lost():
    random, refused, told = Random(63), 0, {"done": 0, "overdue": 0}
    for _each in range(LIVES):
        issued = noon(random.choice(EDGES) + random.randint(-1, 1) * DAY)
        issued = max(issued, noon(EDGES[0]))
        written_down = issued + random.choice((0, 0, 1, 20, 100, 2_000)) * HOUR
        life = born(issued, numbered=random.random() < 0.7, now=written_down)
        caused = set(life.standing)
        assert (owed.SERVE in caused) == (written_down < end_of(life.stands.last_day))
        for step in steps(random, written_down, random.choice((3, 31, 90))):
            life.take(step)
            caused |= set(life.standing)
        outcomes = life.outcomes(issued + BY * 366 * DAY)
        assert set(outcomes) == caused and "open" not in outcomes.values()
        assert outcomes.get(owed.SERVE) != "done" or life.served or life.stands.revoked_at
        assert life.stands.state(issued + BY * 366 * DAY) in (State.EXPIRED, State.REVOKED)
        refused += life.refused
        for how in outcomes.values():
            told[how] += 1
    assert min(told.values()) > LIVES and refused > LIVES / 10, "it happened, and was refused, often enough to mean it"


class Histories(RuleBasedStateMachine):
    """Orders of one case, issued around the days the law changed."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[Life] = []
        self.granted: dict[int, date] = {}
        self.caused: list[set[str]] = []

    @initialize(day=st.sampled_from(EDGES))
    def begin(self, day: date) -> None:
        self.now = noon(day)

    @rule(hours=st.integers(1, 24 * 40))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @precondition(lambda self: len(self.orders) < 4)
    @rule(ago=st.integers(0, 60), numbered=st.booleans(), wait=st.sampled_from([0, 0, 1, 20]))
    def registered(self, ago: int, numbered: bool, wait: int) -> None:
        issued = max(self.now - ago * HOUR, noon(EDGES[0]))
        life = born(issued, numbered=numbered, now=self.now, wait=wait)
        self.orders.append(life)
        self.caused.append(set(life.standing))

    @precondition(lambda self: self.orders)
    @rule(
        which=st.integers(0, 3),
        what=st.sampled_from(["number", "serve", "missed", "extend", "revoke", "agree", "check"]),
        days=st.integers(1, 120),
        back=st.sampled_from([0, 0, 1, 30]),
    )
    def happens(self, which: int, what: str, days: int, back: int) -> None:
        at = which % len(self.orders)
        if self.orders[at].take(Step(what, self.now, days, back)) and what == "extend":
            self.granted[at] = day_of(self.now) - back * DAY
        self.caused[at] |= set(self.orders[at].standing)

    @invariant()
    def none_is_longer_than_the_law_of_its_day(self) -> None:
        for at, life in enumerate(self.orders):
            assert life.stands.ends == last_allowed(life, None)
            until, allowed = life.stands.until, last_allowed(life, self.granted.get(at))
            if until is not None and self.granted[at] < NO_161:
                assert allowed is not None and until <= allowed
            elif until is not None:
                assert allowed is None, "the law after No. 161 says nothing of it: kept as granted"

    @invariant()
    def the_day_decides_between_three_days_and_thirty(self) -> None:
        for life in self.orders:
            days = (life.stands.ends - life.stands.starts).days
            assert days == (30 if day_of(life.stands.issued_at) >= NO_161 else 3)

    @invariant()
    def those_that_run_at_once_overlap_whichever_is_asked(self) -> None:
        for one in self.orders:
            for other in self.orders:
                both = one.stands.runs(self.now) and other.stands.runs(self.now)
                assert not both or one.stands.overlaps(other.stands)
                assert one.stands.overlaps(other.stands) == other.stands.overlaps(one.stands)

    @invariant()
    def nothing_is_dropped(self) -> None:
        for life, caused in zip(self.orders, self.caused, strict=True):
            assert set(life.outcomes(self.now)) == caused
            if life.stands.runs(self.now) and not life.served:
                assert owed.SERVE in life.standing
            if not life.stands.numbered:
                assert owed.COMPLETE in life.standing


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
