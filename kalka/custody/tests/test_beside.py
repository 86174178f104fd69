"""What is sealed of an event, a story, the names of a course: destroyed by two persons as a case is."""

from datetime import date

import pytest

from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.extract import Extract
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import selectors, services
from kalka.custody.models import Erasure
from kalka.library import facts as stories
from kalka.library import selectors as library
from kalka.library import services as telling
from kalka.library.models import StoryShown
from kalka.library.tests import factories as shelf
from kalka.prevention import selectors as prevention
from kalka.prevention import services as keeping
from kalka.prevention.tests import factories as held
from kalka.prevention.tests.factories import NOW
from kalka.training import selectors as training
from kalka.training.models import Participant
from kalka.training.tests import factories as courses
from kalka.vault import erasing
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]
AIDA = Actor(901, frozenset({Permission.ERASE}), post_id=91)
BAKYT = Actor(902, frozenset({Permission.ERASE}), post_id=92)
EXTRACT = Extract(before=NOW.replace(year=2027), until=date(2027, 1, 1), salt=b"s")


def asked(id: object, by: Actor = AIDA) -> Erasure:
    told = {"ground": "court", "paper": "АД-12/26", "paper_on": date(2026, 2, 20), "now": NOW}
    return services.ask_erasure(by, id=new_id(), case_ref=str(id), **told)


def destroyed(id: object) -> set[str]:
    """The classes of the keys that are left of it."""
    row = asked(id)
    assert [one.ref for one in selectors.waiting(BAKYT, now=NOW)] == [str(id)]
    services.decide_erasure(BAKYT, id=new_id(), erasure_id=row.pk, agreed=True, now=NOW)
    assert selectors.erased(AIDA, now=NOW)[-1].ref == str(id)
    return set(SubjectKey.objects.filter(subject_id=row.subject_id).values_list("klass", flat=True))


def test_of_an_event_the_words_the_roll_and_the_photos_go_and_the_figures_stay():
    at = held.world()
    made = held.event(at.secretary, told="Назгүл сүйлөдү")
    keeping.keep_roll(at.secretary, id=new_id(), event_id=made.pk, names="Назгүл Асанова", now=NOW)
    photo = held.photo(at.secretary, made)
    assert destroyed(made.pk) == {erasing.STONE}
    assert prevention.told(at.secretary, made, now=NOW) == "" and prevention.roll(at.secretary, made, now=NOW) == ()
    with pytest.raises(AccessDenied):
        prevention.picture(at.secretary, photo.pk, now=NOW)
    assert prevention.event_page(at.secretary, made.pk).line.people == 40


def test_of_a_story_the_copy_that_everybody_reads_goes_too_also_out_of_an_older_copy_of_the_data():
    at = shelf.world()
    row, other = shelf.story(at.secretary), shelf.story(at.secretary, title="Башка")
    for one in (row, other):
        telling.review_story(at.coordinator, story_id=one.pk, show=True, why="", now=shelf.NOW)
    copy = StoryShown.objects.get(story=row)
    assert destroyed(row.pk) == {erasing.STONE}
    assert [one.story_id for one in StoryShown.objects.all()] == [other.pk]
    assert len(stories.stories(EXTRACT)) == 1
    for reader in (at.secretary, at.coordinator, at.worker):
        with pytest.raises(AccessDenied):
            library.story_page(reader, row.pk, now=shelf.NOW)
    copy.save(force_insert=True)  # as it stood in an older copy
    services.settle(SYSTEM, now=NOW)
    assert [one.story_id for one in StoryShown.objects.all()] == [other.pk]


def test_of_a_course_the_names_go_and_nothing_tells_that_somebody_was_there():
    courses.territory()
    here, there = courses.course(), courses.course(courses.programme(name="Башка"), place=courses.BATKEN)
    for one in (here, there):
        courses.entry(one, names=(courses.NAZGUL,))
    assert destroyed(here.pk) == {erasing.STONE}
    rows = Participant.objects.values_list("course", "gone", "mac")
    assert {(course, gone, mac is None) for course, gone, mac in rows} == {
        (here.pk, True, True),
        (there.pk, False, False),
    }
    page = training.course_page(courses.KEEPER, here.pk, now=courses.NOW)
    assert (page.roll, page.line.number) == ((), 1)


def test_what_is_nothing_of_these_is_not_found_and_one_person_is_not_enough():
    at = held.world()
    made = held.event(at.secretary)
    with pytest.raises(AccessDenied):
        asked(new_id())
    with pytest.raises(AccessDenied):
        asked(made.pk, at.secretary)
    assert not Erasure.objects.exists()
    row = asked(made.pk)
    with pytest.raises(DomainError, match="custody.second_person"):
        services.decide_erasure(AIDA, id=new_id(), erasure_id=row.pk, agreed=True, now=NOW)
    with pytest.raises(DomainError, match="custody.asked_already"):
        asked(made.pk, BAKYT)
    assert erasing.STONE not in SubjectKey.objects.values_list("klass", flat=True)
