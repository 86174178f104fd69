from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from kalka.cases.tests import factories as cases
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.duties import selectors as duty_list
from kalka.orders import views
from kalka.orders.models import (
    Breach,
    Extension,
    OrderNumber,
    ProtectedPerson,
    ProtectionOrder,
    Revocation,
    Service,
    version,
)
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import NOW, TODAY
from kalka.ui.forms import SWITCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.world()


def ask(view: Any, actor: Actor, *args: Any, told: dict[str, Any] | None = None, now=NOW, lang="en") -> HttpResponse:
    factory = RequestFactory()
    request = factory.get("/") if told is None else factory.post("/", told)
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, lang
    with translation.override(lang):
        return view(request, *args)


def text(answer: HttpResponse) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def moment(name: str, on: date, time: str) -> dict[str, str]:
    return {**day(name, on), f"{name}_time": time}


def typed(world, **said: Any) -> dict[str, Any]:
    told = {
        "key": str(new_id()),
        "number": "12/345",
        "authority": str(world.office.pk),
        **moment("issued_at", TODAY, "08:00"),
        "respondent": str(world.man),
        "protected": [str(world.she), str(world.child)],
        "conditions": ["no_contact"],
        "note": "",
    }
    return told | said


def register(world, told=None, by=None) -> HttpResponse:
    return ask(views.register, by or world.inspector, world.case.ref, told=told)


# Registering


def test_the_form_asks_only_what_the_case_can_answer(world):
    page = text(register(world))
    assert "Register a protection order" in page and "Any violence is forbidden" in page
    assert page.count("Child who was present") == 1 and 'type="hidden" name="key"' in page


def test_an_order_is_registered_from_the_form_and_shown(world):
    answer = register(world, typed(world))
    order = ProtectionOrder.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("orders:order", args=[world.case.ref, order.pk]))
    assert (order.conditions, order.respondent_id, order.ends) == ("no_contact", world.man, TODAY + timedelta(30))
    assert ProtectedPerson.objects.count() == 2


def test_without_a_number_it_is_pending_and_its_issuer_is_kept(world):
    register(world, typed(world, number=""))
    order = ProtectionOrder.objects.get()
    assert (order.authority_id, OrderNumber.objects.count()) == (world.office.pk, 0)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"authority": ""}, "Choose who issued it"),
        ({"number": "жок"}, "This is not the number of an order"),
        ({"issued_at_year": ""}, "Write the year in four digits"),
        ({"issued_at_year": "2027"}, "cannot be in the future"),
        ({"issued_at_year": "2015"}, "The law book knows no such term"),
        ({"ends_day": "1", "ends_month": "1", "ends_year": "2020"}, "The last day lies before the first"),
        ({"note": "сөз " * 600}, "Shorten this"),
        ({"conditions": ["no_tea"]}, "Choose from this list"),
    ],
)
def test_a_slip_gets_its_words_and_loses_nothing(world, said, words):
    page = text(register(world, typed(world, **said)))
    assert words in page and "All that you wrote is still here." in page
    assert ProtectionOrder.objects.count() == 0


def test_changing_the_language_judges_nothing(world):
    page = text(register(world, typed(world, authority="", **{SWITCH: "ru"})))
    assert "All that you wrote" not in page and ProtectionOrder.objects.count() == 0


def test_sent_twice_it_is_one_order(world):
    told = typed(world)
    assert [register(world, told).status_code for _ in range(2)] == [302, 302]
    assert ProtectionOrder.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "coordinator", "prosecutor"])
def test_the_form_of_a_case_that_is_not_shown_does_not_exist(world, who):
    with pytest.raises(AccessDenied):
        register(world, by=getattr(world, who))


# One order


def shown(world, order, by=None, lang="en", now=NOW) -> str:
    return text(ask(views.order, by or world.inspector, world.case.ref, order.pk, lang=lang, now=now))


def test_the_page_shows_number_term_and_law_and_that_counting_is_not_established(world):
    page = shown(world, make.registered(world))
    assert "12/345" in page and "Law No. 161" in page and "Counting rule not established in law" in page
    assert "23 November 2026 – 23 December 2026" in page
    assert ("not served" in page, "Note the service" in page, "Complete the order" in page) == (True, True, False)


def test_a_pending_order_asks_for_its_number_and_hands_out_nothing(world):
    order = make.registered(world, make.pending(world))
    page = shown(world, order)
    assert "Complete the order" in page and "For the respondent" not in page
    refused = ask(views.paper, world.inspector, world.case.ref, order.pk, "respondent", "ky")
    assert (refused.status_code, "Complete the number first" in text(refused)) == (200, True)


def test_overlap_extension_and_stated_term_are_marked(world):
    order = make.registered(world, make.paper(world, ends=TODAY + timedelta(10)))
    make.registered(world, make.paper(world, "2"))
    make.extended(world, order, TODAY + timedelta(60))
    page = shown(world, order)
    for words in ("Two orders overlap", "Another term than the law", "extension not established in law", "Extended"):
        assert words in page


