"""Bans of a court that nothing watches: their law is another, and no device is to be fitted."""

from datetime import timedelta

import pytest

from kalka.core.errors import DomainError
from kalka.lawbook.book import Law
from kalka.monitoring import rules, selectors, views
from kalka.monitoring.models import Measure
from kalka.monitoring.rules import State
from kalka.monitoring.tests import factories as make
from kalka.monitoring.tests.factories import DAY, DEVICE, NOW, TODAY
from kalka.monitoring.tests.test_views import decision
from kalka.orders.tests.test_views import ask, day, text

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LAST = TODAY + 60 * DAY


@pytest.fixture
def world():
    return make.world()


def alone(world, **said):
    return make.paper(world, means="none", **{"ends": LAST, **said})


def test_they_run_as_their_paper_says_on_an_article_whose_term_is_unset(world):
    measure = make.decided(world, alone(world))
    assert (measure.ends, measure.basis["key"], measure.basis["value"]) == (LAST, "court.measure_max_months", None)
    assert (measure.basis["act"], measure.basis["article"]) == ("law-63", "32")
    (line,) = selectors.of_case(world.inspector, world.case.subject_id, now=NOW)
    assert (line.state, line.runs, line.watching, line.decider_is_set) == (State.RUNNING, True, False, False)
    assert set(make.duties(world)) == {"monitoring.before_end"}, "nothing is to be fitted"
    found = selectors.open_work(world.inspector, world.case.subject_id, now=NOW)
    assert [one.code for one in found] == ["monitoring.bans_run"]


def test_a_last_day_is_needed_and_nothing_is_fitted(world):
    assert make.refusal(lambda: make.decided(world, alone(world, ends=None))).code == "monitoring.say_until"
    far = alone(world, ends=TODAY + 2_000 * DAY)
    assert make.refusal(lambda: make.decided(world, far)).code == "monitoring.ends_too_late"
    measure = make.decided(world, alone(world))
    assert make.refusal(lambda: make.fitted(world, measure, DEVICE)).code == "monitoring.nothing_is_to_watch"
    assert Measure.objects.count() == 1


def test_whoever_breaks_them_does_not_refuse_bans_under_monitoring(world):
    for told, grounds in ((alone(world), 0), (make.paper(world), 1)):
        measure = make.decided(world, told)
        signal = make.signalled(world, measure, "near")
        make.answered(world, signal, "breach", "Үйдүн жанында жүргөн.")
        assert len(selectors.broken(world.inspector, world.case.subject_id, now=NOW)) == grounds


def test_before_the_law_nobody_decides_on_them():
    told = make.NewMeasure(TODAY, "court", "none", ("no_contact",), ends=LAST)
    assert rules.term(Law(TODAY), told).ends == LAST
    old = Law(TODAY.replace(year=2016))
    with pytest.raises(DomainError) as refused:
        rules.term(old, told)
    assert refused.value.code == "monitoring.no_law_then"
    assert timedelta(days=rules.LONGEST_STATED) > timedelta(days=366)


def test_written_down_by_the_form_their_page_asks_for_no_device(world):
    world.ref = world.case.ref
    told = decision(world, means="none")
    refused = text(ask(views.register, world.inspector, world.ref, told=told))
    assert "names no longest term" in refused and not Measure.objects.exists()
    assert ask(views.register, world.inspector, world.ref, told=told | day("ends", LAST)).status_code == 302
    page = text(ask(views.measure, world.inspector, world.ref, Measure.objects.get().pk))
    assert "Bans and limits of a court" in page and "it runs as its paper says" in page
    assert "Fit a device" not in page and "Electronic monitoring" not in page
