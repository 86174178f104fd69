"""Each paper of an order, word for word, in both languages; and that what may be handed over is clean."""

from pathlib import Path

import pytest

from kalka.core.errors import DomainError
from kalka.core.refs import show_ref
from kalka.orders.tests import factories as make
from kalka.orders.tests import test_documents as papers
from kalka.orders.tests.test_documents import CHILD, HER, HIS, HIS_NAME, REPORTER, TOLD, full, printed
from kalka.papers.tests.factories import everything, text

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"
HANDED = ("respondent", "service", "extension")

world = papers.world


def plain(pdf: bytes, world) -> str:
    """The words of a paper, without the codes that are drawn anew each time."""
    return " ".join(text(pdf).replace(show_ref(world.case.ref), "CODE").split()) + "\n"


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("kind", ["sheet", *HANDED])
def test_a_paper_says_what_it_said(world, kind, lang):
    made = told_of(world) if kind == "sheet" else full(world)
    found = plain(printed(world, made, kind, lang), world)
    assert found == (GOLDEN / f"{kind}.{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["service", "extension"])
def test_what_may_be_handed_over_carries_nobody_elses_life(world, kind):
    whole = everything(printed(world, full(world), kind))
    for word in (*HER, *CHILD, *HIS, *TOLD, *REPORTER, world.case.ref):
        assert word.encode() not in whole and word.encode("utf-16-be") not in whole, word
    assert HIS_NAME in text(printed(world, full_again(world), kind))


def told_of(world):
    """What happened at one moment stands in no order."""
    order = make.registered(world, make.paper(world, "77/41-К", note="Кошумча шарт", protected=(world.she,)))
    make.served(world, order)
    return order


def full_again(world):
    order = make.registered(world, make.paper(world, "77/42-К"))
    make.served(world, order)
    make.extended(world, order, make.TODAY + 40 * make.DAY)
    return order


def test_not_told_yet_the_record_has_lines_to_fill_in(world):
    order = make.registered(world, make.paper(world, "77/41-К"))
    blank = plain(printed(world, order, "service", "ru"), world)
    assert "____" in blank.split("Как вручён")[1] and "Отметка" not in blank
    make.served(world, order, refused=True)
    assert "Отметка" in plain(printed(world, order, "service", "ru"), world)


def test_an_order_that_was_not_extended_has_no_such_notice(world):
    order = make.registered(world, make.paper(world, "77/41-К"))
    with pytest.raises(DomainError, match="orders.not_extended"):
        printed(world, order, "extension")
    pending = make.registered(world, make.pending(world))
    for kind in HANDED:
        with pytest.raises(DomainError, match="orders.no_number_no_paper"):
            printed(world, pending, kind)
