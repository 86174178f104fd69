"""Whatever people do with referrals and consents, and in whatever order: none is lost, none is done twice, and a
consent that is taken back ends what it showed with the very next question."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases.services import withdraw_consent
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.referrals import selectors, services
from kalka.referrals.models import Referral, ReferralStep
from kalka.referrals.rules.referral import ANSWERS, NEXT, OVER, UNANSWERED, Step
from kalka.referrals.tests.factories import NOW, answered, asked, noted, referred, world

pytestmark = pytest.mark.django_db
ONE = st.integers(0, 9)
NEEDS = ("psychological", "shelter")
WHOSE = {"referral.answer": {"sent", "acknowledged"}, "referral.result": {"accepted"}}
AFTER = {"again": 24, "other": 48}  # hours, of a need that is to be met within days
MOVES = {Step.DECLINED: "full", Step.WITHDRAWN: "she_asked"}


class Referrals(RuleBasedStateMachine):
    """A case with two needs and one centre, beside the model: which consent runs, and where each referral stands."""

    made = None

    @initialize()
    def begin(self):
        self.point = transaction.atomic()
        self.point._from_testcase = True  # each history is undone by itself; commands may be durable inside it
        self.point.__enter__()
        self.at, self.now = type(self).made, NOW
        self.needs = asked(self.at, *NEEDS)
        self.consents: dict[object, bool] = {}  # whether it was never taken back
        self.until: dict[object, date] = {}  # its last day
        self.sent: dict[object, datetime] = {}
        self.chased: set[tuple[object, str]] = set()
        self.written: dict[object, list[str]] = {}  # the steps that were taken, in order
        self.rests: dict[object, object] = {}  # a referral on its consent

    def teardown(self):
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def runs(self, consent) -> bool:
        return self.consents[consent] and day_of(self.now) <= self.until[consent]

    def stands(self, pk) -> Step:
        last = Step(self.written[pk][-1])
        return last if last in OVER or self.runs(self.rests[pk]) else Step.WITHDRAWN

    def one(self, which):
        known = list(self.written)
        return known[which % len(known)] if known else None

    def tried(self, do, *, expected: bool):
        """Taken exactly where the model says so; refused without a trace where it does not."""
        try:
            done = do()
        except (DomainError, AccessDenied):
            assert not expected
            return None
        assert expected
        return done

    @rule(minutes=st.sampled_from([1, 90, 3000]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(code=st.sampled_from(NEEDS), which=ONE, instead=st.booleans(), days=st.sampled_from([1, 90]))
    def refer(self, code, which, instead, days):
        old = self.one(which) if instead else None
        fits = old is not None and Referral.objects.get(pk=old).code == code
        open_ = {pk for pk in self.written if self.stands(pk) not in OVER and Referral.objects.get(pk=pk).code == code}
        expected = not (open_ - {old}) if old is None else fits and old in open_ and open_ == {old}
        need, until = self.needs[code], day_of(self.now) + timedelta(days=days)
        made = self.tried(lambda: referred(self.at, need, now=self.now, instead_of=old, until=until), expected=expected)
        if made:
            self.rests[made.pk], self.sent[made.pk] = made.consent_id, self.now
            self.consents.setdefault(made.consent_id, True)
            self.until.setdefault(made.consent_id, until)
            assert self.runs(made.consent_id)
            self.written[made.pk] = ["sent"]
            if old is not None:
                self.written[old].append("rerouted")

    @rule(which=ONE, to=st.sampled_from(sorted(ANSWERS)), twice=st.booleans())
    def answer(self, which, to, twice):
        if (pk := self.one(which)) is None:
            return
        id, why = new_id(), MOVES.get(to, "")
        expected = self.runs(self.rests[pk]) and to in NEXT[self.stands(pk)]
        referral = Referral.objects.get(pk=pk)
        do = lambda: answered(self.at, referral, to, why, now=self.now, id=id)  # noqa: E731 - sent once or twice
        if self.tried(do, expected=expected):
            self.written[pk].append(to)
            if twice:
                do()

    @rule(which=ONE)
    def let_go(self, which):
        if (pk := self.one(which)) is None:
            return
        referral = Referral.objects.get(pk=pk)
        expected = Step.WITHDRAWN in NEXT[self.stands(pk)]
        if self.tried(lambda: noted(self.at, referral, "withdrawn", "she_asked", now=self.now), expected=expected):
            self.written[pk].append("withdrawn")

    @rule(which=ONE)
    def take_back(self, which):
        running = [consent for consent in self.consents if self.runs(consent)]
        if not running:
            return
        consent = running[which % len(running)]
        withdraw_consent(self.at.inspector, id=new_id(), case_ref=self.at.case.ref, consent_id=consent, now=self.now)
        self.consents[consent] = False
        for pk in (pk for pk, rests in self.rests.items() if rests == consent):
            with pytest.raises(AccessDenied):
                selectors.received_page(self.at.psychologist, pk, now=self.now)

    @rule(chased=st.booleans())
    def work(self, chased):
        """The installation's own rounds, at any moment and more often than needed."""
        ended = {pk for pk in self.written if Step(self.written[pk][-1]) not in OVER and not self.runs(self.rests[pk])}
        assert {step.referral_id for step in services.follow_consents(SYSTEM, now=self.now)} == ended
        assert services.follow_consents(SYSTEM, now=self.now) == ()
        for pk in ended:
            self.written[pk].append("withdrawn")
        if chased:
            due = {
                (pk, what)
                for pk in self.written
                for what, hours in AFTER.items()
                if self.stands(pk) in UNANSWERED and self.sent[pk] + timedelta(hours=hours) <= self.now
            }
            made = [(one.referral_id, one.what) for one in services.chase(SYSTEM, now=self.now)]
            assert (set(made), len(made)) == (due - self.chased, len(due - self.chased))
            self.chased |= due
            assert services.chase(SYSTEM, now=self.now) == ()

    @invariant()
    def what_is_written_is_what_was_done_in_its_order(self):
        if not hasattr(self, "written"):
            return
        there: dict[object, list[str]] = {pk: [] for pk in self.written}
        for pk, step in ReferralStep.objects.order_by("number").values_list("referral", "step"):
            there[pk].append(step)
        assert there == self.written
        assert Referral.objects.count() == len(self.written)

    @invariant()
    def whoever_is_asked_sees_what_is_agreed_to_and_nothing_else(self):
        if not hasattr(self, "written"):
            return
        lines = selectors.of_case(self.at.inspector, self.at.case.subject_id, now=self.now)
        assert {line.id: line.state for line in lines} == {pk: self.stands(pk) for pk in self.written}
        knows = access.sees(self.at.psychologist, self.at.case.subject_id, now=self.now, scope=Scope.DUTIES)
        assert knows == any(map(self.runs, self.consents)), "by a consent that runs, and by nothing else"
        inbox = {line.id for line in selectors.inbox(self.at.psychologist, now=self.now)}
        assert inbox == {pk for pk in self.written if self.stands(pk) not in OVER}

    @invariant()
    def nobody_is_asked_twice_and_what_is_over_asks_nobody(self):
        if not hasattr(self, "written"):
            return
        open_ = [Referral.objects.get(pk=pk).code for pk in self.written if self.stands(pk) not in OVER]
        assert len(open_) == len(set(open_))
        for kind, states in WHOSE.items():
            having = {about.partition("/")[2] for about in _standing(kind)}
            assert having == {str(pk) for pk in self.written if self.written[pk][-1] in states}


def _standing(kind: str) -> list[str]:
    return list(Duty.objects.standing().filter(kind=kind).values_list("about", flat=True))


@pytest.fixture
def machine():
    Referrals.made = world()
    yield Referrals
    Referrals.made = None


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def test_no_history_of_referrals_and_consents_loses_one_or_does_one_twice(machine):
    few = settings(max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=SLOW)
    run_state_machine_as_test(machine, settings=few)


@pytest.mark.deep
def test_nor_does_any_long_one(machine):
    many = settings(max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=SLOW)
    run_state_machine_as_test(machine, settings=many)
