"""What happens after the first look asks for another one, and closes or lowers nothing."""

from datetime import timedelta

import pytest

from kalka.cases import services
from kalka.cases.rules import NewWord, Saying
from kalka.cases.tests import factories as make
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    found = make.raion()
    found.case = make.opened(found)
    return found


def standing(case, kind="risk.reassess"):
    rows = Duty.objects.filter(subject_id=case.subject_id, kind=kind, ended_at=None)
    return list(rows.values_list("assignee_id", "due_at", "basis"))


def looked_at(world):
    """The first assessment was made."""
    subject, about = world.case.subject_id, world.case.ref
    make.in_a_command(
        lambda: duties.end_for("risk.assess", subject_id=subject, about=about, now=make.NOW, actor=world.inspector)
    )


def again(world):
    return [(world.inspector.post_id, make.NOW + timedelta(hours=24), {"rule": "internal"})]


def test_before_the_first_assessment_its_own_duty_is_enough(world):
    make.incident(world.inspector, world.case)
    assert (standing(world.case), len(standing(world.case, "risk.assess"))) == ([], 1)


def test_a_new_incident_asks_the_inspector_again_within_a_day(world):
    looked_at(world)
    make.incident(world.inspector, world.case)
    assert standing(world.case) == again(world)


def test_a_fuller_telling_of_an_incident_asks_nothing_again(world):
    first = make.incident(world.inspector, world.case)
    looked_at(world)
    make.incident(world.inspector, world.case, amends=first.pk)
    assert standing(world.case) == []


@pytest.mark.parametrize("kind", list(Saying))
def test_words_that_sound_like_an_end_ask_again_and_end_nothing(world, kind):
    looked_at(world)
    before = Duty.objects.filter(subject_id=world.case.subject_id, ended_at=None).count()
    services.record_word(
        world.inspector, id=new_id(), case_ref=world.case.ref, told=NewWord(kind, make.TODAY), now=make.NOW
    )
    assert standing(world.case) == again(world)
    assert Duty.objects.filter(subject_id=world.case.subject_id, ended_at=None).count() == before + 1
