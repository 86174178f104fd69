"""A decision, a device, its signals, what was found; and what each of them causes."""

from datetime import timedelta

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.history.models import Event
from kalka.monitoring import facts, selectors, services
from kalka.monitoring.models import Answer, DeviceSignal, Measure, dated
from kalka.monitoring.rules import NewSignal, State
from kalka.monitoring.tests import factories as make
from kalka.monitoring.tests.factories import DAY, DEVICE, NOW, TODAY
from kalka.notices.models import Notice
from kalka.orders.models import Breach
from kalka.orders.rules import end_of
from kalka.orders.tests import factories as orders
from kalka.risk.models import Trigger

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    return make.world()


def state(measure, at=NOW):
    return dated(Measure.objects.dated().get(pk=measure.pk)).state(at)


def triggers(world):
    return list(Trigger.objects.filter(subject_id=world.case.subject_id).values_list("kind", flat=True))


def told_to(world):
    return {post for (post,) in Notice.objects.filter(kind="monitoring_signal").values_list("to_post")}


def test_a_decision_is_kept_with_the_law_it_rests_on_and_a_device_is_to_be_fitted(world):
    measure = make.decided(world)
    assert (measure.by, measure.means, measure.bans, measure.respondent_id) == (
        "court",
        "device",
        "no_contact,no_territory",
        world.man,
    )
    assert (measure.starts, measure.ends, measure.basis["key"]) == (
        TODAY,
        TODAY.replace(year=2027, month=2),
        "monitoring.max_months",
    )
    assert (measure.basis["act"], measure.decider["value"]) == ("law-214", "court")
    assert state(measure) is State.UNFITTED
    assert make.duties(world) == {
        "monitoring.fit": NOW + timedelta(hours=24),
        "monitoring.before_end": end_of(measure.ends) - timedelta(hours=72),
    }
    entry = AuditEntry.objects.latest("id")
    assert (entry.command, entry.object_id) == ("monitoring.register", str(measure.pk))


def test_sent_twice_it_is_there_once(world):
    id = new_id()
    assert make.decided(world, id=id).pk == make.decided(world, id=id).pk
    assert Measure.objects.count() == 1
    with pytest.raises(AccessDenied):
        make.decided(world, make.paper(world, means="app"), id=id)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ends": TODAY + 120 * DAY}, "monitoring.too_long"),
        ({"by": "police"}, "monitoring.not_who_decides"),
        ({"bans": ()}, "monitoring.no_ban"),
        ({"bans": ("no_tea",)}, "monitoring.unknown_code"),
        ({"on": TODAY + DAY}, "monitoring.day_to_come"),
        ({"on": TODAY.replace(year=2025, month=10, day=14)}, "monitoring.no_law_then"),
        ({"starts": TODAY - DAY}, "monitoring.starts_before_decision"),
        ({"respondent": new_id()}, "monitoring.not_said_to_have_done_it"),
        ({"order": new_id()}, "orders.unknown"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world, said, code):
    assert make.refusal(lambda: make.decided(world, make.paper(world, **said))).code == code


def test_from_the_device_on_it_is_watched_and_a_newer_one_replaces_it(world):
    measure = make.decided(world)
    make.fitted(world, measure)
    assert (state(measure), set(make.duties(world))) == (State.WATCHED, {"monitoring.before_end"})
    make.fitted(world, measure, "GPS 9", now=NOW + MINUTE)
    page = selectors.measure_page(world.inspector, world.case.ref, measure.pk, now=NOW + MINUTE)
    assert (page.device, page.fitted_at) == ("GPS 9", NOW + MINUTE)
    assert selectors.watched_by(world.inspector, "gps0042 7", now=NOW) == measure


def test_one_device_does_not_watch_two(world):
    make.fitted(world, make.decided(world))
    other = make.orders.fill(type(world)(**vars(world)))
    second = make.decided(other)
    assert make.refusal(lambda: make.fitted(other, second)).code == "monitoring.device_taken"


@pytest.mark.parametrize(("sign", "minutes", "danger"), [("near", 5, True), ("battery", 120, False)])
def test_a_signal_starts_a_clock_and_a_danger_is_told_at_once(world, sign, minutes, danger):
    measure = make.decided(world)
    make.fitted(world, measure)
    make.signalled(world, measure, sign)
    assert make.duties(world)["monitoring.answer"] == NOW + minutes * MINUTE
    assert triggers(world) == (["bracelet_alarm"] if danger else [])
    assert told_to(world) == ({world.inspector.post_id, world.officer.post_id} if danger else set())


def test_the_answer_stops_the_clock_and_is_given_once(world):
    signal = make.signalled(world, make.decided(world))
    later = NOW + 3 * MINUTE
    make.answered(world, signal, now=later)
    assert "monitoring.answer" not in make.duties(world)
    line = selectors.signal_line(world.inspector, world.case.ref, signal.pk, now=NOW + DAY)
    assert (line.minutes, line.late, line.found) == (3, False, "kept")
    assert make.refusal(lambda: make.answered(world, signal, "technical")).code == "monitoring.answered_already"


def test_every_signal_has_its_own_clock(world):
    measure = make.decided(world)
    first, second = make.signalled(world, measure), make.signalled(world, measure, now=NOW + MINUTE)
    make.answered(world, first, now=NOW + 2 * MINUTE)
    assert make.duties(world)["monitoring.answer"] == NOW + 6 * MINUTE
    (waiting,) = selectors.board(world.inspector, now=NOW + 10 * MINUTE).waiting
    assert (waiting.id, waiting.late) == (second.pk, True)