def test_a_reader_without_the_right_to_write_sees_no_steps(world):
    cases.join(world.inspector, world.case, world.crisis)
    order = make.registered(world)
    page = shown(world, order, by=world.crisis)
    assert "Note the service" not in page and "Note a breach" not in page and "Sheet for the file" in page


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_page_speaks_the_languages_of_the_country(world, lang):
    page = shown(world, make.registered(world), lang=lang)
    assert {"ky": "Түз жана кыйыр", "ru": "Запрещаются прямые"}[lang] in page


# What happens later

KEY = {"key": ""}
STEPS = {
    "complete": (views.complete, OrderNumber, lambda w: {"number": "88", "authority": str(w.office.pk)}),
    "serve": (views.serve, Service, lambda w: {"how": "handed", **moment("at", TODAY, "08:30"), "told": ""}),
    "extend": (
        views.extend,
        Extension,
        lambda w: {**day("until", TODAY + timedelta(60)), **day("on", TODAY), "authority": str(w.office.pk)},
    ),
    "revoke": (
        views.revoke,
        Revocation,
        lambda w: {"by": "court", **moment("at", TODAY, "08:30"), "reason": "Сот чечти."},
    ),
    "breach": (views.breach, Breach, lambda w: {"how": "came", **day("on", TODAY), "told": "Келди."}),
}


def seen(order: ProtectionOrder) -> str:
    return version(ProtectionOrder.objects.dated().get(pk=order.pk))


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_asked_done_and_leads_back_to_the_order(world, step):
    view, model, said = STEPS[step]
    order = make.registered(world, make.pending(world))
    asked = ask(view, world.inspector, world.case.ref, order.pk)
    assert (asked.status_code, 'id="task"' in asked.content.decode()) == (200, True)
    told = {"key": str(new_id()), "seen": seen(order), **said(world)}
    for _twice in range(2):
        answer = ask(view, world.inspector, world.case.ref, order.pk, told=told)
        assert (answer.status_code, answer.url) == (302, reverse("orders:order", args=[world.case.ref, order.pk]))
    assert model.objects.filter(order=order).count() == 1


@pytest.mark.parametrize("step", STEPS)
def test_an_empty_answer_is_mended_beside_the_field(world, step):
    view, model, _said = STEPS[step]
    order = make.registered(world, make.pending(world))
    page = text(ask(view, world.inspector, world.case.ref, order.pk, told={"key": str(new_id())}))
    assert "All that you wrote is still here." in page and not model.objects.filter(order=order).exists()


@pytest.mark.parametrize("step", STEPS)
def test_an_order_of_a_case_that_is_not_shown_does_not_exist(world, step):
    order = make.registered(world, make.pending(world))
    with pytest.raises(AccessDenied):
        ask(STEPS[step][0], world.stranger, world.case.ref, order.pk)


def test_each_duty_leads_to_its_page(world):
    order = make.registered(world, make.pending(world))
    lines = duty_list.of_subject(world.inspector, world.case.subject_id, now=NOW)
    urls = {line.kind: line.url for line in lines}
    for kind, name in (("order.complete_number", "orders:complete"), ("order.serve", "orders:serve")):
        assert urls[kind] == reverse(name, args=[world.case.ref, order.pk])


# Papers, register, road


@pytest.mark.parametrize("kind", ["sheet", "respondent"])
@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_a_paper_is_a_file_whose_name_says_nothing(world, kind, lang):
    order = make.registered(world)
    answer = ask(views.paper, world.inspector, world.case.ref, order.pk, kind, lang)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="paper-{lang}.pdf"',
    )
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(("kind", "lang"), [("sheet", "en"), ("envelope", "ky")])
def test_a_paper_that_is_not_there_is_not_found(world, kind, lang):
    order = make.registered(world)
    with pytest.raises(AccessDenied):
        ask(views.paper, world.inspector, world.case.ref, order.pk, kind, lang)


def test_the_register_shows_a_prosecutor_the_code_without_a_way_in(world):
    order = make.registered(world)
    page = text(ask(views.listing, world.prosecutor))
    assert show_ref(world.case.ref) in page and "23 December 2026" in page
    assert reverse("orders:order", args=[world.case.ref, order.pk]) not in page and "12/345" not in page
    assert reverse("orders:order", args=[world.case.ref, order.pk]) in text(ask(views.listing, world.inspector))


def test_an_empty_register_says_how_an_order_comes_here(world):
    assert "An order is registered from its case." in text(ask(views.listing, world.prosecutor))


def test_a_number_is_asked_by_post_and_answered_on_the_page(world):
    order = make.registered(world)
    told = {"key": str(new_id()), "number": "№ 12/345"}
    page = text(ask(views.lookup, world.inspector, told=told))
    assert "Runs" in page and reverse("orders:order", args=[world.case.ref, order.pk]) in page
    far = cases.post("police_inspector", place=cases.FAR)
    elsewhere = text(ask(views.lookup, far, told=told))
    assert "Direct and indirect contact is forbidden" in elsewhere
    assert world.case.ref not in elsewhere and show_ref(world.case.ref) not in elsewhere
    assert AuditEntry.objects.filter(kind="read", command="orders.lookup").count() == 2


def test_a_number_nobody_knows_says_nothing_about_danger(world):
    page = text(ask(views.lookup, world.inspector, told={"key": str(new_id()), "number": "99"}))
    assert "That says nothing about danger." in page
    assert "That says nothing" not in text(ask(views.lookup, world.inspector))
