import re

import pytest
from django.test import RequestFactory

from kalka.cases.tests.factories import WOMAN, join
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.support import services, views
from kalka.support.models import ActionEnd, AidGiven, Contact, Goal, Opinion, SafetyPlan, SafetyWord, ServiceGiven
from kalka.support.tests.factories import NOW, PLAN, WORDS, action, goal, without, world
from kalka.support.tests.test_selectors import filled

pytestmark = pytest.mark.django_db
DAY = {"on_day": "23", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def keyed(**told):
    return {"key": str(new_id()), **told}


def saved(answer, at):
    return (answer.status_code, getattr(answer, "url", "")) == (302, f"/cases/{at.case.ref}/help/")


def test_the_page_shows_all_of_it(at):
    filled(at)
    text = ask(views.plan, at.worker, at.case.ref).content.decode()
    for words in (WORDS, "Квартира издейбиз", "13 000"):
        assert words in text.replace("\xa0", " ")
    assert "Токтосунова" not in text


def test_an_empty_page_says_what_to_do_next(at):
    text = ask(views.plan, at.worker, at.case.ref).content.decode()
    assert f"/cases/{at.case.ref}/help/goal/" in text


def test_two_taps_are_a_service(at):
    text = ask(views.service, at.crisis, at.case.ref).content.decode()
    assert text.count('name="minutes"') == 6 and text.count('name="kind"') == 17
    told = keyed(kind="talk", minutes="30", **DAY)
    for _ in range(2):
        assert saved(ask(views.service, at.crisis, at.case.ref, told=told), at)
    assert ServiceGiven.objects.values_list("kind", "minutes").get() == ("talk", 30)
    assert ask(views.service, at.crisis, at.case.ref, told=keyed(minutes="30", **DAY)).status_code == 200


def test_a_psychologist_taps_their_own_help_and_is_led_to_no_question_they_may_not_answer(at):
    join(at.inspector, at.case, at.psychologist)
    filled(at)
    text = ask(views.service, at.psychologist, at.case.ref).content.decode()
    assert text.count('name="kind"') == 4 and "legal_advice" not in text
    page = ask(views.plan, at.psychologist, at.case.ref).content.decode()
    here = f"/cases/{at.case.ref}/help/"
    assert WORDS in page and f"{here}service/" in page
    for part in ("goal", "action", "safety", "contact", "aid", "document", "outcome", "word"):
        assert f"{here}{part}/" not in page
    for words in ("Жакшы экен", "13 000"):
        assert words not in page.replace("\xa0", " ")


def test_every_question_is_asked_and_saved(at):
    made = goal(at)
    step = action(at, made)
    asked = (
        (views.goal, (), keyed(area="work", words=WORDS), Goal),
        (views.action, (step.pk,), keyed(how="done", note=""), ActionEnd),
        (views.safety, (), keyed(seen="0", **PLAN), SafetyPlan),
        (views.aid, (), keyed(what="food", som="", budget="donor", **DAY), AidGiven),
        (views.contact, (), keyed(reached="spoke", channel="call", told="", **DAY), Contact),
        (views.word, (), keyed(feels="safe", alone="on", told=""), SafetyWord),
    )
    for view, more, told, table in asked:
        before = table.objects.count()
        assert ask(view, at.worker, at.case.ref, *more).status_code == 200, view
        assert saved(ask(view, at.worker, at.case.ref, *more, told=told), at), view
        assert table.objects.count() == before + 1
    for view, more in ((views.document, ()), (views.outcome, ()), (views.without, ()), (views.add_action, (made.pk,))):
        assert ask(view, at.worker, at.case.ref, *more).status_code == 200, view


def test_the_printed_sheet_says_nothing_of_what_it_is(at):
    plan = {"case_ref": at.case.ref, "told": PLAN, "corrects": 0, "now": NOW}
    services.write_safety_plan(at.worker, id=new_id(), **plan)
    text = ask(views.safety_print, at.worker, at.case.ref).content.decode()
    assert PLAN["leaving"] in text
    for telling in (PLAN["codeword"], at.case.ref, show_ref(at.case.ref), "Kalka", "Калка", WOMAN.names[0].family):
        assert telling not in text.replace("kalka.css", "")
    assert "<title>&nbsp;</title>" in text and "<h1" not in text


def test_a_contact_asks_first_whether_the_hour_is_safe(at):
    text = ask(views.contact, at.worker, at.case.ref).content.decode()
    assert "notice--danger" in text, "08:40: she may be called from nine on"
    assert WOMAN.contact.phone not in text


def test_the_second_person_sees_why_and_decides(at):
    row = without(at, "moved")
    text = ask(views.second, at.crisis, at.case.ref, row.pk).content.decode()
    assert "Үч жолу чалдык" in text
    assert saved(ask(views.second, at.crisis, at.case.ref, row.pk, told=keyed(agreed="no")), at)


def test_an_opinion_is_said_without_a_cookie_or_a_name(at):
    (code, *_) = services.draw_tickets(at.crisis, now=NOW)
    shown = ask(views.say, None)
    assert (shown.status_code, shown.cookies.output()) == (200, "")
    assert "csrf" not in shown.content.decode()
    wrong = ask(views.say, None, "ru", told=keyed(code="00000-00000", heard="yes"))
    assert (wrong.status_code, Opinion.objects.count()) == (200, 0)
    assert ask(views.say, None, "ky", told=keyed(code=show_ref(code), heard="yes")).status_code == 200
    assert Opinion.objects.get().heard == "yes"
    assert ask(views.say, None, "xx").status_code == 404


def test_what_is_wrong_with_a_code_is_said_beside_it_and_read_aloud_with_it(at):
    for told in (keyed(code="узун " * 99, heard="yes"), keyed(code="", heard="yes")):
        text = ask(views.say, None, "ky", told=told).content.decode()
        field = re.search(r'<input[^>]*name="code"[^>]*>', text)[0]
        assert 'aria-invalid="true"' in field and 'aria-describedby="code_error"' in field
        assert text.count('id="code_error"') == 1 and told["code"].strip() in field


def test_codes_are_drawn_by_a_press_alone(at):
    assert 'class="code"' not in ask(views.sheet, at.crisis).content.decode()
    assert ask(views.sheet, at.crisis, told={}).content.decode().count('class="code"') == 12
    assert ask(views.opinions, at.crisis).status_code == 200


def test_what_may_not_be_seen_is_not_found(at):
    made = goal(at)
    for do in (
        lambda: ask(views.plan, at.stranger, at.case.ref),
        lambda: ask(views.goal, at.stranger, at.case.ref),
        lambda: ask(views.add_action, at.stranger, at.case.ref, made.pk),
        lambda: ask(views.safety_print, at.stranger, at.case.ref),
        lambda: ask(views.plan, at.worker, "0000000000"),
    ):
        with pytest.raises(AccessDenied):
            do()
