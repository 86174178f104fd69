import pytest

from kalka.closure import rules
from kalka.closure.rules import Again, Reason
from kalka.core.blockers import Blocker
from kalka.core.errors import DomainError

WORD = "Бардык чаралар көрүлдү"


def refused(do, *args):
    with pytest.raises(DomainError) as refusal:
        do(*args)
    return refusal.value.code, refusal.value.facts


@pytest.mark.parametrize("reason", Reason)
def test_a_case_is_closed_for_a_reason_and_in_words(reason):
    rules.check_closing(reason, WORD)
    assert refused(rules.check_closing, reason, " \n short ") == (
        "closure.word_too_short",
        {"field": "word", "least": 10},
    )
    assert refused(rules.check_closing, reason, "ү" * 2001) == (
        "closure.word_too_long",
        {"field": "word", "most": 2000},
    )


@pytest.mark.parametrize("saying", ["withdrawal", "reconciliation", "aksakal_hearing"])
def test_a_word_taken_back_never_closes_a_case(saying):
    assert refused(rules.check_closing, saying, WORD) == ("closure.not_a_reason", {"field": "reason"})
    assert saying not in {*Reason, *Again}


def test_a_reason_that_is_not_on_the_list_is_none():
    assert refused(rules.check_closing, "tired", WORD) == ("closure.unknown_reason", {"field": "reason"})
    assert refused(rules.check_reopening, "safe", WORD) == ("closure.unknown_reason", {"field": "reason"})


@pytest.mark.parametrize("why", Again)
def test_a_case_is_opened_again_for_a_reason_and_in_words(why):
    rules.check_reopening(why, WORD)
    assert refused(rules.check_reopening, why, "")[0] == "closure.word_too_short"


def test_what_is_open_keeps_the_case_open_and_is_counted():
    rules.ensure_done(())
    two = (Blocker("risk.never_assessed"), Blocker("orders.running"))
    assert refused(rules.ensure_done, two) == ("closure.still_open", {"number": 2})
