from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.legalaid import rules
from kalka.legalaid.rules import Held, NewRequest, NewSession, Side

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
HER = UUID(int=7)
MACS = st.frozensets(st.sampled_from([b"a", b"b", b"c", b"d"]))


def refused(check, *args, **named):
    with pytest.raises(DomainError) as refusal:
        check(*args, **named)
    return refusal.value.code, refusal.value.facts["field"]


def test_an_advocate_is_asked_for_whoever_may_speak_and_for_nobody_else():
    rules.check_request(NewRequest(HER, "civil", "violence"), speakers={HER})
    him = NewRequest(UUID(int=8), "civil", "violence")
    assert refused(rules.check_request, him, speakers={HER}) == ("legalaid.not_her_side", "client")
    odd = NewRequest(HER, "civil", "because")
    assert refused(rules.check_request, odd, speakers={HER}) == ("legalaid.not_an_answer", "ground")


def test_whoever_takes_it_says_until_when_and_whoever_does_not_says_why():
    rules.check_answer(True, "", TODAY, today=TODAY)
    rules.check_answer(False, "too_far", None, today=TODAY)
    for until in (None, TODAY - DAY, TODAY + 400 * DAY):
        assert refused(rules.check_answer, True, "", until, today=TODAY) == ("legalaid.day_unfit", "until")
    assert refused(rules.check_answer, False, "", None, today=TODAY)[1] == "reason"


@given(MACS, MACS, MACS, MACS)
def test_an_office_stands_on_one_side_whichever_way_it_is_asked(client, others, acts_for, acts_against):
    marks = {Side.FOR: acts_for, Side.AGAINST: acts_against}
    both = rules.is_both_sides(for_us=client, against_us=others, marks=marks)
    assert both == bool(others & acts_for or client & acts_against)
    turned = rules.is_both_sides(
        for_us=others, against_us=client, marks={Side.FOR: acts_against, Side.AGAINST: acts_for}
    )
    assert both == turned, "what stands against one side stands for the other"


@given(MACS, MACS)
def test_an_office_that_acts_for_nobody_may_act_for_anybody(client, others):
    assert not rules.is_both_sides(for_us=client, against_us=others, marks={Side.FOR: (), Side.AGAINST: ()})


def test_who_did_not_come_took_no_time():
    rules.check_session(NewSession("usual", 50, TODAY), today=TODAY)
    rules.check_session(NewSession("usual", 0, TODAY, came=False), today=TODAY)
    for minutes, came in ((0, True), (301, True), (50, False)):
        told = NewSession("usual", minutes, TODAY, came)
        assert refused(rules.check_session, told, today=TODAY) == ("legalaid.minutes_unfit", "minutes")


def test_a_day_is_told_in_figures_of_known_topics():
    rules.check_held(Held(7, 2, {"family": 4}))
    assert refused(rules.check_held, Held(7, 2, {"gossip": 4})) == ("legalaid.not_an_answer", "topics")
    assert refused(rules.check_held, Held(-1, 2, {})) == ("legalaid.figure_unfit", "women")
