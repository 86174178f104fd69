import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.library import views
from kalka.library.models import Conference, Handing, HandingTakenBack, Material, Story, StoryShown, Version
from kalka.library.tests.factories import AIMAK, NOW, material, story, world
from kalka.prevention.tests.factories import hall, jpeg

pytestmark = pytest.mark.django_db
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}
FILM = {
    **ON,
    "name": "Кыска репортаж",
    "kind": "video",
    "audience": "members",
    "language": "ky",
    "address": "https://a.kg/f",
}


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


def test_a_material_from_the_page_to_whoever_received_it(at):
    assert ask(views.new, at.secretary, told=keyed(**FILM)).status_code == 302
    row = Material.objects.get()
    assert "Кыска репортаж" in page(views.listing, at.worker, audience="members") and "Кыска репортаж" not in page(
        views.listing, at.worker, kind="form"
    )
    assert 'rel="noreferrer noopener external"' in page(views.material, at.worker, row.pk)
    given = keyed(**ON, version=str(row.versions.get().pk), to="state", name="Мектеп", place=AIMAK, copies="3")
    assert ask(views.material, at.secretary, row.pk, told=given).status_code == 302
    assert "Мектеп" in page(views.material, at.secretary, row.pk) and Handing.objects.get().copies == 3
    assert "Мектеп" not in page(views.material, at.worker, row.pk)
    handing = str(Handing.objects.get().pk)
    for wrong in ({"handing": handing}, {"handing": str(new_id()), "why": "twice"}):
        answer = ask(views.material, at.secretary, row.pk, told=keyed(**wrong))
        assert (answer.status_code, HandingTakenBack.objects.count()) == (200, 0)
    told = keyed(handing=handing, why="twice")
    assert ask(views.material, at.secretary, row.pk, told=told).status_code == 302
    shown = page(views.material, at.secretary, row.pk)
    assert "Эки жолу" in shown and handing not in shown and HandingTakenBack.objects.get().why == "twice"


def test_a_file_leaves_as_a_download_made_anew(at):
    row = material(at.secretary)
    told = keyed(**ON, language="ru", file=SimpleUploadedFile("a.jpg", jpeg(hall(0)), "image/jpeg"))
    assert ask(views.version, at.secretary, row.pk, told=told).status_code == 302
    answer = ask(views.file, at.worker, Version.objects.latest("at", "language").pk)
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("image/jpeg", "attachment")


def test_a_conference(at):
    told = keyed(**ON, name="Конференция", place=AIMAK)
    assert ask(views.conference_new, at.coordinator, told=told).status_code == 302
    held = Conference.objects.get()
    shown = keyed(**FILM, conference=str(held.pk))
    assert ask(views.new, at.coordinator, told=shown).status_code == 302
    assert "Кыска репортаж" in page(views.conference, at.worker, held.pk)


def test_what_is_found_in_a_story_is_pointed_at_and_nothing_is_lost(at):
    told = keyed(kind="lesson", language="ky", title="Сабак", text="Айгүлдүн телефону 0555 12 34 56 эле")
    answer = ask(views.story_new, at.secretary, told=told)
    shown = answer.content.decode()
    assert (answer.status_code, Story.objects.count()) == (200, 0)
    assert "<mark>Айгүлдүн</mark>" in shown and "<mark>0555 12 34 56</mark>" in shown
    told |= {"text": "Айгүлдүн күйөөсү келди", "names_seen": "on"}
    assert ask(views.story_new, at.secretary, told=told).status_code == 302


def test_a_story_is_reviewed_on_its_page(at):
    row = story(at.secretary)
    assert 'name="answer"' not in page(views.story, at.secretary, row.pk)
    assert "катчы" not in page(views.stories, at.worker) and str(row.pk) not in page(views.stories, at.worker)
    with pytest.raises(AccessDenied):
        ask(views.story, at.colleague, row.pk, told=keyed(answer="show"))
    assert ask(views.story, at.coordinator, row.pk, told=keyed(answer="return", why="")).status_code == 200
    assert ask(views.story, at.coordinator, row.pk, told=keyed(answer="show")).status_code == 302
    assert StoryShown.objects.count() == 1 and "Аталар менен" in page(views.stories, at.worker)
