"""Whatever a committee does at its sittings, and in whatever order: no decision is lost, none is carried out twice, a
conflict holds, and what was decided is some post's to do until it has ended."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.referrals.models import Need
from kalka.sittings import selectors, services
from kalka.sittings.models import Carried, CaseDecision, OwnDecision
from kalka.sittings.rules import Became, State
from kalka.sittings.tests.factories import NOW, TODAY, came, decided, planned, put, world
from kalka.support.models import Action, AidGiven, Decided, DocumentStep

pytestmark = pytest.mark.django_db
ONE = st.integers(0, 9)
DAY = timedelta(days=1)
MEASURES = {True: ("talk", "food", "psychologist", "transport", "birth"), False: ("meeting", "letter")}
GIVEN, PROMISED = ("food", "transport"), ("food", "transport", "birth")


class Sittings(RuleBasedStateMachine):
    """A committee with one family, beside the model: its sittings, items, conflicts and decisions."""

    made = None

    @initialize()
    def begin(self):
        self.point = transaction.atomic()
        self.point._from_testcase = True  # each history is undone by itself; commands may be durable inside it
        self.point.__enter__()
        self.at, self.now = type(self).made, NOW
        self.who = [self.at.secretary, self.at.member, self.at.third, self.at.fourth]
        self.state = {self.at.sitting: "called"}
        self.rolls: set[object] = set()
        self.items: dict[object, tuple[object, bool]] = {}  # its sitting, and whether it is about the family
        self.apart: dict[object, set[int]] = {}  # who declared a conflict, by item
        self.out: set[int] = set()  # who is shut out of the case
        self.taken: dict[object, dict[str, object]] = {}

    def teardown(self):
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def tried(self, do, *, expected: bool):
        """Taken exactly where the model says so; refused without a trace where it does not."""
        try:
            done = do()
        except (DomainError, AccessDenied):
            assert not expected
            return None
        assert expected
        return done

    def one(self, known, which):
        known = list(known)
        return known[which % len(known)] if known else None

    @rule(days=st.sampled_from([1, 20]))
    def wait(self, days):
        self.now += days * DAY

    @rule()
    def call(self):
        if len(self.state) < 3:
            self.state[planned(self.at.secretary, at=self.now, now=self.now).pk] = "called"

    @rule(which=ONE, about=st.booleans(), twice=st.booleans())
    def put(self, which, about, twice):
        sitting = self.one(self.state, which)
        there = any(where == sitting and of_case for where, of_case in self.items.values())
        expected = self.state[sitting] == "called" and not (about and there)
        id, ref = new_id(), self.at.family.case_ref if about else ""
        do = lambda: put(self.at.secretary, sitting, "help" if about else "other", ref=ref, id=id, now=self.now)  # noqa: E731 - sent once or twice
        if (item := self.tried(do, expected=expected)) is not None:
            self.items[item.pk], self.apart[item.pk] = (sitting, about), set()
            assert not twice or do().pk == item.pk

    @rule(which=ONE)
    def come(self, which):
        sitting = self.one(self.state, which)
        if self.tried(lambda: came(self.at, sitting=sitting, now=self.now), expected=self.state[sitting] == "called"):
            self.rolls.add(sitting)

    @rule(which=ONE, who=st.integers(2, 3))
    def step_back(self, which, who):
        if (item := self.one(self.items, which)) is None:
            return
        actor = self.who[who]
        holding = self.at.holdings[actor.post_id]
        answers = any(one["item"] == item and one["first"] == holding and one["about"] for one in self.taken.values())
        seen = not (self.items[item][1] and who in self.out)
        expected = seen and who not in self.apart[item] and not answers
        do = lambda: services.declare_conflict(actor, id=new_id(), item_id=item, holding_id=holding, now=self.now)  # noqa: E731 - too long for a line
        if self.tried(do, expected=expected):
            self.apart[item].add(who)
            self.out |= {who} if self.items[item][1] else set()

    @rule(which=ONE, measure=ONE, who=st.integers(0, 3), days=st.sampled_from([0, 10]), twice=st.booleans())
    def decide(self, which, measure, who, days, twice):
        if (item := self.one(self.items, which)) is None:
            return
        sitting, about = self.items[item]
        open_ = self.state[sitting] == "called" and sitting in self.rolls
        expected = open_ and who not in self.apart[item]
        code, id = MEASURES[about][measure % len(MEASURES[about])], new_id()
        row = selectors.get_item(self.at.secretary, item, now=self.now)
        by = max(TODAY, self.now.date()) + days * DAY
        som = {"som": 1500} if code == "food" else {}
        do = lambda: decided(self.at, row, code, who=self.who[who], by=by, id=id, now=self.now, **som)  # noqa: E731 - sent once or twice
        if (made := self.tried(do, expected=expected)) is not None:
            holding = self.at.holdings[self.who[who].post_id]
            self.taken[made.pk] = {"item": item, "about": about, "by": by, "who": who, "first": holding, "end": ""}
            self.taken[made.pk]["code"] = code
            assert not twice or do().pk == made.pk

    @rule(which=ONE, how=st.sampled_from(["done", "impossible"]), twice=st.booleans())
    def carry(self, which, how, twice):
        if (pk := self.one(self.taken, which)) is None:
            return
        id, today = new_id(), max(TODAY, self.now.date())
        do = lambda: services.carry_out(  # noqa: E731 - sent once or twice
            self.at.secretary, id=id, decision_id=pk, how=how, on=today, budget="local", now=self.now
        )
        if self.tried(do, expected=not self.taken[pk]["end"]):
            self.taken[pk]["end"] = how
            assert not twice or do().decision == pk

    @rule(which=ONE, change=st.sampled_from(["term", "responsible", "withdrawn"]), who=st.integers(0, 3))
    def correct(self, which, change, who):
        if (pk := self.one(self.taken, which)) is None:
            return
        one, by = self.taken[pk], max(TODAY, self.now.date()) + 30 * DAY
        told = {"term": {"by": by}, "responsible": {"responsible": self.at.holdings[self.who[who].post_id]}}
        expected = not one["end"] and not (change == "responsible" and who in self.apart[one["item"]])
        do = lambda: services.add_addendum(  # noqa: E731 - too long for a line
            self.at.secretary, id=new_id(), decision_id=pk, change=change, now=self.now, **told.get(change, {})
        )
        if self.tried(do, expected=expected):
            one |= {"term": {"by": by}, "responsible": {"who": who}, "withdrawn": {"end": "withdrawn"}}[change]

    @rule(which=ONE)
    def close(self, which):
        sitting = self.one(self.state, which)
        expected = self.state[sitting] == "called" and sitting in self.rolls
        do = lambda: services.end_sitting(self.at.secretary, id=new_id(), sitting_id=sitting, how="held", now=self.now)  # noqa: E731 - too long for a line
        if self.tried(do, expected=expected):
            self.state[sitting] = "held"

    @invariant()
    def no_decision_is_lost_and_none_is_carried_out_twice(self):
        if not hasattr(self, "taken"):
            return
        there = {*CaseDecision.objects.values_list("pk", flat=True), *OwnDecision.objects.values_list("pk", flat=True)}
        assert there == self.taken.keys()
        ended = {pk: one["end"] for pk, one in self.taken.items() if one["end"] not in ("", "withdrawn")}
        assert dict(Carried.objects.values_list("decision", "how")) == ended
        given = [pk for pk, one in self.taken.items() if one["code"] in GIVEN and one["end"] == "done"]
        assert sorted(AidGiven.objects.values_list("decision", flat=True)) == sorted(given)

    @invariant()
    def what_was_promised_stands_once_as_it_was_corrected_and_ends_with_its_decision(self):
        if not hasattr(self, "taken"):
            return
        posts = [one.post_id for one in self.who]
        runs = [one for one in self.taken.values() if one["code"] in PROMISED and not one["end"]]
        wanted = sorted((one["by"], posts[one["who"]]) for one in runs)
        standing = [model.objects.filter(end=None).values_list("by", "owner") for model in (Decided, Action)]
        assert sorted((*standing[0], *standing[1])) == wanted
        born = [one["end"] for one in self.taken.values() if one["code"] == "birth"]
        restored = DocumentStep.objects.filter(kind="birth_certificate", state="restored")
        assert restored.count() == born.count("done")

    @invariant()
    def she_is_to_be_asked_once_about_each_help_whatever_became_of_the_decision(self):
        if not hasattr(self, "taken"):
            return
        decided = {one["code"] for one in self.taken.values() if one["code"] == "psychologist"}
        assert Need.objects.count() == len(decided)
        assert Duty.objects.standing().filter(kind="families.ask_her").count() == len(decided)

    @invariant()
    def what_runs_is_one_duty_of_whoever_answers_and_what_has_ended_is_nobodys(self):
        if not hasattr(self, "taken"):
            return
        duties = Duty.objects.standing().filter(kind="committee.decision").values_list("about", "assignee_id")
        having = {about.rpartition("/")[2]: post for about, post in duties}
        assert len(having) == len(duties)
        runs = {str(pk) for pk, one in self.taken.items() if not one["end"]}
        assert having.keys() == runs

    @invariant()
    def the_page_says_of_each_what_became_of_it(self):
        if not hasattr(self, "taken"):
            return
        for sitting, state in self.state.items():
            page = selectors.sitting(self.at.secretary, sitting, now=self.now)
            assert page.line.state == State(state)
            for line in (line for item in page.items for line in item.decisions):
                assert line.became == self.became(line.id)

    @invariant()
    def whoever_stepped_back_sees_no_item_of_it(self):
        if not any(getattr(self, "apart", {}).values()):
            return
        for who in (2, 3):
            for sitting in self.state:
                shown = {item.id for item in selectors.sitting(self.who[who], sitting, now=self.now).items}
                known = {item for item, (where, _about) in self.items.items() if where == sitting}
                hidden = {
                    item for item in known if who in self.apart[item] or (self.items[item][1] and who in self.out)
                }
                assert shown == known - hidden

    def became(self, pk) -> Became:
        one = self.taken[pk]
        if one["end"]:
            return {"done": Became.DONE, "impossible": Became.NOT_DONE, "withdrawn": Became.WITHDRAWN}[one["end"]]
        return Became.LATE if max(TODAY, self.now.date()) > one["by"] else Became.RUNNING


@pytest.fixture
def machine():
    Sittings.made = world()
    yield Sittings
    Sittings.made = None


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def test_no_history_of_sittings_loses_a_decision_or_carries_one_out_twice(machine):
    few = settings(max_examples=4, stateful_step_count=9, deadline=None, suppress_health_check=SLOW)
    run_state_machine_as_test(machine, settings=few)


@pytest.mark.deep
def test_nor_does_any_long_one(machine):
    many = settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=SLOW)
    run_state_machine_as_test(machine, settings=many)
