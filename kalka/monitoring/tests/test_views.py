from datetime import timedelta
from typing import Any

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.monitoring import views
from kalka.monitoring.models import Answer, DeviceSignal, Fitting, Lift, Measure
from kalka.monitoring.tests import factories as make
from kalka.monitoring.tests.factories import DEVICE, NOW, TODAY
from kalka.orders.tests.test_views import ask, day, moment, text

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    made = make.world()
    made.ref = made.case.ref
    return made


def typed(**said: Any) -> dict[str, Any]:
    return {"key": str(new_id()), "told": "", **said}


def decision(world, **said: Any) -> dict[str, Any]:
    told = typed(by="court", means="device", bans=["no_contact"], respondent=str(world.man), **day("on", TODAY))
    return told | said


def test_a_decision_is_written_down_and_its_page_says_that_nothing_watches(world):
    answer = ask(views.register, world.inspector, world.ref, told=decision(world))
    measure = Measure.objects.get()
    assert (answer.status_code, measure.bans, measure.on) == (302, "no_contact", TODAY)
    page = text(ask(views.measure, world.inspector, world.ref, measure.pk))
    for words in ("Nothing watches yet", "No contact with the protected person", "A device on the body"):
        assert words in page


def test_a_refusal_stands_beside_its_field_and_the_text_comes_back(world):
    told = decision(world, told="Сот чечти", **day("ends", TODAY + timedelta(120)))
    page = text(ask(views.register, world.inspector, world.ref, told=told))
    assert "The law of that day allows 3 months" in page and "Сот чечти" in page
    assert not Measure.objects.exists()


def test_a_device_a_signal_an_answer_and_the_end(world):
    measure = make.decided(world)

    def step(name: str, **said: Any) -> int:
        told = typed(**said)
        return ask(views.step, world.inspector, world.ref, measure.pk, name, told=told, now=NOW).status_code

    assert step("fit", device=DEVICE, **moment("at", TODAY, "08:30")) == 302
    assert step("signal", sign="near", **moment("at", TODAY, "08:35")) == 302
    signal = DeviceSignal.objects.get()
    board = text(ask(views.listing, world.inspector))
    assert "Came near the protected person" in board and "danger" in board
    told = typed(found="kept", told="Үйүндө болчу")
    done = ask(views.answer, world.inspector, world.ref, signal.pk, told=told, now=NOW + 2 * MINUTE)
    assert (done.status_code, Answer.objects.get().found) == (302, "kept")
    page = text(ask(views.measure, world.inspector, world.ref, measure.pk, now=NOW + 3 * MINUTE))
    assert "answered after 2 minutes" in page and "Үйүндө болчу" in page and DEVICE in page
    assert step("lift", by="court", **moment("at", TODAY, "08:40") | {"told": "Сот чечти"}) == 302
    assert (Fitting.objects.count(), Lift.objects.count()) == (1, 1)


def test_a_breach_without_words_is_asked_for_them(world):
    signal = make.signalled(world, make.decided(world))
    page = text(ask(views.answer, world.inspector, world.ref, signal.pk, told=typed(found="breach")))
    assert "Write what was seen and done." in page and not Answer.objects.exists()


def test_answered_by_somebody_else_meanwhile_it_says_so_and_keeps_the_first(world):
    signal = make.signalled(world, make.decided(world))
    make.answered(world, signal)
    late = ask(views.answer, world.inspector, world.ref, signal.pk, told=typed(found="technical"))
    assert (late.status_code, Answer.objects.get().found) == (409, "kept")


def test_a_step_that_is_none_or_not_ones_own_is_not_there(world):
    measure = make.decided(world)
    cases.join(world.inspector, world.case, world.worker)
    for actor, name in ((world.inspector, "dance"), (world.worker, "lift"), (world.worker, "fit")):
        with pytest.raises(AccessDenied):
            ask(views.step, actor, world.ref, measure.pk, name)
    assert ask(views.step, world.worker, world.ref, measure.pk, "signal").status_code == 200


def test_nobody_watched_is_said(world):
    assert "Nobody is watched here" in text(ask(views.listing, world.inspector))
