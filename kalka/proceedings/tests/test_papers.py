"""The two reports to the court, word for word, in both languages."""

from pathlib import Path

import pytest

from kalka.orders.tests import factories as orders
from kalka.papers.tests.factories import text
from kalka.proceedings import documents
from kalka.proceedings.tests.factories import NOW, evaded, refused_bans, world

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"


def test_a_report_says_what_it_said():
    at = world()
    order = orders.registered(at)
    told = {"register": "journal", "told": "Түшүндүрүлдү, бирок аткарган жок"}
    found = {
        "evasion": evaded(at, number="1-234", **told),
        "refusal_of_bans": refused_bans(at, order=order.pk, number="1-235", **told),
    }
    for kind, row in found.items():
        for lang in ("ky", "ru"):
            pdf = documents.report(at.inspector, at.case.ref, row.pk, lang=lang, now=NOW)
            assert text(pdf) + "\n" == (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8")
