"""The papers of a programme, word for word, in both languages."""

from pathlib import Path

import pytest

from kalka.core.refs import show_ref
from kalka.papers.tests.factories import text
from kalka.programmes import documents
from kalka.programmes.models import Enrolment
from kalka.programmes.tests.factories import NOW, attended, group, placed, sent, stepped, world

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def at():
    """He missed the last two sessions, which the draft lets him miss, and finished."""
    made = world()
    made.sending, room = sent(made), group(made)
    placed(made, made.sending, room)
    made.later = attended(made, room, made.sending)
    stepped(made, made.sending, "completed", now=made.later)
    return made


def test_a_paper_says_what_it_said(at):
    ref = Enrolment.objects.get(pk=at.sending.enrolment_id).ref
    for kind, now in (("referral", NOW), ("certificate", at.later)):
        for lang in ("ky", "ru"):
            pdf = documents.paper(at.leader, at.sending.enrolment_id, kind=kind, lang=lang, now=now)
            found = " ".join(text(pdf).replace(show_ref(ref), "CODE").split()) + "\n"
            assert found == (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8")
            assert lang == "ru" or set("ңөү") <= set(found)
