"""The papers she hands in, word for word, in both languages."""

from pathlib import Path

import pytest

from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW
from kalka.complaints import documents, services
from kalka.complaints.rules import NewPaper
from kalka.complaints.tests.factories import HOUR, MINUTE, WORDS, called, replied, world
from kalka.core.refs import new_id, show_ref
from kalka.papers.tests.factories import text

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("kind", ["inaction", "extension", "appeal"])
def test_a_paper_says_what_it_said(kind, lang):
    at = world()
    cases.post("prosecutor", place=cases.RAION)
    replied(at.inspector, called(at.worker, at.case, what="came", told=WORDS), now=NOW + 2 * HOUR, at=NOW + MINUTE)
    called(at.worker, at.case, now=NOW + 3 * HOUR)
    about = {"ground": "call", "against": at.inspector.post_id} if kind == "inaction" else {"order": at.order}
    told = NewPaper(kind=kind, on=NOW.date(), told=f"{WORDS}. Өткөн түнү эч ким келген жок.", **about)
    paper = services.file_paper(at.worker, id=new_id(), case_ref=at.case.ref, told=told, now=NOW + 4 * HOUR)
    pdf = documents.paper(at.worker, at.case.ref, paper.pk, lang=lang, now=NOW + 4 * HOUR)
    found = " ".join(text(pdf).replace(show_ref(at.case.ref), "CODE").split()) + "\n"
    assert found == (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8")
