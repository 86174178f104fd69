"""A place in a shelter, asked for from the page of a case."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import translation

from kalka.cases.tests.factories import NOW, join, opened
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.referrals import views
from kalka.shelters import selectors as shelters
from kalka.shelters.models import Hold
from kalka.shelters.tests.factories import NARYN, arrived, bed, country, held, network

pytestmark = pytest.mark.django_db
WISH = {"area": "country", "who": "woman", "children": "1", "note": "Кийими жок"}


@pytest.fixture
def at():
    at = network()
    at.bed = bed(at.worker, at.shelter)
    at.case = opened(SimpleNamespace(inspector=at.police))
    return at


def ask(actor, ref, told=None, view=views.place):
    factory = RequestFactory()
    request = factory.get("/") if told is None else factory.post("/", {"key": str(new_id())} | told)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        return view(request, ref)


def test_the_case_knows_of_the_place_and_leads_to_the_hold(at):
    answer = ask(at.police, at.case.ref, WISH)
    hold = Hold.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/shelters/held/{hold.pk}/")
    (line,) = shelters.card(at.police, at.case.subject_id, now=NOW).now
    assert (line.kind, line.hold, hold.children) == ("hold", hold.pk, 1)


def test_it_is_asked_for_where_she_lives_first_and_says_how_many_are_free(at):
    country(at, NARYN, NARYN)
    shown = ask(at.police, at.case.ref).content.decode()
    assert f'<option value="{NARYN}" selected>' in shown and "3 places are free now" in shown
    assert "Бешик" not in shown and str(at.shelter.pk) not in shown


def test_whoever_came_too_late_is_told_and_loses_nothing_typed(at):
    held(at.second)
    answer = ask(at.police, at.case.ref, WISH)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "somebody else was a moment faster" in shown and "Кийими жок" in shown
    assert shelters.card(at.police, at.case.subject_id, now=NOW).now == () and Hold.objects.count() == 1


def test_a_case_that_is_not_seen_is_not_there(at):
    for told in (None, WISH):
        with pytest.raises(AccessDenied):
            ask(at.clerk, at.case.ref, told)
    assert not Hold.objects.exists()


def test_whoever_works_on_the_case_and_in_the_shelter_says_which_stay_is_of_it(at):
    stay = arrived(at.worker, at.bed)
    join(at.police, at.case, at.colleague)
    assert "Nobody stays under this code" in ask(at.colleague, at.case.ref, {"ref": "ZZZ"}, views.stay).content.decode()
    answer = ask(at.colleague, at.case.ref, {"ref": show_ref(stay.ref)}, views.stay)
    assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/")
    assert [line.kind for line in shelters.card(at.police, at.case.subject_id, now=NOW).now] == ["stay"]
    with pytest.raises(AccessDenied):
        ask(at.worker, at.case.ref, {"ref": stay.ref}, views.stay)
