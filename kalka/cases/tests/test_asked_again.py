"""What happens after the first look asks for another one, and closes or lowers nothing."""

from datetime import timedelta

import pytest

from kalka.cases import selectors, services
from kalka.cases.rules import NewWord, Saying
from kalka.cases.tests import factories as make
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WEAPON = "measure.check_weapon"


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


@pytest.mark.parametrize("sign", ["weapon", "threat_to_kill"])
def test_an_incident_with_a_weapon_or_a_threat_to_kill_asks_at_once_that_a_weapon_is_looked_for(world, sign):
    make.join(world.inspector, world.case, world.worker)
    first = make.incident(world.worker, world.case, signs=(sign,))
    at_once = (world.inspector.post_id, make.NOW + timedelta(hours=2), {"rule": "internal"})
    assert standing(world.case, WEAPON) == [at_once]
    told = Notice.objects.filter(to_post=world.inspector.post_id, kind="duty_assigned")
    assert list(told.values_list("subject_id", flat=True)) == [world.case.subject_id]
    page = selectors.case_page(world.inspector, world.case.ref, now=make.NOW)
    assert [one.signs for one in page.incidents if one.id == first.pk] == [(sign,)]


def test_a_fuller_telling_that_names_the_weapon_asks_for_it_too_and_no_word_of_one_does_not(world):
    first = make.incident(world.inspector, world.case)
    assert standing(world.case, WEAPON) == []
    make.incident(world.inspector, world.case, amends=first.pk, signs=("weapon",))
    assert [post for post, _due, _basis in standing(world.case, WEAPON)] == [world.inspector.post_id]
