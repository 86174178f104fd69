"""Results out of records of one committee, and the report of a quarter."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kalka.committees.tests.factories import NOW, added, founded
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.families.tests import factories as registers
from kalka.prevention import services as prevention
from kalka.prevention.rules import NewEvent
from kalka.results import selectors, services
from kalka.results.models import Acknowledged, QuarterReport
from kalka.results.rules import Amount, Quarter, Scope, year_span
from kalka.training.tests import factories as courses

pytestmark = [pytest.mark.django_db, pytest.mark.both]
YEAR, THIRD, ALL = year_span(2026), Quarter(2026, 3), Scope()


@pytest.fixture
def world() -> SimpleNamespace:
    made = founded()
    added(made.secretary)
    for on, times, bound, people in ((date(2026, 9, 5), 1, "", 40), (date(2026, 9, 20), 19, "over", 960)):
        told = NewEvent("meeting", on, made.secretary.place, times, bound, people, bound)
        prevention.record_event(made.secretary, id=new_id(), told=told, now=NOW)
    return made


def amounts(actor: Actor, span=YEAR, scope=ALL) -> dict[str, Amount | None]:
    found = selectors.results(actor, span, scope, now=NOW)
    return {code: one.figure.amount for code, one in found.results.items()}


def test_the_figures_come_out_of_the_records_and_a_bound_stays(world):
    found = amounts(world.ministry)
    assert (found["meetings"], found["reached"], found["events"]) == (
        Amount(20, "over"),
        Amount(1000, "over"),
        Amount(20, "over"),
    )
    assert found["committees"] == Amount(1)
    assert found["members"] == amounts(world.secretary)["members"]


def test_somebody_known_at_two_trainings_is_one_person_and_two_participations(world):
    one = courses.programme()
    first, second = courses.course(one), courses.course(one, place=courses.BATKEN)
    courses.entry(first, names=(courses.NAZGUL, courses.AIDA))
    courses.entry(second, names=(courses.NAZGUL,))
    assert (amounts(world.ministry)["trained"], amounts(world.ministry)["trained_people"]) == (Amount(3), Amount(2))


@pytest.mark.parametrize("bound", ["over", "least"])
def test_how_many_were_trained_keeps_the_bound_of_its_source(world, bound):
    courses.entry(courses.course(), 20, kind="activist", bound=bound)
    found = amounts(world.ministry)
    assert (found["trained"], found["trained_people"]) == (Amount(20, bound), Amount(20, bound))


def test_a_span_before_the_work_holds_nothing(world):
    found = amounts(world.ministry, year_span(2025))
    assert (found["meetings"], found["committees"]) == (Amount(0), Amount(0))


def test_a_scope_that_holds_no_committee_is_not_found(world):
    with pytest.raises(AccessDenied):
        amounts(world.ministry, scope=Scope("region", "south"))
    assert amounts(world.ministry, scope=Scope("region", "north"))["meetings"] == Amount(20, "over")
    assert amounts(world.ministry, scope=Scope("project", str(world.project)))["meetings"] == Amount(20, "over")
    assert amounts(world.ministry, scope=Scope("network", f"{world.project}:north"))["meetings"] == Amount(20, "over")


def test_whoever_does_not_read_results_reads_none(world):
    with pytest.raises(AccessDenied):
        amounts(world.member)


def test_which_committee_sent_nothing_of_a_quarter_is_told(world):
    line = selectors.results(world.ministry, YEAR, Scope(), now=NOW).lines[0]
    assert (line.sent, THIRD in line.missing, line.working) == ((), True, True)
    services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    line = selectors.results(world.ministry, YEAR, Scope(), now=NOW).lines[0]
    assert (line.sent, THIRD in line.missing) == ((THIRD,), False)


def test_a_report_goes_upward_and_is_acknowledged_there(world):
    sent = services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    line = selectors.reports(world.ministry)[0]
    assert (line.quarter, line.figures["meetings"], line.read_at) == (THIRD, Amount(20, "over"), None)
    at = NOW + timedelta(hours=1)
    services.acknowledge_report(world.raion, id=new_id(), report_id=sent.pk, now=at)
    services.acknowledge_report(world.ministry, id=new_id(), report_id=sent.pk, now=at + timedelta(hours=1))
    assert [row.author_id for row in Acknowledged.objects.all()] == [world.raion.user_id]
    assert selectors.reports(world.secretary)[0].read_at == at


def test_until_it_was_read_a_report_is_replaced_and_then_no_more(world):
    first = services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    assert services.send_report(world.secretary, id=first.pk, quarter=THIRD, now=NOW) == first
    second = services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    assert [one.id for one in selectors.reports(world.ministry)] == [second.pk]
    services.acknowledge_report(world.ministry, id=new_id(), report_id=second.pk, now=NOW)
    with pytest.raises(DomainError, match="results.already_read"):
        services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    assert QuarterReport.objects.count() == 2


@pytest.mark.parametrize("quarter", [Quarter(2026, 4), Quarter(2020, 1)])
def test_a_quarter_that_is_not_over_or_long_past_is_refused(world, quarter):
    with pytest.raises(DomainError, match="results.quarter_unfit"):
        services.send_report(world.secretary, id=new_id(), quarter=quarter, now=NOW)
    assert not QuarterReport.objects.exists()


def test_a_committee_elsewhere_neither_sees_nor_acknowledges_it(world):
    sent = services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    assert selectors.reports(world.stranger) == []
    for actor in (world.stranger, world.secretary):
        with pytest.raises(AccessDenied):
            services.acknowledge_report(actor, id=new_id(), report_id=sent.pk, now=NOW)
    assert not Acknowledged.objects.exists()


def test_a_family_noted_this_month_moves_no_number_of_whoever_may_not_open_it(world):
    def seen() -> Amount | None:
        return amounts(world.ministry)["families"]

    for _ in range(6):
        registers.noted(world.secretary, now=NOW - timedelta(days=40))
    before = seen()
    registers.noted(world.secretary, now=NOW)
    assert (before, seen(), amounts(world.secretary)["families"]) == (Amount(6), Amount(6), Amount(7))
