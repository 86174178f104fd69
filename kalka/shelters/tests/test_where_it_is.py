"""Where a shelter is stands in the strongroom alone: in no column, page, feed, figure, log or notice."""

import logging

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from config.policy import POLICY
from kalka.cases import services as cases
from kalka.cases.tests.factories import join
from kalka.core import clock, rootfile
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.extract import Extract
from kalka.core.refs import new_id, show_ref
from kalka.demo.staffing import staff
from kalka.shelters import bedding, facts, selectors, services, views
from kalka.shelters.models import AddressKept, Hold, Stay
from kalka.shelters.rules import NewDeparture, NewTurnAway
from kalka.shelters.tests.factories import DAY, MINUTE, MOTHER, NARYN, arrived, bed, held
from kalka.strongroom import services as strongroom
from kalka.strongroom.models import SealedValue
from kalka.vault import boxes
from tests.matrix.world import opened, token
from tests.security.markers import LATIN, found

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]
ADDRESS = f"{LATIN} көчөсү 55583509"
WORDS = "juniper felt apricot"
LOOKING = ("korgon", "kriziz", "koordinator", "inspektor", "ministrlik", "auditor")


@pytest.fixture
def lived(monkeypatch):
    """A shelter with an address, and everything that can happen in it."""
    monkeypatch.setattr(rootfile, "MEMORY_KIB", 64)
    now = clock.now()
    crew = {login: member.actor for login, member in staff(now).items()}
    worker, clerk = crew["korgon"], crew["koordinator"]
    house = services.register_shelter(worker, id=new_id(), name="Бешик", region=NARYN, now=now)
    with pytest.raises(DomainError, match="shelters.no_key_yet"):
        services.keep_address(worker, id=new_id(), shelter_id=house.pk, address=ADDRESS, now=now)
    strongroom.set_recovery(SYSTEM, public=boxes.pair()[1], now=now)
    strongroom.enrol(worker, words=WORDS, now=now)
    strongroom.make_post_key(worker, now=now)
    services.keep_address(crew["kriziz"], id=new_id(), shelter_id=house.pk, address=ADDRESS, now=now)
    place = bed(worker, house, now=now)
    bed(worker, house, number=2, now=now)
    held(clerk, now=now, note="Түн ичинде келет")
    free = selectors.place_choices(worker, now=now)[0][0]
    stay = arrived(worker, place if str(place.pk) == free else selectors.get_place(worker, free, now=now), now=now)
    told = NewDeparture(clock.day_of(now), "home", "Үйүнө", "")
    services.depart(worker, id=new_id(), stay_id=stay.pk, told=told, now=now)
    services.turn_away(clerk, id=new_id(), told=NewTurnAway(NARYN, "no_place", MOTHER), now=now)
    return crew, house, stay, now


def test_no_column_of_the_database_holds_it(lived):
    hits, looked = [], 0
    for model in apps.get_models():
        for row in model.objects.values_list(*[one.attname for one in model._meta.concrete_fields]):
            for value in row:
                data = value.blob if hasattr(value, "blob") else value
                data = bytes(data) if isinstance(data, bytes | memoryview) else str(data).encode()
                looked += 1
                hits += [model._meta.label] if found(data) else []
    assert hits == [] and looked > 1000
    assert SealedValue.objects.get(kind="shelter").subject_id == AddressKept.objects.get().subject_id


