"""A clock that is set back or forward: nobody stays signed in too long or is locked out, nothing waits for ever or is
done twice, and the record stays whole."""

from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
import time_machine
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from kalka.access import who
from kalka.accounts import guard, rules
from kalka.accounts import services as accounts
from kalka.accounts.lasting import lasting
from kalka.accounts.models import Session, SignInFailure, User
from kalka.accounts.own import end_those_ahead, own_keys
from kalka.accounts.rules import SKEW, Failures, Stage
from kalka.core import chain, clock, verifying
from kalka.core.actors import SYSTEM
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry, AuditSeal
from kalka.demo.staffing import FOUNDER, PASSWORD
from kalka.duties.models import Duty
from kalka.duties.tests.factories import NOW, duty, standing, team
from kalka.followup.models import Visit
from kalka.jobs import runner, upkeep
from kalka.jobs.models import Job
from kalka.jobs.periodic import Periodic, run_due
from kalka.jobs.rules import LEASE
from kalka.jobs.tests import factories as jobs
from kalka.lawbook.book import Law
from kalka.notices import delivery
from kalka.notices.models import Notice
from kalka.worker.escalating import escalate
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BACK, FORWARD = -timedelta(days=2), timedelta(days=3)
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
IDLE, LIMIT = lasting("").idle, rules.LIMITS["password"]
SPANS = st.timedeltas(-timedelta(days=4), timedelta(days=4))


@pytest.fixture
def user():
    return accounts.create_user(FOUNDER, login="aida", name="Аида", password=PASSWORD, now=NOW)


def signed_in(user) -> str:
    return accounts.open_session(user, stage=Stage.FULL, now=NOW).token


def acts(token: str, at: datetime) -> bool:
    found = who.visitor(token, now=at)
    return found is not None and found.actor is not None


# Sessions, codes, locks


@given(seen=MOMENTS, lasts=st.timedeltas(timedelta(0), rules.ABSOLUTE), now=MOMENTS, jump=SPANS)
def test_a_session_is_open_only_where_its_own_times_are_behind_it(seen, lasts, now, jump):
    open_ = rules.is_open(seen=seen, ends=seen + lasts, now=now + jump, idle=IDLE)
    assert open_ == (seen - SKEW <= now + jump <= seen + IDLE and now + jump < seen + lasts)


@pytest.mark.parametrize("jump", [BACK, -timedelta(hours=1), -timedelta(minutes=3)])
def test_a_clock_that_is_set_back_ends_a_session_for_good(user, jump):
    token = signed_in(user)
    assert not acts(token, NOW + jump)
    assert not acts(token, NOW + timedelta(minutes=1))  # the clock is right again: whoever was out stays out


def test_whoever_does_not_come_by_meanwhile_is_out_as_well(user):
    token, half = signed_in(user), accounts.open_session(user, stage=Stage.CODE, now=NOW)
    assert end_those_ahead(now=NOW + BACK) == 2
    assert not acts(token, NOW + timedelta(minutes=1))
    with pytest.raises(DomainError):
        accounts.enter_code(half.token, code="123456", address="", now=NOW)


def test_two_machines_that_differ_by_a_minute_end_nothing(user):
    token = signed_in(user)
    assert end_those_ahead(now=NOW - timedelta(minutes=1)) == 0
    assert acts(token, NOW - timedelta(minutes=1)) and acts(token, NOW)


def test_a_clock_that_is_set_forward_ends_it_too(user):
    assert not acts(signed_in(user), NOW + FORWARD)


def test_a_token_of_a_program_outlives_a_wrong_clock(user):
    Session.objects.create(
        token=b"x", user=user, stage=Stage.API, started_at=NOW, seen_at=NOW, ends_at=NOW + FORWARD, scopes="reports"
    )
    assert end_those_ahead(now=NOW + BACK) == 0


