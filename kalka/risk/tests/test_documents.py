"""The paper for the court tells what its page tells; the leaflet says nothing of anybody."""

import io

import pytest
from pypdf import PdfReader

from kalka.papers.tests.factories import everything, pages, text
from kalka.risk import documents
from kalka.risk.tests.factories import FORM, HOUR, NOW, WHY, assessed, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
# What no outside of a leaflet may say.
TELLING = ("зомбул", "насил", "коргоо", "защит", "ордер", "кризис", "коркун", "опасн", "бьёт", "жабыр", "пострад")


@pytest.fixture
def at():
    return world()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ky", ("Тобокелдик деңгээли: сот үчүн", "өтө жогору", "№ 417", "KG-DEMO, 1", "Көргөзмө форма")),
        ("ru", ("Уровень риска: для суда", "крайне высокий", "№ 417", "KG-DEMO, 1", "Демонстрационная")),
    ],
)
def test_the_paper_for_the_court_prints_level_outcomes_basis_and_edition(at, lang, said):
    made = assessed(at.inspector, at.case, "extreme", "KG01", "KG03", victim_suicidality="yes")
    pdf = documents.court(at.inspector, at.case.ref, made.pk, lang=lang, now=NOW)
    found = text(pdf)
    assert [one for one in said if one not in found] == []
    assert "Каралама / Черновик" in found, "the official form is not here"
    whole = everything(pdf).decode("utf-8", "ignore")
    assert [code for code, item in FORM.items.items() if item.text[lang] in whole] == []
    assert WHY not in whole


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_leaflet_is_small_and_its_outside_says_nothing(at, lang):
    assessed(at.inspector, at.case, "extreme", "KG01", "KG03")
    pdf = documents.leaflet(at.inspector, at.case.ref, lang=lang, now=NOW)
    sheet = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == (210, 298), "74 by 105 mm: a pocket"
    outside, *inside = pages(pdf)
    assert [word for word in TELLING if word in outside.lower()] == []
    assert [number for number in ("102", "103", "112", "111", "5200") if number not in outside] == []
    assert 1 <= len(inside) <= 2
    whole = everything(pdf).decode("utf-8", "ignore")
    assert at.case.ref not in whole
    assert "Калка" not in whole


def test_more_danger_says_more_and_who_was_not_assessed_is_in_danger(at):
    def printed():
        return text(documents.leaflet(at.inspector, at.case.ref, lang="ru", now=NOW + 4 * HOUR))

    unknown, texts = printed(), {}
    for hours, level in enumerate(("low", "medium", "high", "extreme")):
        assessed(at.inspector, at.case, level, judged=level, now=NOW + hours * HOUR)
        texts[level] = printed()
    assert unknown == texts["high"]
    assert [len(one) for one in texts.values()] == sorted({len(one) for one in texts.values()})