def test_no_page_and_no_export_shows_it_to_anybody(lived, caplog):
    crew, house, stay, _now = lived
    plain = [name for name, rule in POLICY.items() if "GET" in rule.methods]
    own = [("shelters:stay", stay.pk), *((f"shelters:{name}", house.pk) for name in ("place_new", "rules", "turned"))]
    asked = 0
    with caplog.at_level(logging.DEBUG):
        for login in LOOKING:
            client = Client()
            client.cookies[settings.SESSION_COOKIE] = token(crew[login])
            for address in [*filter(None, map(_address, plain)), *(reverse(name, args=[id]) for name, id in own)]:
                answer = client.get(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                asked += answer.status_code == 200
                assert not found(body + str(answer.headers).encode()), f"{login}: {address}"
    assert asked > 60 and not found(caplog.text.encode())


@pytest.fixture
def asked_for(lived):
    """A place held from the page of a case, and whom it is held for has arrived; all of it over HTTP."""
    crew, _house, _stay, now = lived
    _report, case = opened(crew, now - MINUTE)  # what is granted a second later runs by now
    wish = {"area": "country", "who": "woman", "children": "0"}
    page = sent(crew["sotsial"], reverse("referrals:place", args=[case.ref]), wish)
    told = {
        "sex": "f",
        "age_band": "25-34",
        **due(now),
        "place_id": str(Hold.objects.get(pk=last_of(page)).taking.place_id),
    }
    stay = sent(crew["korgon"], f"{page}arrive/", told)
    return crew, case, page, stay


def last_of(path):
    return path.strip("/").rpartition("/")[2]


def sent(actor, path, told):
    """Where it leads."""
    answer = by(actor).post(path, {"key": str(new_id()), **told})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def by(actor):
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = token(actor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def due(now):
    day = clock.day_of(now + 14 * DAY)
    return {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)}


def test_the_page_of_its_case_says_that_she_is_sheltered_to_whoever_may_know_and_to_nobody_where(asked_for):
    crew, case, page, stay = asked_for
    assert bytes(Stay.objects.get(pk=last_of(stay)).hold.taking.about) == bedding.mark(case.subject_id)
    for login, knows in (("sotsial", True), ("koordinator", True), ("advokat", False)):
        join(crew["sotsial"], case, crew[login], now=clock.now()) if login != "sotsial" else None
        shown = by(crew[login]).get(reverse("desk:case", args=[case.ref]))
        body = shown.content.decode()
        assert (shown.status_code, "In a shelter" in body, "Arrived in a shelter" in body) == (200, knows, knows)
        assert not found(shown.content) and "Бешик" not in body and stay not in body
        assert by(crew[login]).get(stay).status_code == 404
    assert not found(by(crew["sotsial"]).get(reverse("referrals:place", args=[case.ref])).content)


def test_a_clerk_of_the_shelter_who_is_shut_out_of_the_case_does_not_find_the_stay(asked_for):
    crew, case, page, stay = asked_for
    clerk, ref = by(crew["kriziz"]), Stay.objects.get(pk=last_of(stay)).ref
    assert clerk.get(stay).status_code == 200 and show_ref(ref).encode() in clerk.get("/shelters/").content
    cases.declare_conflict(crew["kriziz"], typed_ref=case.ref, why="kin", now=clock.now())
    nowhere = clerk.get(reverse("shelters:stay", args=[new_id()]))
    for path in (stay, f"{stay}child/", f"{stay}leave/", page, f"{page}arrive/"):
        answer = clerk.get(path)
        assert (answer.status_code, answer.content) == (404, nowhere.content), path
    for path in ("/shelters/", "/shelters/stays/", "/shelters/free/"):
        assert ref.encode() not in (body := clerk.get(path).content) and show_ref(ref).encode() not in body
    assert by(crew["korgon"]).get(stay).status_code == 200


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def test_no_figure_and_no_notice_tells_it(lived):
    _crew, house, _stay, now = lived
    asked = Extract(before=now + DAY, until=clock.day_of(now + DAY), salt=b"s")
    rows = [
        row
        for read in (facts.stays, facts.nights, facts.holds, facts.turned_away)
        for one in read(asked)
        for row in one.rows
    ]
    assert len(rows) == 4 and not found(repr(rows).encode())
    said = repr(rows)
    assert str(house.pk) not in said and "Бешик" not in said


def ask(view, actor, house, told, now):
    request = RequestFactory().post("/", {"key": str(new_id()), **told})
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, "ky"
    return view(request, house.pk)


def test_what_was_typed_comes_back_on_no_page_also_when_it_could_not_be_kept(lived):
    crew, house, _stay, now = lived
    answer = ask(views.address, crew["korgon"], house, {"address": f"{ADDRESS} " * 9}, now)
    assert answer.status_code == 200 and "field--bad" in answer.content.decode()
    assert not found(answer.content)


def test_only_a_holder_with_the_right_words_is_answered_once(lived):
    crew, house, _stay, now = lived
    wrong = ask(views.where, crew["korgon"], house, {"words": "seven white foals"}, now)
    assert wrong.status_code == 200 and not found(wrong.content)
    with pytest.raises(AccessDenied):
        ask(views.where, crew["kriziz"], house, {"words": WORDS}, now)
    for stranger in ("koordinator", "inspektor", "auditor"):
        with pytest.raises(AccessDenied):
            ask(views.where, crew[stranger], house, {"words": WORDS}, now)
    answer = ask(views.where, crew["korgon"], house, {"words": WORDS}, now)
    assert found(answer.content) and answer["Cache-Control"] == "no-store"
