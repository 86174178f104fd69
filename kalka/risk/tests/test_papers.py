"""Each paper of risk, word for word, in both languages: a change of it is seen here."""

from pathlib import Path

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.refs import show_ref
from kalka.papers.tests.factories import everything, text
from kalka.risk import documents
from kalka.risk.tests.factories import FORM, HOUR, NOW, all_no, assessed, call, world

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"
WHY = "Бензин алып келиптир, коңшусу көргөн."


def golden(name: str, found: str) -> None:
    assert found == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def plain(pdf: bytes, ref: str) -> str:
    return text(pdf).replace(show_ref(ref), "CODE") + "\n"


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_court_reads_this(lang):
    """Raised by the officer, with questions left open, and lifted since by what happened: and no word of why."""
    at = world()
    answers = all_no(KG03="yes", KG05="unknown", KG15="unknown")
    made = assessed(at.inspector, at.case, "extreme", answers=answers, why=WHY, victim_suicidality="yes")
    low = assessed(at.inspector, cases.opened(at), "medium", why=WHY)
    golden(f"court.{lang}", plain(documents.court(at.inspector, at.case.ref, made.pk, lang=lang, now=NOW), at.case.ref))
    at.case = low.case
    call(at, "threat_heard", now=NOW + HOUR)
    pdf = documents.court(at.inspector, low.case.ref, low.pk, lang=lang, now=NOW + 2 * HOUR)
    golden(f"court-lifted.{lang}", plain(pdf, low.case.ref))
    whole = everything(pdf).decode("utf-8", "ignore")
    for word in (WHY, "программа", "коркутуу", "угроз", *(item.text[lang] for item in FORM.items.values())):
        assert word not in whole


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("level", ["low", "extreme"])
def test_the_leaflet_says_this(level, lang):
    at = world()
    assessed(at.inspector, at.case, level, judged=level)
    pdf = documents.leaflet(at.inspector, at.case.ref, lang=lang, now=NOW)
    golden(f"leaflet-{level}.{lang}", plain(pdf, at.case.ref))
    if lang == "ky":
        assert all(letter in text(pdf) for letter in "ңөү")
