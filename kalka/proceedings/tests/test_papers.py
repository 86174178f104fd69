"""The two reports to the court, word for word, in both languages; and what never stands on them."""

from pathlib import Path

import pytest

from kalka.orders.tests import factories as orders
from kalka.papers.tests.factories import text
from kalka.proceedings import documents
from kalka.proceedings.tests.factories import NOW, evaded, opened, refusal, refused_bans, world

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


def test_what_he_may_read_is_refused_where_it_says_how_she_is_reached():
    at = world()
    for words in ("0555 12-12-34 номерине чалган", "Мектеп көчөсү 4 үйүнө келген"):
        found = refusal(lambda words=words: refused_bans(at, told=words))
        assert (found.code, found.facts) == ("proceedings.where_she_is", {"field": "told"})
    assert refused_bans(at, told="Үйгө келген", bans=("no_weapons",)).bans == "no_weapons"
    opened(at, told="0555 12-12-34 номерине чалган")  # on no paper