def test_a_lock_of_days_to_come_locks_nobody_out(user):
    for _ in range(LIMIT.tries):
        guard.failed("password", "aida|198.51.100.7", now=NOW)
    with pytest.raises(DomainError, match="accounts.locked"):
        guard.refuse_if_locked("password", "aida|198.51.100.7", now=NOW - timedelta(seconds=30))
    guard.refuse_if_locked("password", "aida|198.51.100.7", now=NOW + BACK)
    guard.failed("password", "aida|198.51.100.7", now=NOW + BACK)
    assert SignInFailure.objects.get().last == NOW + BACK


@given(last=MOMENTS, now=MOMENTS)
def test_a_lock_holds_a_quarter_of_an_hour_at_most_by_any_clock(last, now):
    until = rules.locked_until(LIMIT, Failures(LIMIT.tries, last), now)
    assert until is None or timedelta(0) < until - now <= LIMIT.lock + SKEW


def test_a_code_of_days_to_come_does_not_shut_out_todays(user):
    secret = pyotp.random_base32()
    own_keys(user.subject_id).put(user, "totp", secret)
    user.totp_step = int((NOW + FORWARD).timestamp()) // 30
    user.save()
    half = accounts.open_session(user, stage=Stage.CODE, now=NOW)
    code = pyotp.TOTP(secret).at(NOW)
    assert accounts.enter_code(half.token, code=code, address="", now=NOW).stage is Stage.FULL
    again = accounts.open_session(user, stage=Stage.CODE, now=NOW)
    with pytest.raises(DomainError, match="accounts.code_wrong"):
        accounts.enter_code(again.token, code=code, address="", now=NOW)


@given(used=st.integers(0, 10**9), step=st.integers(0, 10**9), present=st.integers(0, 10**9))
def test_no_code_works_twice(used, step, present):
    if rules.is_fresh(step, used=used, present=present):
        assert not rules.is_fresh(step, used=step, present=step) and step != used


# What comes back by itself, and what waits


@pytest.mark.parametrize("jump", [BACK, FORWARD])
def test_what_comes_back_comes_back_after_a_jump_too(jump):
    ran = []
    table = [Periodic("test.minute", 60, ran.append)]
    for at in (NOW, NOW + jump, NOW + jump + timedelta(seconds=60)):
        run_due(table, at)
    assert ran == [NOW, NOW + jump, NOW + jump + timedelta(seconds=60)]


def test_a_worker_whose_clock_is_a_little_behind_does_not_do_it_again():
    ran = []
    table = [Periodic("test.minute", 60, ran.append)]
    run_due(table, NOW)
    run_due(table, NOW - timedelta(seconds=20))
    assert ran == [NOW]


@pytest.fixture
def clerk(settings):
    settings.JOBS_ACT_AS = "kalka.jobs.tests.factories.act_as"
    jobs.SAID.clear()
    jobs.SAID["actor"] = jobs.CLERK
    jobs.DONE.clear()


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_job_that_was_put_off_or_lost_before_the_clock_was_set_back_is_done_once(clerk, state):
    job = jobs.queued("jobs.counts_to_five")
    DBTaskResult.objects.update(run_after=clock.now() + timedelta(days=2))
    Job.objects.update(state=state, beat_at=clock.now() + timedelta(days=2))
    assert jobs.work() == 0
    assert upkeep.revive(clock.now()) == 1
    assert upkeep.revive(clock.now()) == 0
    jobs.work()
    assert (Job.objects.get().state, len(jobs.DONE)) == ("done", 5)
    runner.perform(job.pk)  # the row of before, two days later
    assert len(jobs.DONE) == 5


def test_a_job_that_waits_for_its_next_try_is_left_alone(clerk):
    jobs.queued("jobs.counts_to_five")
    Job.objects.update(beat_at=clock.now() + timedelta(minutes=30))
    assert upkeep.revive(clock.now()) == 0
    Job.objects.update(state="running", beat_at=clock.now() + LEASE / 2)
    assert upkeep.revive(clock.now()) == 0


