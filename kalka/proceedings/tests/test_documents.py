"""The two reports to the court, and what must never stand on them."""

from dataclasses import fields

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.models import AuditEntry
from kalka.core.refs import show_ref
from kalka.orders.tests import factories as orders
from kalka.papers import packs
from kalka.papers.tests.factories import everything, text
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.proceedings import documents
from kalka.proceedings.documents import Report
from kalka.proceedings.tests.factories import NOW, evaded, refused_bans, weapon, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HER = ["АбышСын", "Апасынын", "КөчөсүКанар", "МектебиКанар", "ЖумушуКанар", "+996555770041", "20101199101234"]
HER += ["ДарыКанадан", "ЭскертүүКанар"]
CHILD = ["БаласыКанар", "БалаМектебиКанар", "БалаКөчөсүКанар"]
OTHER = ["КуралКанар", "БашкаИшКанар"]
# What is printed, line by line, as a reader sees it: a change of the paper is seen here.
GOLDEN = {
    ("evasion", "ky"): (
        "Түзөтүү программасынан баш тартуу жөнүндө рапорт",
        "Каттоо номери 1-234",
        "Кимге карата Токтосунов Эркин",
        "Негизи Түзөтүү программасынан баш тартуу",
        "Башталган күнү 2026-жылдын 23-ноябры",
        "Укуктук негизи № 214 Мыйзам, беренеси белгиленген эмес",
        "Коомдук иштер: 40 саат",
        "Камак: 7–14 толук сутка",
        "Себепсиз келбеген сабактар: 8 сабактан 5",
        "Эскертилген күнү: 2026-жылдын 22-ноябры",
        "Беш жолу келген жок",
    ),
    ("evasion", "ru"): (
        "Рапорт об уклонении от коррекционной программы",
        "Регистрационный номер 1-234",
        "В отношении кого Токтосунов Эркин",
        "Норма Закон № 214, статья не установлена",
        "Общественные работы: 40 часов",
        "Арест: 7–14 полных суток",
        "Пропущено занятий без причины: 5 из 8",
        "Беш жолу келген жок",
    ),
    ("refusal_of_bans", "ky"): (
        "Тыюу салууларды же чектөөлөрдү аткаруудан баш тартуу жөнүндө рапорт",
        "Кимге карата Токтосунов Эркин",
        "Негизи Электрондук байкоодогу тыюу салууларды же чектөөлөрдү аткаруудан баш тартуу",
        "Камак: 7–14 толук сутка",
        "Ордер 12/345 · 2026-жылдын 23-ноябры – 2026-жылдын 23-декабры",
        "Жабыр тарткан адам менен байланышууга тыюу салынат",
        "Чогуу жашаган үйдө болууга тыюу салынат",
        "Үйгө кирди, эшикти таңып койду",
    ),
    ("refusal_of_bans", "ru"): (
        "Рапорт об отказе соблюдать запреты или ограничения",
        "В отношении кого Токтосунов Эркин",
        "Запрещено общаться с пострадавшим лицом",
        "Үйгө кирди, эшикти таңып койду",
    ),
}


@pytest.fixture
def at():
    """Every sealed field around it holds a word of its own."""
    made = world()
    safe = Safe(when=(Window((0,), "09:00", "13:00"),), by_whom="woman", say=HER[7])
    contact = Contact(phone=HER[5], address=HER[2], school=HER[3], workplace=HER[4], safe=safe)
    her = NewPerson(sex="f", names=(Name(HER[0], HER[1]),), birth_year=1991, pin=HER[6], note=HER[8], contact=contact)
    made.case = cases.opened(made, protected=her, what=OTHER[1])
    made.she = cases.protected_of(made.case)
    made.man = cases.add(made.inspector, made.case).person_id
    kid = NewPerson(sex="f", band="7-13", names=(Name(CHILD[0], ""),), contact=Contact("", CHILD[2], CHILD[1]))
    made.child = cases.add(made.inspector, made.case, kid, cases.Part.CHILD).person_id
    weapon(made, "taken", told=OTHER[0])
    return made


def told(at, pack: str):
    if pack == "evasion":
        return evaded(at, register="journal", number="1-234", told="Беш жолу келген жок")
    order = orders.registered(at)
    return refused_bans(at, order=order.pk, told="Үйгө кирди, эшикти таңып койду")


@pytest.mark.parametrize(("pack", "lang"), sorted(GOLDEN))
def test_a_report_says_this_and_nothing_of_her(at, pack, lang):
    row = told(at, pack)
    pdf = documents.report(at.inspector, at.case.ref, row.pk, lang=lang, now=NOW)
    shown, whole = text(pdf), everything(pdf)
    for line in GOLDEN[pack, lang]:
        assert line in shown, line
    assert {"ky": "КАРАЛАМА", "ru": "ЧЕРНОВИК"}[lang] in shown.upper()
    for word in (*HER, *CHILD, *OTHER, at.case.ref, show_ref(at.case.ref)):
        assert word.encode() not in whole and word.encode("utf-16-be") not in whole, word
    assert AuditEntry.objects.filter(command="proceedings.report").exists()


def test_the_list_of_what_is_allowed_is_closed():
    allowed = {one.name for one in fields(Report)}
    assert allowed == set("number person on ground basis threatens order facts told post printed".split())
    for name in documents.PACKS.values():
        pack = packs.pack(name)
        assert pack.is_draft and set(pack.needs) == allowed | {"code"}


def test_the_kyrgyz_letters_can_be_read_out_of_it(at):
    row = told(at, "refusal_of_bans")
    shown = text(documents.report(at.inspector, at.case.ref, row.pk, lang="ky", now=NOW))
    assert all(letter in shown for letter in "ңөүҮ")
