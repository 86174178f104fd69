from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK
from kalka.core.errors import DomainError
from kalka.guide.taxonomy import TAXONOMY
from kalka.sittings import catalogue, quorum, rules
from kalka.sittings.rules import Became, How, NewDecision, NewItem, NewPast, NewSitting, Quorum, Share, Sort
from kalka.support.rules import Aid, Document

NOW, TODAY = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK), date(2026, 11, 23)
PEOPLE = st.frozensets(st.integers(1, 25), max_size=25)
SORTS = {"talk": Sort.TASK, "money": Sort.AID}


@given(came=PEOPLE, members=PEOPLE, conflicted=PEOPLE)
def test_without_a_quorum_in_an_act_none_is_missed_however_few_come(came, members, conflicted):
    found = rules.present(came, members, None, conflicted)

    assert found.quorum is Quorum.UNSET
    assert found.came == len(came & (members - conflicted)) <= found.members == len(members - conflicted)


@given(came=PEOPLE, members=PEOPLE, conflicted=PEOPLE, of=st.integers(1, 3))
def test_whoever_declared_a_conflict_counts_on_neither_side(came, members, conflicted, of):
    share = Share(of, 3)

    assert rules.present(came, members, share, conflicted) == rules.present(
        came - conflicted, members - conflicted, share
    )


@pytest.mark.parametrize(
    ("written", "came", "members", "reached"),
    [
        ("1/2", 7, 14, True),
        (">1/2", 7, 14, False),
        (">1/2", 8, 14, True),
        ("2/3", 12, 19, False),
        ("2/3", 13, 19, True),
    ],
)
def test_a_quorum_is_a_share_of_the_members(written, came, members, reached):
    share = rules.share_of(written)

    assert share is not None and share.reached(came, members) is reached
    assert not share.reached(0, 0)


@pytest.mark.parametrize("written", ["", "көпчүлүк", "0/2", "3/2", "1/0", "1/2 мүчө"])
def test_what_cannot_be_counted_is_not_counted(written):
    assert rules.share_of(written) is None


def test_the_law_book_sets_no_quorum_today():
    assert (quorum.share(TODAY), quorum.words(TODAY)) == (None, "")


@given(by=st.dates(), today=st.dates(), how=st.sampled_from(["", *How]), withdrawn=st.booleans())
def test_every_decision_is_somewhere_and_its_own_day_is_in_time(by, today, how, withdrawn):
    found = rules.became(by, how, withdrawn, today=today)

    assert (found is Became.WITHDRAWN) == withdrawn
    if not withdrawn:
        assert (found is Became.DONE) == (how == How.DONE)
        assert (found is Became.LATE) == (not how and today > by)


def decide(told, **given):
    known = {"about_case": True, "measures": SORTS, "members": [1, 2], "conflicted": [2], "on": TODAY} | given
    rules.check_decision(told, **known)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (NewDecision("dance", 1, TODAY), "measure"),
        (NewDecision("talk", 9, TODAY), "responsible"),
        (NewDecision("talk", 2, TODAY), "responsible"),
        (NewDecision("talk", 1, TODAY - timedelta(days=1)), "by"),
        (NewDecision("talk", 1, TODAY + timedelta(days=731)), "by"),
        (NewDecision("talk", 1, TODAY, words="Күйөөсү"), "words"),
        (NewDecision("talk", 1, TODAY, som=5), "som"),
        (NewDecision("money", 1, TODAY), "som"),
        (NewDecision("money", 1, TODAY, som=1_000_001), "som"),
    ],
)
def test_a_decision_is_refused_at_its_field(told, field):
    with pytest.raises(DomainError) as refused:
        decide(told)

    assert refused.value.facts["field"] == field


def test_words_belong_to_own_work_alone():
    decide(NewDecision("talk", 1, TODAY, words="Сахна"), about_case=False)
    with pytest.raises(DomainError, match="too_long"):
        decide(NewDecision("talk", 1, TODAY, words="а" * 301), about_case=False)


@pytest.mark.parametrize(
    "told",
    [NewSitting("feast", NOW), NewSitting("planning", NOW, "home"), NewSitting("planning", NOW + timedelta(days=401))],
)
def test_a_sitting_is_called_for_a_known_reason_in_a_public_place_within_a_year(told):
    with pytest.raises(DomainError):
        rules.check_sitting(told, now=NOW)


def test_a_case_stands_once_on_an_agenda_and_brings_no_words():
    known = {"topics": ["plan"], "cases": ["help"], "there": ["A"]}
    rules.check_item(NewItem("help", "B"), **known)
    for told in (NewItem("help", "A"), NewItem("plan", "B"), NewItem("help", "B", words="x"), NewItem("help")):
        with pytest.raises(DomainError):
            rules.check_item(told, **known)


@pytest.mark.parametrize(
    "told",
    [
        NewPast("planning", TODAY + timedelta(days=1)),
        NewPast("planning", date(1999, 1, 1)),
        NewPast("planning", TODAY, came=501),
        NewPast("planning", TODAY, decisions=2, done=3),
    ],
)
def test_a_journal_does_not_say_what_cannot_be(told):
    with pytest.raises(DomainError):
        rules.check_past(told, today=TODAY)


def test_every_measure_leads_to_something_there_is():
    known = catalogue.catalogue()

    for one in known.measures.values():
        if one.sort is Sort.REFERRAL:
            assert one.need in TAXONOMY.needs
        elif one.sort is not Sort.TASK:
            assert one.help in {*Aid, *Document}
    assert {catalogue.OTHER, catalogue.BEFORE} <= known.topics.keys() and catalogue.OTHER in known.own
    assert catalogue.OTHER not in known.measures and catalogue.OTHER not in known.cases


def test_a_slip_in_the_list_is_no_measure():
    text = catalogue.FILE.read_text("utf-8")
    for wrong in ("sort: referral, need: shelter", "sort: aid, help: money", "kinds: [founding]"):
        with pytest.raises(DomainError, match="datafile"):
            catalogue.parse(
                text.replace(wrong, wrong.replace("need", "nead").replace("help", "halp").replace("ing]", "]"))
            )
