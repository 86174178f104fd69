import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.guide import feed, selectors, views
from kalka.guide.models import Location, Provider, Service
from kalka.guide.tests.factories import (
    MINISTRY,
    NOW,
    RAION,
    TALK,
    TODAY,
    organisation,
    provider,
    service,
    territory,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def land():
    territory()


@pytest.fixture
def own():
    return organisation()


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def filled(provider_id, **more):
    texts = {f"{name}_{lang}": text for name in ("name", "about") for lang, text in getattr(TALK, name).items()}
    return {
        **texts,
        "key": str(new_id()),
        "provider": str(provider_id),
        "needs": ["psychological"],
        "serves": ["women", "children"],
        "languages": ["ky", "ru"],
        "area": RAION,
        "phones": "+996 555 000 100\n",
        "hours": "1-5 09:00-18:00",
        "cost": "free",
        "offered": "active",
        **more,
    }


def test_an_entry_is_written_once_however_often_it_is_sent(own):
    there = provider(organisation_id=own.id)
    told = filled(there.id, room="free")
    for _ in range(2):
        assert ask(views.new, worker_of(own.id), told=told).url == "/guide/"
    made = selectors.offer(Service.objects.get().id, today=TODAY)
    assert (made.name, made.phones, made.hours, made.room) == (TALK.name, TALK.phones, TALK.hours, "free")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name_ru": ""}, "орус тилинде"),
        ({"hours": "дш 9дан 18ге"}, "09:00"),
        ({"phones": "чалыңыз"}, "телефон"),
        ({"area": "417"}, "жер"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(own, wrong, words):
    there = provider(organisation_id=own.id)
    page = ask(views.new, worker_of(own.id), told=filled(there.id, **wrong))
    assert (page.status_code, Service.objects.count()) == (200, 0)
    assert "data-errors" in page.content.decode() and TALK.about["ky"] in page.content.decode()


def test_changing_shows_the_entry_as_it_is_and_saves_over_its_version_alone(own):
    made = service(provider(organisation_id=own.id))
    page = ask(views.change, worker_of(own.id), made.id).content.decode()
    assert "1-5 09:00-18:00" in page and 'name="seen" value="1"' in page
    ask(views.change, worker_of(own.id), made.id, told=filled(made.provider_id, phones="5200", seen="1"))
    late = ask(views.change, worker_of(own.id), made.id, told=filled(made.provider_id, phones="117", seen="1"))
    assert selectors.offer(made.id, today=TODAY).phones == ("5200",)
    assert "117" in late.content.decode()


def test_anothers_entry_is_not_there(own):
    made = service(provider())
    with pytest.raises(AccessDenied):
        ask(views.change, worker_of(own.id), made.id)
    assert ask(views.entries, worker_of(own.id)).content.decode().count(str(made.id)) == 0


def test_a_place_that_must_not_be_known_is_not_asked_for_an_address(own):
    there = provider(organisation_id=own.id)
    told = {
        "key": str(new_id()),
        "provider": str(there.id),
        "kind": "withheld",
        "place": RAION,
        "address_ky": "Көчө, 5",
    }
    assert ask(views.location, worker_of(own.id), told=told).status_code == 302
    assert Location.objects.values_list("kind", "address").get() == ("withheld", None)


def test_whoever_keeps_the_directory_writes_an_organisation_down_once(own):
    told = {"key": str(new_id()), "name_ky": "Таяныч", "name_ru": "Таяныч", "name_en": "", "organisation": str(own.id)}
    assert f'value="{own.id}"' in ask(views.provider, MINISTRY).content.decode()
    for _ in range(2):
        assert ask(views.provider, MINISTRY, told=told).url == "/guide/"
    assert Provider.objects.values_list("name", "organisation").get() == ({"ky": "Таяныч", "ru": "Таяныч"}, own.id)
    assert f'value="{own.id}"' not in ask(views.provider, MINISTRY).content.decode()
    assert "/guide/organisation/" in ask(views.entries, MINISTRY).content.decode()
    assert "/guide/organisation/" not in ask(views.entries, worker_of(own.id)).content.decode()


def test_what_is_wrong_in_a_file_is_said_and_nothing_is_taken():
    told = {"key": str(new_id()), "file": SimpleUploadedFile("hsds.json", b'{"services": [{"id": "x"}]}')}
    page = ask(views.take, MINISTRY, told=told).content.decode()
    assert ("1: organization" in page, Service.objects.count()) == (True, 0)


def test_a_directory_is_taken_over_whole():
    service(provider())
    body = json.loads(feed.document(selectors.everything(today=TODAY), today=TODAY))
    body["services"][0]["id"] = str(new_id())
    told = {"key": str(new_id()), "file": SimpleUploadedFile("hsds.json", json.dumps(body).encode())}
    assert ask(views.take, MINISTRY, told=told).status_code == 302
    assert Service.objects.count() == 2
