"""Histories of the orders of one case, drawn at random and kept by the services, across every change of the law.

After each step the database says of every order what the pure rules say, and that nothing fell through.
"""

from datetime import date
from itertools import combinations
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kalka.cases.tests.factories import in_a_command
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.duties import services as duty_services
from kalka.duties.models import Duty
from kalka.followup.tests.factories import visit
from kalka.lawbook.book import Law
from kalka.orders import rules, services
from kalka.orders.models import Expiry, Extension, Overlap, ProtectionOrder, dated
from kalka.orders.rules import owed
from kalka.orders.services.keeping import EXPIRING, VISITS
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import NOW
from kalka.orders.tests.lives import DAY, EDGES, HOUR, Life, Step, born
from kalka.orders.tests.test_lives import noon
from kalka.orders.tests.test_lives_in_the_database import OF_ONE, taken
from kalka.risk.models import Trigger
from kalka.vault import index, keys

NO_161 = date(2024, 8, 7)
MOST = 4  # orders of one history


class Kept(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole._from_testcase = True  # type: ignore[attr-defined]  # commands may be durable inside it
        self.whole.__enter__()
        forget()
        self.world, self.now = make.world(), NOW
        self.lives: dict[UUID, Life] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        forget()

    @rule(hours=st.integers(1, 24 * 35))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @precondition(lambda self: len(self.lives) < MOST)
    @rule(
        edge=st.sampled_from([*EDGES[:-1], *[None] * len(EDGES)]),
        ago=st.integers(0, 60),
        wait=st.sampled_from([0, 0, 0, 1, 20]),
        days=st.sampled_from([None, None, 1, 90]),
        numbered=st.booleans(),
        named=st.booleans(),
    )
    def registered(self, edge: date | None, ago: int, wait: int, days: int | None, numbered: bool, named: bool) -> None:
        """Of now, or with a paper of a day the law changed; its paper may name another last day than the law."""
        issued = noon(edge) if edge else self.now - ago * HOUR
        starts = day_of(issued) + wait * DAY
        ends = starts + days * DAY if days else None
        said = {"issued_at": issued, "starts": starts, "ends": ends}
        if not named:
            said["respondent"] = None
        told = make.paper(self.world, f"7-{len(self.lives)}", **said) if numbered else make.pending(self.world, **said)
        order = make.registered(self.world, told, now=self.now)
        self.lives[order.pk] = born(issued, numbered=numbered, now=self.now, wait=wait, ends=ends)

    @precondition(lambda self: self.lives)
    @rule(
        which=st.integers(0, MOST - 1),
        what=st.sampled_from(["number", "serve", "missed", "extend", "extend", "revoke"]),
        days=st.integers(1, 40),
        into=st.floats(0, 1),
    )
    def happens(self, which: int, what: str, days: int, into: float) -> None:
        """An extension may be written down long after it was granted."""
        at = which % len(self.lives)
        pk, life = list(self.lives.items())[at]
        ran = min(life.stands.last_day, day_of(self.now)) - life.stands.starts
        granted = life.stands.starts + int(max(ran.days, 0) * into) * DAY
        step = Step(what, self.now, days, (day_of(self.now) - granted).days if what == "extend" else 0)
        assert taken(self.world, self.order(pk), step, f"8-{at}") == life.take(step), (what, step)

    @rule(met=st.sampled_from(["protected", "nobody"]), kept=st.sampled_from(["kept", "unknown"]))
    def visited(self, met: str, kept: str) -> None:
        """Whether he kept to it is asked where an order runs."""
        runs = any(life.stands.runs(self.now) for life in self.lives.values())
        visit(self.world.inspector, self.world.case, now=self.now, found=met, kept=kept if runs else "")

    @rule()
    def a_night_goes_by(self) -> None:
        """What the installation does by itself; a second time there is nothing left to do."""
        self.kept_house()
        assert [len(found) for found in self.kept_house()] == [0, 0, 0]
        for pk, life in self.lives.items():
            over = life.stands.revoked_at is None and day_of(self.now) > life.stands.last_day
            assert Expiry.objects.filter(order=pk, last_day=life.stands.last_day).exists() == over
            end = rules.end_of(life.stands.last_day)
            if life.stands.runs(self.now) and self.now >= end - rules.ASSESS_BEFORE_END:
                since = end - rules.ASSESS_BEFORE_END
                assert Trigger.objects.filter(kind=EXPIRING, recorded_at__gte=since).exists()

    @rule(kind=st.sampled_from(VISITS))
    def somebody_lets_a_visit_go(self, kind: str) -> None:
        case = self.world.case
        named = {"subject_id": case.subject_id, "about": case.ref, "actor": self.world.inspector}
        in_a_command(lambda: duty_services.let_go(kind, now=self.now, **named))
        self.kept_house()

    def kept_house(self) -> list[tuple[object, ...]]:
        steps = (services.note_expired, services.note_expiring, services.keep_visited)
        return [tuple(step(SYSTEM, now=self.now)) for step in steps]

    @invariant()
    def every_running_order_has_its_next_visit(self) -> None:
        if any(life.stands.runs(self.now) for life in self.lives.values()):
            assert self.standing().filter(kind__in=VISITS).exists()

    @invariant()
    def none_is_longer_than_the_law_of_its_day(self) -> None:
        for pk, life in self.lives.items():
            order = self.order(pk)
            term = 30 if day_of(order.issued_at) >= NO_161 else 3
            assert order.stated == (order.ends != order.starts + term * DAY)
            assert order.basis["value"] == term
            assert dated(order) == life.stands
        for row in Extension.objects.select_related("order"):
            ceiling = Law(row.on).get("order.extension_ceiling_days")
            assert ceiling is not None and row.basis == ceiling.as_json()
            assert not ceiling.is_set or row.until <= row.order.starts + ceiling.whole() * DAY
            assert ceiling.is_set == (row.on < NO_161)

    @invariant()
    def those_that_ran_at_once_are_linked(self) -> None:
        linked = {frozenset(pair) for pair in Overlap.objects.values_list("order", "other")}
        against = dict(ProtectionOrder.objects.values_list("pk", "respondent"))
        for one, other in combinations(self.lives, 2):
            same = None in (against[one], against[other]) or against[one] == against[other]
            if same and self.lives[one].stands.overlaps(self.lives[other].stands):
                assert frozenset((one, other)) in linked
        if linked:
            kinds = Duty.objects.filter(subject_id=self.world.case.subject_id).values_list("kind", flat=True)
            assert "order.explain_overlap" in kinds

    @invariant()
    def no_duty_of_an_order_is_lost(self) -> None:
        for pk, life in self.lives.items():
            duties = Duty.objects.filter(about=f"{self.world.case.ref}/{pk}", kind__in=OF_ONE)
            standing = dict(duties.standing().values_list("kind", "due_at"))
            assert standing == {kind: due for kind, due in life.standing.items() if kind in OF_ONE}
            ended = set(duties.exclude(ended_at=None).values_list("kind", flat=True)) - set(standing)
            assert ended == (set(life.ended) & set(OF_ONE)) - set(standing)
            if life.stands.runs(self.now) and not life.served:
                assert owed.SERVE in standing

    def order(self, pk: UUID) -> ProtectionOrder:
        return ProtectionOrder.objects.dated().get(pk=pk)

    def standing(self):
        return Duty.objects.standing().filter(subject_id=self.world.case.subject_id)


def forget() -> None:
    keys.forget()
    index.forget()


def live(examples: int, steps: int) -> None:
    told = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Kept, settings=told)


@pytest.mark.django_db
def test_nothing_falls_through_in_a_few_histories():
    live(4, 12)


@pytest.mark.django_db
@pytest.mark.deep
def test_nothing_falls_through_in_many_histories():
    live(40, 30)
