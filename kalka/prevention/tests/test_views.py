import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.intake.views import new as report_new
from kalka.prevention import views
from kalka.prevention.models import Event, EventTopic, EventWithdrawn, Photo, Roll
from kalka.prevention.tests.factories import NOW, VILLAGE, event, hall, jpeg, photo, world

pytestmark = pytest.mark.django_db
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}
TOLD = {**ON, "kind": "lawyers", "place": VILLAGE, "people": "1000", "people_bound": "over", "times": "1"}
TOLD |= {
    "topic_violence": "2",
    "topic_mind_grief": "9",
    "parts": "yes",
    "f_35_59": "7",
    "partners": "Айыл өкмөтү\nМектеп",
}
TOLD |= {"partners_abroad": "UN Women", "told": "Суроо көп болду"}


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None, **address):
    asked = RequestFactory().get("/", address) if told is None else RequestFactory().post("/", told)
    asked.actor, asked.now, asked.LANGUAGE_CODE = actor, NOW, "ky"
    return view(asked, *args)


def page(view, actor, *args, **address):
    return ask(view, actor, *args, **address).content.decode()


def keyed(**told):
    return {"key": str(new_id()), **told}


def test_an_event_from_the_page_and_what_it_shows(at):
    assert ask(views.new, at.secretary, told=keyed(**TOLD)).status_code == 302
    made = Event.objects.get()
    assert list(EventTopic.objects.values_list("topic", "count")) == [("violence", 2)], "what was not asked is not kept"
    shown = page(views.event, at.secretary, made.pk)
    assert all(words in shown for words in ("1\N{NO-BREAK SPACE}000ден ашык", "UN Women", "Суроо көп болду"))
    above = page(views.event, at.coordinator, made.pk)
    assert "Суроо көп болду" not in above and "/withdraw/" not in above


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(at):
    answer = ask(views.new, at.secretary, told=keyed(**TOLD | {"partners": "Айгүл 0555121234", "people": "5"}))
    assert (answer.status_code, Event.objects.count(), "Суроо көп болду" in answer.content.decode()) == (200, 0, True)


def test_the_list_opens_what_was_asked_for(at):
    event(at.secretary, kind="press")
    made = event(at.worker)
    asked = page(views.listing, at.coordinator, kind="meeting", since="2026-11-01", until="2026-11-30", page="0")
    assert f"/prevention/{made.pk}/" in asked and asked.count("/prevention/") > 3
    for odd in ({"since": "x"}, {"year": "20²6"}, {"organisation": "9" * 30}, {"place": "<"}, {"page": "9" * 40}):
        assert ask(views.listing, at.secretary, **odd).status_code == 200


def test_a_report_after_a_talk_is_one_tap_away_and_knows_nothing_of_the_event(at):
    made = event(at.secretary, kind="class", grades=(9,))
    shown = page(views.event, at.secretary, made.pk)
    assert 'href="/reports/new/?way=talk"' in shown
    answer = page(report_new, at.secretary, way="talk")
    assert 'value="talk" data' in answer or '<option value="talk" selected>' in answer
    assert str(made.pk) not in answer


def test_taken_back_on_its_page(at):
    made = event(at.secretary)
    with pytest.raises(AccessDenied):
        ask(views.withdraw, at.coordinator, made.pk, told=keyed(why="twice"))
    assert ask(views.withdraw, at.secretary, made.pk, told=keyed(why="twice")).status_code == 302
    assert ask(views.withdraw, at.secretary, made.pk, told=keyed(why="twice")).status_code == 409
    assert EventWithdrawn.objects.count() == 1


def test_a_roll(at):
    made = event(at.secretary)
    assert ask(views.roll, at.secretary, made.pk, told=keyed(names="Бермет")).status_code == 302
    assert "Бермет" in page(views.roll, at.colleague, made.pk) and Roll.objects.count() == 1
    assert ask(views.roll, at.secretary, made.pk, told=keyed(names="")).status_code == 200
    assert ask(views.roll, at.secretary, made.pk, told=keyed(names="", destroy="on")).status_code == 302
    assert "Бермет" not in page(views.roll, at.colleague, made.pk)


def test_of_homes_nothing_but_numbers_is_asked_for(at):
    shown = page(views.event, at.secretary, event(at.secretary, kind="households").pk)
    assert "/withdraw/" in shown and "/roll/" not in shown and "/photo/" not in shown


def test_a_photo_is_shown_before_it_is_kept(at):
    made = event(at.secretary)
    file = SimpleUploadedFile("DSC_0001.jpg", jpeg(hall(1)), "image/jpeg")
    assert ask(views.photo_new, at.secretary, made.pk, told=keyed(file=file, minors="no")).status_code == 302
    row = Photo.objects.get()
    assert 'name="marks"' in page(views.photo, at.secretary, row.pk)
    answer = ask(views.photo, at.secretary, row.pk, told=keyed(do="keep", marks=["0-0"]))
    assert (answer["Location"], Photo.objects.get().state) == (f"/prevention/photo/{row.pk}/", "waiting"), "look again"
    assert ask(views.photo, at.secretary, row.pk, told=keyed(do="keep"))["Location"] == f"/prevention/{made.pk}/"
    assert 'name="marks"' not in page(views.photo, at.colleague, row.pk)
    served = ask(views.picture, at.colleague, row.pk)
    assert (served["Content-Type"], served["Cache-Control"]) == ("image/jpeg", "no-store")
    assert Image.open(io.BytesIO(served.content)).size == hall().size
    assert ask(views.photo, at.secretary, row.pk, told=keyed(do="drop")).status_code == 302
    assert Photo.objects.get().state == "gone"


def test_no_photo_of_children_is_taken(at):
    made = event(at.secretary)
    file = SimpleUploadedFile("a.jpg", jpeg(hall(0)), "image/jpeg")
    answer = ask(views.photo_new, at.secretary, made.pk, told=keyed(file=file, minors="yes"))
    assert (answer.status_code, Photo.objects.count()) == (200, 0)


def test_without_a_face_the_page_asks_for_her_word(at):
    row = photo(at.secretary, event(at.secretary))
    answer = ask(views.photo, at.secretary, row.pk, told=keyed(do="keep"))
    assert (answer.status_code, Photo.objects.get().state) == (200, "waiting")
