"""The papers of an order, and what must never stand on them."""

from dataclasses import fields

import pytest
from django.apps import apps

from kalka.cases import services as case_services
from kalka.cases.rules import NewNote, NewWord, Part, Saying
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.orders import documents, services
from kalka.orders.documents import RespondentCopy
from kalka.orders.models import ProtectionOrder
from kalka.orders.rules import NewBreach
from kalka.orders.rules.unissued import NewReason, Unissued
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import NOW, TODAY
from kalka.papers.tests.factories import everything, pages, text
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.vault.fields import SealedField

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HIS_NAME = "Канатов Канат"
HER = [
    "АбышСын",
    "Апасынын",
    "КөчөсүКанар",
    "МектебиКанар",
    "ЖумушуКанар",
    "+996555770041",
    "20101199101234",
    "ДарыКанадан",
    "ЭскертүүКанар",
]
CHILD = ["БаласыКанар", "БалаМектебиКанар", "БалаКөчөсүКанар", "+996555770042"]
HIS = ["АныкыКөчөКанар", "АныкыЖумушКанар", "+996555770043", "20202199102345", "АныкыЭскертүүКанар"]
TOLD = ["КайдаКанар", "ЭмнеКанар", "КачанКанар", "ЖазууКанар", "СөзүКанар", "ТапшырууКанар", "УзартууКанар"]
TOLD += ["БузууКанар", "ЖоюуКанар", "ОрдерШартыКанар", "ЖокКанар"]
REPORTER = ["КабарчыКанар", "+996555770044"]


@pytest.fixture
def world():
    """Every sealed field around the order holds a word of its own."""
    world = cases.raion()
    world.prosecutor = cases.post("prosecutor", place=cases.RAION)
    world.office = cases.office("police", cases.RAION)
    safe = Safe(when=(Window((0,), "09:00", "13:00"),), by_whom="woman", say=HER[7])
    contact = Contact(phone=HER[5], address=HER[2], school=HER[3], workplace=HER[4], safe=safe)
    her = NewPerson(sex="f", names=(Name(HER[0], HER[1]),), birth_year=1991, pin=HER[6], note=HER[8], contact=contact)
    world.case = cases.opened(
        world,
        protected=her,
        what=TOLD[1],
        where=TOLD[0],
        happened="2026-11-22",
        reporter_name=REPORTER[0],
        reporter_phone=REPORTER[1],
    )
    world.she = cases.protected_of(world.case)
    him = NewPerson(
        sex="m",
        names=(Name(*HIS_NAME.split()),),
        pin=HIS[3],
        note=HIS[4],
        birth_year=1988,
        contact=Contact(phone=HIS[2], address=HIS[0], workplace=HIS[1]),
    )
    world.man = cases.add(world.inspector, world.case, him).person_id
    kid = NewPerson(sex="f", band="7-13", names=(Name(CHILD[0], ""),), contact=Contact(CHILD[3], CHILD[2], CHILD[1]))
    world.child = cases.add(world.inspector, world.case, kid, Part.CHILD).person_id
    return world


def full(world) -> ProtectionOrder:
    """An order with everything that can be told of it."""
    ref = world.case.ref
    case_services.write_note(world.inspector, id=new_id(), case_ref=ref, told=NewNote("team", TOLD[3]), now=NOW)
    case_services.record_word(
        world.inspector, id=new_id(), case_ref=ref, told=NewWord(Saying.WITHDRAWAL, TODAY, TOLD[4]), now=NOW
    )
    why = NewReason("", Unissued.ABROAD, TOLD[10])
    services.explain_no_order(world.inspector, id=new_id(), case_ref=ref, told=why, now=NOW)
    told = make.paper(world, "77/41-К", note=TOLD[9], conditions=("no_contact", "leave_home"))
    order = make.registered(world, told)
    make.served(world, order, told=TOLD[5])
    make.extended(world, order, TODAY + 40 * make.DAY, told=TOLD[6])
    make.breached(world, order, told=NewBreach(told=TOLD[7]))
    return order


