from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.support import rules
from kalka.support.rules import Attempt, NewAction, NewAid, NewContact, NewOutcome, NewService, NewWithout

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ENOUGH = "Үч жолу чалдык, эч ким жооп берген жок"
DAYS = st.dates(TODAY - timedelta(days=400), TODAY)
REACHED = st.sampled_from(["spoke", "no_answer", "not_safe", "declined"])
ANSWERS = st.sampled_from(["", "yes", "partly", "no"])


def refused(check, *args, **named):
    with pytest.raises(DomainError) as refusal:
        check(*args, **named)
    return refusal.value.code, refusal.value.facts["field"]


def test_an_action_belongs_to_a_post_of_the_team_and_to_a_day_within_a_year():
    rules.check_action(NewAction(3, TODAY, "Квартира издөө"), team={3}, today=TODAY)
    told = {"team": {3}, "today": TODAY}
    assert refused(rules.check_action, NewAction(4, TODAY, "x"), **told) == ("support.owner_not_in_team", "owner")
    assert refused(rules.check_action, NewAction(3, TODAY - DAY, "x"), **told) == ("support.day_unfit", "by")
    assert refused(rules.check_action, NewAction(3, TODAY + 367 * DAY, "x"), **told) == ("support.day_unfit", "by")
    assert refused(rules.check_action, NewAction(3, TODAY, " "), **told) == ("support.say_more", "what")


def test_what_was_not_done_says_why():
    rules.check_done("done", "")
    assert refused(rules.check_done, "not_possible", " ") == ("support.say_more", "note")
    assert refused(rules.check_done, "somehow", "x") == ("support.not_an_answer", "how")


def test_whoever_wants_no_contact_is_not_asked_again():
    told = NewContact(on=TODAY, channel="call", reached="declined", next_on=TODAY + DAY)
    assert refused(rules.check_contact, told, today=TODAY) == ("support.she_declined", "next_on")
    later = NewContact(on=TODAY + DAY, channel="call", reached="spoke")
    assert refused(rules.check_contact, later, today=TODAY) == ("support.day_to_come", "on")


def test_money_has_an_amount_and_things_need_none():
    rules.check_aid(NewAid("local", "clothes", 0, TODAY), today=TODAY)
    assert refused(rules.check_aid, NewAid("local", "money", 0, TODAY), today=TODAY) == ("support.som_unfit", "som")
    assert refused(rules.check_aid, NewAid("pocket", "money", 5, TODAY), today=TODAY)[1] == "budget"


def test_a_service_takes_some_time_and_not_a_whole_day():
    for minutes in (0, 601):
        told = NewService("talk", minutes, TODAY)
        assert refused(rules.check_service, told, may=rules.HELP, today=TODAY) == ("support.minutes_unfit", "minutes")


def test_whose_profession_is_one_kind_of_help_notes_that_kind_alone():
    give = {Permission.SUPPORT_GIVE}
    assert {rules.HELP[kind] for kind in rules.services_of(give | {Permission.LEGAL_WORK})} == {"legal"}
    assert {rules.HELP[kind] for kind in rules.services_of(give | {Permission.COUNSEL_WORK})} == {"psychological"}
    assert {rules.HELP[kind] for kind in rules.services_of(give | {Permission.FINDING_WRITE})} == {"medical"}
    assert set(rules.services_of(give | {Permission.SUPPORT_WORK})) == set(rules.HELP)
    assert rules.services_of(give) == ()


def test_each_service_is_one_kind_of_help_and_each_kind_can_be_given():
    assert set(rules.HELP.values()) == set(rules.Help)


def test_an_outcome_says_at_least_something_on_the_scale():
    rules.check_outcome(NewOutcome("before", safe=1))
    assert refused(rules.check_outcome, NewOutcome("before")) == ("support.nothing_written", "safe")
    assert refused(rules.check_outcome, NewOutcome("before", home=5)) == ("support.not_an_answer", "home")


def test_a_safety_plan_has_known_sections_and_is_not_empty():
    rules.check_safety({"home": "Эшик"})
    assert refused(rules.check_safety, {"home": " "}) == ("support.nothing_written", "home")
    assert refused(rules.check_safety, {"home": "x", "garden": "y"}) == ("support.not_an_answer", "garden")


def test_only_her_own_good_word_said_alone_closes_a_case():
    closing = {(feels, alone) for feels in rules.Feels for alone in (True, False) if rules.may_close(feels, alone)}
    assert closing == {("safe", True), ("safer", True)}


def test_three_attempts_on_different_days_since_she_was_last_spoken_with():
    days = [TODAY - n * DAY for n in (1, 2, 3)]
    tried = [Attempt(day, "no_answer") for day in days]
    assert rules.tried_enough(tried, today=TODAY)
    assert not rules.tried_enough([Attempt(TODAY, "no_answer")] * 3, today=TODAY), "one day is one attempt"
    assert not rules.tried_enough([*tried, Attempt(TODAY - 2 * DAY, "spoke")], today=TODAY)
    assert not rules.tried_enough([Attempt(day - 100 * DAY, "no_answer") for day in days], today=TODAY)


@given(st.lists(st.builds(Attempt, DAYS, REACHED), max_size=8), DAYS)
def test_a_talk_begins_the_counting_anew(attempts, spoke):
    with_talk = [*attempts, Attempt(spoke, "spoke")]
    if rules.tried_enough(with_talk, today=TODAY):
        later = {one.on for one in attempts if one.on > spoke and TODAY - one.on <= timedelta(days=90)}
        assert len(later) >= 3


def test_a_reason_is_borne_out_by_what_was_written_down():
    assert refused(rules.check_without, NewWithout("unreachable", ENOUGH), [], today=TODAY) == (
        "support.too_few_attempts",
        "reason",
    )
    assert refused(rules.check_without, NewWithout("declined", ENOUGH), [], today=TODAY)[0] == (
        "support.no_such_contact"
    )
    rules.check_without(NewWithout("declined", ENOUGH), [Attempt(TODAY, "declined")], today=TODAY)
    rules.check_without(NewWithout("moved", ENOUGH), [], today=TODAY)
    assert refused(rules.check_without, NewWithout("moved", "кетти"), [], today=TODAY) == ("support.say_more", "told")
    assert refused(rules.check_without, NewWithout("reconciled", ENOUGH), [], today=TODAY)[1] == "reason"


@pytest.mark.parametrize(
    ("today", "first", "end"),
    [
        (date(2026, 1, 1), date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 11, 23), date(2026, 7, 1), date(2026, 10, 1)),
    ],
)
def test_opinions_are_shown_for_a_quarter_that_is_over(today, first, end):
    assert rules.quarter_before(today) == (first, end)


@given(st.lists(st.tuples(ANSWERS, ANSWERS, ANSWERS, ANSWERS), max_size=40))
def test_no_number_stands_for_fewer_than_five_and_none_can_be_worked_out(rows):
    sums = rules.summed(rows)
    if len(rows) < 5:
        assert sums is None
        return
    assert sums.number == len(rows)
    for answers in sums.answers.values():
        assert all(number >= 5 for number in answers.values())
        assert sum(answers.values()) == len(rows), "what is left over is nobody"
