import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kalka.cases import selectors, views
from kalka.cases.models import Demand, Note
from kalka.cases.rules import Circle, NewNote
from kalka.cases.services import write_note
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import NOW
from kalka.cases.tests.test_views import YESTERDAY, ask, text, to_the_case
from kalka.core.refs import new_id
from kalka.files.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    return world


def test_a_team_note_asks_for_nothing_but_its_words(world):
    page = text(ask(views.note, world.inspector, world.case.ref))
    assert 'name="circle"' not in page and 'name="readers"' not in page
    assert to_the_case(ask(views.note, world.inspector, world.case.ref, told={"text": "Сүйлөштүк."}), world.case)
    assert Note.objects.get().circle == Circle.TEAM


def test_a_psychologist_says_whose_note_it_is_and_who_may_read_it(world):
    for other in (world.psychologist, world.colleague):
        make.join(world.inspector, world.case, other)
    told = {"circle": "psychologist", "readers": [str(world.colleague.post_id)], "text": "Коркот."}
    assert 'name="readers"' in text(ask(views.note, world.psychologist, world.case.ref))
    assert to_the_case(ask(views.note, world.psychologist, world.case.ref, told=told), world.case)
    page = selectors.case_page(world.colleague, world.case.ref, now=NOW)
    assert [note.text for note in page.notes] == ["Коркот."]


def test_a_demand_is_written_down(world):
    for other in (world.psychologist, world.worker):
        make.join(world.inspector, world.case, other)
    closed = NewNote(Circle.PSYCHOLOGIST, "Коркот.")
    note = write_note(world.psychologist, id=new_id(), case_ref=world.case.ref, told=closed, now=NOW)
    told = YESTERDAY | {"who": "court", "ground": "№ 7", "note": str(note.pk)}
    page = text(ask(views.demand, world.worker, world.case.ref))
    assert "opens nothing" in page and "Коркот" not in page
    assert to_the_case(ask(views.demand, world.worker, world.case.ref, told=told), world.case)
    assert Demand.objects.get().note_id == note.pk


def test_a_file_goes_in_and_comes_out_under_a_name_that_says_nothing(world):
    upload = SimpleUploadedFile("Справка.txt", "Көк ала".encode())
    answer = ask(views.attach, world.inspector, world.case.ref, told={"file": upload})
    assert to_the_case(answer, world.case)
    kept = Attachment.objects.get()
    answer = ask(views.file, world.inspector, world.case.ref, kept.pk)
    assert answer.content.decode() == "Көк ала"
    assert "attachment" in answer["Content-Disposition"] and "Справка" not in answer["Content-Disposition"]
