import pytest
from django.test import RequestFactory

from kalka.cases.tests.factories import NOW
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.followup import views
from kalka.followup.models import Visit, VisitCorrection
from kalka.followup.tests.factories import WORDS, ordered, visit, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def filled(**more):
    day = {"visited_at_day": "23", "visited_at_month": "11", "visited_at_year": "2026", "visited_at_time": "08:10"}
    return {"key": str(new_id()), "found": "protected", "where": "home", "told": "", **day, **more}


def test_the_time_and_the_place_are_filled_in_and_two_answers_are_left(at):
    text = ask(views.visit, at.inspector, at.case.ref).content.decode()
    assert 'value="08:40"' in text
    assert text.count('type="radio"') == 11
    assert 'name="kept"' not in text
    assert text.count("checked") == 1


def test_while_an_order_runs_the_page_asks_whether_it_is_kept(at):
    ordered(at.inspector, at.case)
    text = ask(views.visit, at.inspector, at.case.ref).content.decode()
    assert text.count('name="kept"') == 3


def test_a_visit_is_saved_and_leads_back_to_the_case_also_when_sent_twice(at):
    told = filled(told=WORDS)
    for _ in range(2):
        answer = ask(views.visit, at.inspector, at.case.ref, told=told)
        assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/")
    assert Visit.objects.count() == 1
    assert f"{Visit.objects.get().visited_at:%H:%M}" == "02:10"


@pytest.mark.parametrize(
    "wrong",
    [
        {"found": ""},
        {"found": "somebody"},
        {"visited_at_day": "31", "visited_at_month": "2"},
        {"visited_at_year": "2027"},
        {"visited_at_time": "25:00"},
        {"told": "ө" * 2001},
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(at, wrong):
    page = ask(views.visit, at.inspector, at.case.ref, told=filled(told=WORDS) | wrong)
    text = page.content.decode()
    assert (page.status_code, Visit.objects.count()) == (200, 0)
    assert "field--bad" in text
    assert (wrong.get("told") or WORDS) in text


def test_a_correction_is_added(at):
    made = visit(at.inspector, at.case)
    assert ask(views.correct, at.inspector, at.case.ref, made.pk).status_code == 200
    empty = ask(views.correct, at.inspector, at.case.ref, made.pk, told={"key": str(new_id()), "told": ""})
    assert empty.status_code == 200
    saved = ask(views.correct, at.inspector, at.case.ref, made.pk, told={"key": str(new_id()), "told": WORDS})
    assert (saved.status_code, VisitCorrection.objects.count()) == (302, 1)


def test_what_may_not_be_seen_is_not_found(at):
    made = visit(at.inspector, at.case)
    for do in (
        lambda: ask(views.visit, at.stranger, at.case.ref),
        lambda: ask(views.visit, at.stranger, "0000000000"),
        lambda: ask(views.correct, at.stranger, at.case.ref, made.pk),
    ):
        with pytest.raises(AccessDenied):
            do()
