from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.families import practice, rules
from kalka.families.rules import Kind, NewContact, NewWork, State

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


class TestContinuing:
    """A contact within the term: the day of it still counts, the day after does not."""

    @pytest.mark.parametrize(
        ("spoke", "term", "state"),
        [
            (None, 30, State.CONTINUING),
            (TODAY - 30 * DAY, 30, State.CONTINUING),
            (TODAY - 31 * DAY, 30, State.CONTINUING),
            (TODAY - 31 * DAY, None, State.UNSET),
        ],
    )
    def test_noting_counts_as_the_first_contact(self, spoke, term, state):
        assert rules.state(noted=TODAY - 30 * DAY, spoke=spoke, ended=None, on=TODAY, term=term) is state

    def test_the_day_before_and_the_day_of_the_end_of_the_term(self):
        told = {"noted": TODAY, "spoke": TODAY + 10 * DAY, "ended": None, "term": 30}
        assert rules.state(on=TODAY + 40 * DAY, **told) is State.CONTINUING
        assert rules.state(on=TODAY + 41 * DAY, **told) is State.LAPSED

    def test_what_ended_has_ended_whatever_was_said_later(self):
        told = {"noted": TODAY, "spoke": TODAY + DAY, "ended": TODAY + 2 * DAY}
        assert rules.state(on=TODAY + DAY, term=30, **told) is State.CONTINUING
        assert rules.state(on=TODAY + 2 * DAY, term=None, **told) is State.ENDED

    def test_the_term_is_unset_as_long_as_no_institution_set_it(self):
        assert practice.contact_within_days(TODAY) is None

    def test_a_term_holds_from_its_day_on_and_names_its_source(self):
        line = "  - from: 2026-01-01\n    value: 90\n    source: "
        text = "standing: practice\ncontact_within_days:\n"
        assert practice.parse(f"{text}{line}Order 5") == ((date(2026, 1, 1), 90),)
        for wrong in (
            f"{text}{line}''",
            f"{text}{line.replace('90', '0')}Order 5",
            f"{text}{line.replace('90', '999')}x",
        ):
            with pytest.raises(DomainError):
                practice.parse(wrong)


class TestShown:
    """Numbers for everybody who may not know which families they are."""

    @given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
    def test_no_number_from_one_to_four_is_shown_or_can_be_reckoned(self, numbers):
        parts = {str(at): number for at, number in enumerate(numbers)}
        shown = rules.shown(parts)
        assert all(number is None or number == 0 or number >= rules.SMALLEST for number in shown.parts.values())
        assert shown.total is None or shown.total == sum(numbers)
        hidden = [code for code, number in shown.parts.items() if number is None and parts[code] is not None]
        if not hidden or shown.total is None:
            return
        rest = shown.total - sum(number for number in shown.parts.values() if number is not None)
        possible = [one for one in product(range(rest + 1), repeat=len(hidden)) if sum(one) == rest]
        for at, _code in enumerate(hidden):
            assert len({one[at] for one in possible}) > 1

    def test_nothing_is_hidden_where_nothing_would_tell(self):
        assert rules.shown({"a": 5, "b": 0}) == rules.Shown(5, {"a": 5, "b": 0})
        assert rules.shown({"a": 0}) == rules.Shown(0, {"a": 0})

    def test_a_committee_with_few_families_shows_that_there_are_some_and_no_more(self):
        assert rules.shown({"a": 3, "b": 0}) == rules.Shown(None, {"a": None, "b": None})


def refused(do, **told):
    with pytest.raises(DomainError) as no:
        do(**told)
    return no.value.code, no.value.facts.get("field")


class TestWork:
    def test_a_committee_held_programmes_until_the_law_gave_them_to_others(self):
        told = {"since": TODAY - 9 * DAY, "today": TODAY}
        work = NewWork(Kind.PROGRAMME, TODAY)
        rules.check_work(work, programme_by_others=False, **told)
        assert refused(rules.check_work, told=work, programme_by_others=True, **told) == (
            "families.not_agreed",
            "agreed",
        )
        assert not rules.is_asked(work, programme_by_others=False)

    def test_talk_and_documents_are_the_committees_own(self):
        for kind in (Kind.TALK, Kind.DOCUMENTS):
            assert not rules.is_asked(NewWork(kind, TODAY), programme_by_others=True)

    def test_a_document_says_which_and_where_it_stands(self):
        told = {"since": TODAY, "today": TODAY, "programme_by_others": True}
        for wrong in (
            NewWork(Kind.DOCUMENTS, TODAY),
            NewWork(Kind.DOCUMENTS, TODAY, document="passport"),
            NewWork(Kind.TALK, TODAY, document="passport", state="missing"),
        ):
            assert refused(rules.check_work, told=wrong, **told)[0] == "families.document_missing"


def test_whoever_wants_no_more_contact_is_given_no_next_day():
    told = NewContact("call", "declined", TODAY, TODAY + DAY)
    assert refused(rules.check_contact, told=told, since=TODAY, today=TODAY) == ("families.declined", "next_on")


def test_every_ground_for_a_name_is_in_the_law_book_and_has_a_title_in_three_languages():
    assert practice.grounds()
    assert all(one.law and set(one.titles) == {"ky", "ru", "en"} for one in practice.grounds().values())