def test_a_breach_of_an_order_that_ran_is_written_down_with_it(world):
    order = orders.registered(world)
    signal = make.signalled(world, make.decided(world, make.paper(world, order=order.pk)))
    assert make.refusal(lambda: make.answered(world, signal, "breach")).code == "monitoring.say_what_was_found"
    make.answered(world, signal, "breach", "Дарбазанын жанында турган.")
    (breach,) = Breach.objects.all()
    assert (breach.order_id, breach.on, breach.how) == (order.pk, TODAY, "unknown")
    assert triggers(world) == ["bracelet_alarm", "order_breached"]
    assert [one.found for one in selectors.broken(world.inspector, world.case.subject_id, now=NOW)] == ["breach"]


def test_a_breach_of_bans_without_an_order_is_in_the_history_too(world):
    signal = make.signalled(world, make.decided(world))
    make.answered(world, signal, "breach", "Жакындаган.")
    assert not Breach.objects.exists()
    (event,) = Event.objects.filter(subject_id=world.case.subject_id, kind="order_breached")
    assert (event.on, event.person_id, event.source) == (TODAY, world.man, "monitoring")
    assert triggers(world) == ["bracelet_alarm", "order_breached"]


def test_who_brings_signals_need_not_see_the_case(world):
    measure = make.decided(world)
    make.fitted(world, measure)
    far = cases.post("police_inspector", place=cases.FAR)
    id = new_id()
    told = NewSignal("removed", NOW - 20 * MINUTE, ref="A-1")
    for _again in range(2):
        services.take_signal(far, id=id, device="gps 0042 7", told=told, now=NOW)
    (signal,) = DeviceSignal.objects.all()
    assert (signal.measure_id, signal.source, signal.at) == (measure.pk, "file", NOW - 20 * MINUTE)
    assert make.duties(world)["monitoring.answer"] == NOW + 10 * MINUTE, "from when it came"
    assert (triggers(world), told_to(world)) == (
        ["bracelet_alarm"],
        {world.inspector.post_id, world.officer.post_id},
    )
    with pytest.raises(AccessDenied):
        selectors.get_signal(far, world.case.ref, signal.pk, now=NOW)


def test_a_device_that_watches_nobody_is_said_so(world):
    told = NewSignal("near", NOW)
    id = new_id()
    refused = make.refusal(lambda: services.receive_signal(SYSTEM, id=id, device=DEVICE, told=told, now=NOW))
    assert refused.code == "monitoring.no_such_device"


def test_a_clock_that_is_ahead_is_believed_a_little(world):
    measure = make.decided(world)
    make.signalled(world, measure, at=NOW + 5 * MINUTE)
    refused = make.refusal(lambda: make.signalled(world, measure, at=NOW + 11 * MINUTE))
    assert (refused.code, DeviceSignal.objects.count()) == ("monitoring.time_to_come", 1)


def test_lifted_nothing_is_left_to_fit_and_what_was_told_is_still_to_be_answered(world):
    measure = make.decided(world)
    signal = make.signalled(world, measure)
    make.lifted(world, measure)
    assert (state(measure), set(make.duties(world))) == (State.LIFTED, {"monitoring.answer"})
    assert make.refusal(lambda: make.lifted(world, measure)).code == "monitoring.lifted_already"
    assert make.refusal(lambda: make.fitted(world, measure)).code == "monitoring.lifted_already"
    make.answered(world, signal)
    assert Answer.objects.count() == 1


def test_a_case_is_not_closed_while_somebody_is_watched(world):
    measure = make.decided(world)
    signal = make.signalled(world, measure)
    found = {one.code for one in selectors.open_work(world.inspector, world.case.subject_id, now=NOW)}
    assert found == {"monitoring.running", "monitoring.unanswered"}
    make.answered(world, signal)
    make.lifted(world, measure)
    assert selectors.open_work(world.inspector, world.case.subject_id, now=NOW + MINUTE) == ()


def test_whoever_does_not_see_the_case_sees_no_measure(world):
    measure = make.decided(world)
    for actor in (world.stranger, world.prosecutor):
        with pytest.raises(AccessDenied):
            selectors.measure_page(actor, world.case.ref, measure.pk, now=NOW)
        assert selectors.board(actor, now=NOW) == selectors.Board((), ())
    with pytest.raises(AccessDenied):
        services.register_measure(
            world.coordinator, id=new_id(), case_ref=world.case.ref, told=make.paper(world), now=NOW
        )


def test_how_soon_a_signal_was_answered_is_a_figure_by_the_clock_of_the_installation(world):
    measure = make.decided(world)
    for minutes in (60, 61, 25 * 60):
        row = make.signalled(world, measure, at=NOW - DAY)
        make.answered(world, row, now=NOW + minutes * MINUTE)
    make.signalled(world, measure)
    (batch,) = facts.signals(Extract(before=NOW + 3 * DAY, until=TODAY + 3 * DAY, salt=b"s" * 16))
    assert sorted(one.replied for one in batch.rows) == ["day", "hour", "later", "none"]
    assert {(one.on, one.place) for one in batch.rows} == {(TODAY, measure.place)}
