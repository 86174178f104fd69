"""In the field: whether he is near comes first; what happened is noted; papers and the practice over their pages."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from kalka.core.refs import new_id
from kalka.risk.models import Judgement, NotAlone, Trigger
from kalka.risk.tests.factories import FORM, assessed, standing
from kalka.risk.tests.test_views import ASKED, answers, at, questions, signed_in, url

__all__ = ["at"]  # the browser of the pages
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", [{"near": "yes"}, {"alone": "no"}, {"near": "yes", "alone": "without"}])
def test_while_he_may_be_near_nothing_is_asked_and_she_is_protected(at, said):
    answer = questions(at, at.case.ref, **said)
    assert (answer.status_code, answer.url) == (302, reverse("desk:case", args=[at.case.ref]))
    assert (NotAlone.objects.count(), Judgement.objects.count()) == (1, 0)
    assert "measure.daily_contact" in standing(at.case)


def test_until_it_is_said_whether_he_is_near_no_question_is_shown(at):
    for said in ({"near": ""}, {"alone": ""}, {"near": "perhaps"}):
        page = questions(at, at.case.ref, **said).content.decode()
        assert "data-errors" in page
        assert escape(FORM.items["KG01"].text["en"]) not in page
    assert not NotAlone.objects.exists()


def test_when_somebody_comes_the_page_is_left_at_once_and_the_answers_are_kept(at):
    answer = at.browser.post(url("assess", at.case.ref), answers("KG02") | {"stop": "1"})
    assert (answer.status_code, answer.url) == (302, reverse("desk:today"))
    assert not NotAlone.objects.exists()
    assert at.browser.get(url("judge", at.case.ref)).url == url("assess", at.case.ref), "not before it is asked again"
    assert questions(at, at.case.ref).content.decode().count("checked") == len(ASKED)


def test_what_happened_is_noted_from_a_page(at):
    assessed(at.inspector, at.case, "low")
    page = url("happened", at.case.ref)
    assert "The address changed" in at.browser.get(page).content.decode()
    answer = at.browser.post(page, {"trigger": "address_changed", "key": str(new_id())})
    assert (answer.status_code, answer.url) == (302, reverse("desk:case", args=[at.case.ref]))
    assert Trigger.objects.get().kind == "address_changed"
    assert "measure.hand_over" in standing(at.case)
    assert at.browser.post(page, {"trigger": "order_breached", "key": str(new_id())}).status_code == 200
    assert Trigger.objects.count() == 1


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_papers_are_bytes_and_bear_no_name(at, lang):
    made = assessed(at.inspector, at.case, "extreme", "KG01", "KG03")
    for page in (url("paper", at.case.ref, made.pk, lang), url("leaflet", at.case.ref, lang)):
        answer = at.browser.get(page)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer["Content-Disposition"] == f'attachment; filename="paper-{lang}.pdf"'
    assert at.browser.get(url("leaflet", at.case.ref, "en")).status_code == 404


def test_an_institution_takes_over_a_practice_and_the_page_says_so(at):
    lead = signed_in(at, "lead")
    told = {"running": "yes", "cite": "", "key": str(new_id())}
    assert 'id="id_cite_error"' in lead.post(reverse("risk:practice"), told).content.decode()
    told |= {"cite": "Order No. 7", "key": str(new_id())}
    assert lead.post(reverse("risk:practice"), told).url == reverse("risk:monitoring")
    page = lead.get(reverse("risk:monitoring")).content.decode()
    assert "Practice, not law:" in page
    assert "Order No. 7" in page
    assert "Order No. 7" in lead.get(reverse("risk:practice")).content.decode()
    assert at.browser.get(reverse("risk:monitoring")).status_code == 404