def printed(world, order, kind, lang="ky", by=None) -> bytes:
    return documents.paper(by or world.inspector, world.case.ref, order.pk, kind=kind, lang=lang, now=NOW)


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_what_the_respondent_is_handed_carries_the_order_and_nobody_elses_life(world, lang):
    order = full(world)
    pdf = printed(world, order, "respondent", lang)
    whole = everything(pdf)
    for word in (*HER, *CHILD, *HIS, *TOLD, *REPORTER, world.case.ref, show_ref(world.case.ref)):
        assert word.encode() not in whole and word.encode("utf-16-be") not in whole, word
    shown = text(pdf)
    assert HIS_NAME in shown and "77/41-К" in shown and "police" in shown
    assert {"ky": "Чогуу жашаган үйдө болууга тыюу салынат", "ru": "Запрещается находиться в общем жилье"}[
        lang
    ] in shown


def test_it_is_made_without_the_keys_to_what_was_told_and_where_somebody_lives(world, monkeypatch):
    asked = []
    real = documents.access.unlock

    def unlock(*args, **kwargs):
        asked.append(tuple(kwargs["klasses"]))
        return real(*args, **kwargs)

    monkeypatch.setattr(documents.access, "unlock", unlock)
    printed(world, full(world), "respondent")
    assert asked == [("identity",)]


def test_the_list_of_what_is_allowed_is_closed():
    assert [field.name for field in fields(RespondentCopy)] == [
        "number",
        "authority",
        "respondent",
        "issued",
        "starts",
        "ends",
        "basis",
        "conditions",
    ]


def test_without_a_respondent_it_names_nobody(world):
    order = make.registered(world, make.paper(world, "77/41-К", respondent=None))
    assert HIS_NAME not in text(printed(world, order, "respondent"))


def test_while_the_number_is_to_be_completed_nothing_is_handed_over(world):
    order = make.registered(world, make.pending(world))
    with pytest.raises(DomainError, match="orders.no_number_no_paper"):
        printed(world, order, "respondent")


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_sheet_of_the_file_names_the_case_by_its_code_and_nobody_who_told(world, lang):
    order = full(world)
    pdf = printed(world, order, "sheet", lang)
    whole, shown = everything(pdf), text(pdf)
    for word in (*HER, *CHILD, *HIS, *REPORTER, HIS_NAME, *TOLD[:9]):
        assert word.encode() not in whole, word
    assert show_ref(world.case.ref) in shown and "77/41-К" in shown and TOLD[9] in shown


def test_every_page_of_every_paper_says_that_it_is_a_draft(world):
    order = full(world)
    for kind in documents.KINDS:
        for lang in ("ky", "ru"):
            pdf = printed(world, order, kind, lang)
            assert ["Каралама / Черновик" in page for page in pages(pdf)] == [True] * len(pages(pdf))
            assert "№ 417" in text(pdf)


def test_printing_is_recorded_before_anything_is_opened(world):
    order = full(world)
    printed(world, order, "respondent")
    printed(world, order, "sheet")
    last = AuditEntry.objects.filter(kind="read").order_by("-id").values_list("command", "subject_id")[:2]
    assert list(last) == [
        ("orders.page", world.case.subject_id),
        ("orders.respondent_copy", world.case.subject_id),
    ]


@pytest.mark.parametrize("who", ["prosecutor", "stranger"])
@pytest.mark.parametrize("kind", ["sheet", "respondent", "envelope"])
def test_whoever_does_not_see_the_file_prints_nothing(world, who, kind):
    order = make.registered(world)
    with pytest.raises(AccessDenied):
        printed(world, order, kind, by=getattr(world, who))


def test_a_paper_that_is_not_there_is_not_found(world):
    with pytest.raises(AccessDenied):
        printed(world, make.registered(world), "envelope")


def test_every_sealed_column_of_an_order_has_a_canary_here():
    """A column that is added must be added to `full` as well."""
    sealed = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("orders").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    assert sealed == {
        "ProtectionOrder.note",
        "OrderNumber.number",
        "Service.told",
        "Extension.told",
        "Revocation.reason",
        "Breach.told",
        "NoOrder.told",
    }
