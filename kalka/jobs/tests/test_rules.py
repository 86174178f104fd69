from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.jobs import rules

SOMEBODY = UUID("11111111-1111-4111-8111-111111111111")


def test_arguments_are_ids_days_and_codes():
    given_ = {"file_id": SOMEBODY, "upto": date(2026, 3, 1), "post": 7, "kind": "places.import", "ref": "0123456789"}
    assert rules.kept_args(given_) == {
        "file_id": str(SOMEBODY),
        "upto": "2026-03-01",
        "post": 7,
        "kind": "places.import",
        "ref": "0123456789",
    }


@pytest.mark.parametrize("words", ["Айсулуу", "Aisuluu Asanova", "", "a" * 41, None, True, 1.5, ["x"], {"a": 1}])
def test_what_could_be_somebodys_words_is_refused(words):
    with pytest.raises(DomainError) as refusal:
        rules.kept_args({"note": words})
    assert refusal.value.code == "jobs.args_are_ids"
    assert refusal.value.facts == {"name": "note"}


def test_a_refusal_of_the_domain_keeps_its_code_and_is_not_tried_again():
    assert rules.failure_of(DomainError("places.twice", row=3)) == rules.Failure("places.twice", final=True)


@given(st.text(alphabet=st.characters(min_codepoint=0x400, max_codepoint=0x4FF), min_size=3))
def test_nothing_of_an_exceptions_words_is_kept(words):
    failure = rules.failure_of(ValueError(words, {"name": words}))
    assert failure == rules.Failure("jobs.unexpected", "ValueError")


def test_the_place_of_a_failure_is_the_innermost_line_of_our_own_source():
    try:
        rules.kept_args(None)
    except AttributeError as error:
        fault = rules.fault_of(error)
    assert fault.startswith("AttributeError kalka/jobs/rules.py:")


def test_it_waits_longer_each_time_but_never_more_than_half_an_hour():
    waits = [rules.wait_before(failures) for failures in (1, 2, 3, 4, 50)]
    assert waits == [
        timedelta(seconds=10),
        timedelta(minutes=1),
        timedelta(minutes=6),
        timedelta(minutes=30),
        timedelta(minutes=30),
    ]
