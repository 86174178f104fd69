"""The results of 2021 and 2022 come out of the records of the demo, figure by figure as the committees told them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from kalka.core import clock, datafile
from kalka.core.actors import Actor
from kalka.demo.crew import crew, members
from kalka.demo.families import families
from kalka.demo.gathered import gathered, secretaries
from kalka.demo.staffing import staff
from kalka.demo.trained import trained
from kalka.directory.roles import CATEGORIES
from kalka.library import selectors as library
from kalka.referrals.models import Referral, ReferralStep
from kalka.results import indicators as catalogue
from kalka.results import selectors
from kalka.results.gathering import gathered as lines_of
from kalka.results.info import Results
from kalka.results.rules import Amount, Scope, Span, behind, counted
from kalka.vault import keys

pytestmark = [pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
PUBLISHED: Any = datafile.read(Path(catalogue.__file__).with_name("published.yaml"))
SPAN = Span(date.fromisoformat(PUBLISHED["since"]), date.fromisoformat(PUBLISHED["until"]))
TOLD = {one["figure"]: Amount(one["n"], one.get("bound", "")) for one in PUBLISHED["figures"]}


@dataclass(frozen=True)
class Built:
    ministry: Actor
    secretary: Actor
    results: Results
    exact: dict[str, Amount]
    now: datetime


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[Built]:
    """The committees and their work alone, in a transaction that is rolled back at the end of the module."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # the tests' own, so that commands may be durable inside it
        whole.__enter__()
        keys.forget()
        keys.ensure_keks()
        now = clock.now()
        people = staff(now)
        for _member in [*crew(now), *members(now)]:
            pass
        kept, ministry = secretaries(now), people["ministrlik"].actor
        for _one in [*families(kept, ministry, now), *gathered(kept, ministry, now), *trained(now)]:
            pass
        yield Built(ministry, kept[4], selectors.results(ministry, SPAN, Scope(), now=now), exact(now), now)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
        keys.forget()


def exact(now: datetime) -> dict[str, Amount]:
    """What the records come to, before anything is hidden from anybody."""
    found = lines_of(SPAN, projects={}, now=now)
    made = {}
    for code, one in catalogue.indicators().items():
        lines = [line for line in found.lines if one.counts(line)]
        made[code] = counted(lines, one.measure)
        for by in one.by:
            for part in {line.codes[by] for line in lines}:
                made[f"{code}/{by}/{part}"] = counted([x for x in lines if x.codes[by] == part], one.measure)
        if one.families and one.measure == "who":
            assert made[code].n == behind(lines)
    return made


@pytest.mark.parametrize("figure", [one for one in TOLD if one != "trained"])
def test_each_figure_of_the_account_comes_out_of_the_records(built: Built, figure: str) -> None:
    assert built.exact[figure] == TOLD[figure]


def test_more_than_600_were_trained_and_both_splits_add_up(built: Built) -> None:
    assert TOLD["trained"] == Amount(600, "over") and built.exact["trained"] == Amount(616)
    parts = {code: built.exact.get(f"trained/{code}", Amount(0)).n for code in
             ("region/north", "region/south", "region/other", "days/1", "days/2")}  # fmt: skip
    assert parts["region/north"] + parts["region/south"] + parts["region/other"] == 616
    assert parts["days/1"] + parts["days/2"] == 616 and parts["region/other"] == 0


def test_the_members_are_of_the_eight_kinds_of_the_account(built: Built) -> None:
    assert set(PUBLISHED["categories"]) == set(CATEGORIES)
    assert sum(built.exact[f"members/category/{one}"].n for one in CATEGORIES) == 274


def test_the_handbook_was_handed_to_every_member_and_says_that_the_number_is_invented(built: Built) -> None:
    (book,) = library.materials(built.ministry, kind="handbook")
    handed = library.material_page(built.ministry, book.id).handings
    assert built.exact["handed"] == Amount(274) == Amount(sum(one.copies for one in handed))
    assert {(one.to, "ойдон чыгарылган" in one.name) for one in handed} == {("members", True)}
    assert len(handed) == 14


def test_what_the_page_shows_is_what_the_records_come_to_or_hidden(built: Built) -> None:
    for code, one in built.results.results.items():
        amount = one.figure.amount
        assert amount in (None, built.exact[code])
        if not one.indicator.families:
            assert amount == built.exact[code]
    few = {code for code, one in built.results.results.items() if one.figure.hidden}
    assert few == {"money", "som", "housing"}
    assert built.results.results["families"].figure.amount == Amount(80)
    assert built.results.results["referred"].figure.amount == Amount(12)
    assert built.results.results["continuing"].figure.unset


def test_whoever_was_referred_has_a_referral_and_each_of_them_ended_long_ago(built: Built) -> None:
    sent = list(Referral.objects.filter(code="shelter"))
    steps = ReferralStep.objects.filter(referral__in=sent).order_by("referral", "number").values_list("step", flat=True)
    assert list(steps) == ["sent", "accepted", "done"] * 12
    assert len({one.subject_id for one in sent}) == 12


def test_the_figures_stand_in_the_words_of_the_account_itself() -> None:
    """Where the text is at hand it is read; the figures are compared with the records in any case."""
    texts = [re.sub(r"\s+", " ", path.read_text("utf-8")) for path in SEEDS.glob("000*.txt")]
    for one in PUBLISHED["figures"]:
        assert str(one["n"]) in one["words"].replace(" ", "")
        for text in texts:
            assert one["words"] in text, one["figure"]