class Heard:
    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)


def test_a_message_of_before_does_not_wait_for_the_clock():
    late = duty(team().inspector)
    escalate(SYSTEM, now=NOW + timedelta(days=2))
    heard = Heard()
    delivery.deliver(heard, NOW)
    delivery.deliver(heard, NOW)
    assert len(heard.messages) == 1 and Notice.objects.get(subject_id=late.subject_id).state == "sent"


# Duties and steps


@pytest.mark.parametrize(
    "times",
    [
        [0, 30, -18, 30, 31, 60],  # back by two days and right again
        [0, 72, 0, 30, 72, 90],  # forward by three days for a moment
        [30, 29, 28, 27, 26, 25],  # always back
    ],
)
def test_a_duty_moves_up_once_whatever_the_clock_does(times):
    office = team()
    duty(office.inspector)
    for hours in times:
        escalate(SYSTEM, now=NOW + timedelta(hours=hours))
    assert [one.assignee_id for one in standing()] == [office.lead.pk]
    assert Notice.objects.count() == 1
    assert Duty.objects.count() == 2


def test_a_step_that_ends_what_lies_ahead_of_the_clock_is_taken():
    world = World()
    report = world.report("katchy", on=0)
    case = world.case("sotsial", report, on=0.1)
    world.husband("sotsial", case, on=0.1)
    world.assess("inspektor", case, "high", "KG03", on=0.2)
    world.visit("inspektor", case, on=4)  # and plans the next
    world.visit("inspektor", case, on=2)  # the clock was set back
    assert Visit.objects.count() == 2
    visits = Duty.objects.filter(kind="visit.make", subject_id=case.subject_id)
    assert visits.filter(ended_at=None).count() == 1


def test_the_law_is_that_of_the_day_that_is_passed():
    days = [date(2020, 1, 1), date(2023, 6, 1), date(2026, 11, 23)]
    before = [repr(Law(day)["risk.assess_every_report"]) if _known(day) else None for day in days]
    with time_machine.travel(datetime(2035, 1, 1, tzinfo=UTC)):
        assert [repr(Law(day)["risk.assess_every_report"]) if _known(day) else None for day in days] == before


def _known(day: date) -> bool:
    return Law(day).get("risk.assess_every_report") is not None


@given(MOMENTS, SPANS)
def test_a_day_in_bishkek_has_twenty_four_hours(moment, span):
    here = moment.astimezone(clock.BISHKEK)
    assert here.utcoffset() == timedelta(hours=6)
    assert clock.day_of(moment + clock.DAY) == clock.day_of(moment) + clock.DAY
    assert (clock.day_of(moment + span) >= clock.day_of(moment)) or span < timedelta(0)


# The record


def test_the_record_stays_whole_and_says_where_the_times_go_back():
    for number, hours in enumerate([0, 0.5, -48, -47, 72, 0]):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            accounts.create_user(FOUNDER, login=f"user{number}", name="Аида", password=PASSWORD, now=clock.now())
        _verified()
    found = _verified()
    assert (found.fault, found.sealed) == (None, AuditEntry.objects.count())
    back = AuditEntry.objects.filter(at=NOW + timedelta(hours=-48)).get()
    assert found.set_back == (2, found.sealed - 3)
    assert AuditSeal.objects.get(position=found.set_back[1]).entry == back.pk


def test_a_record_in_order_says_nothing():
    with time_machine.travel(NOW) as when:
        for _ in range(3):
            when.shift(1)
            User.objects.all().delete()
            accounts.create_user(FOUNDER, login="aida", name="Аида", password=PASSWORD, now=clock.now())
    assert _verified().set_back == (0, 0)


def _verified() -> verifying.Verified:
    chain.seal()
    if connection.vendor == "postgresql":  # the transaction of the test is still open
        chain.extend(AuditEntry.objects.exclude(id__in=AuditSeal.objects.values("entry")).order_by("id"))
    return verifying.verify()
