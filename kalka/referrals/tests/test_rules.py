from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.guide.taxonomy import TAXONOMY
from kalka.referrals import practice as data
from kalka.referrals.rules import conferences, needs, tracks
from kalka.referrals.rules import referral as rules
from kalka.referrals.rules.needs import NewIntake, NewNeed, Window
from kalka.referrals.rules.referral import NEXT, OVER, NewStep, Step, Why

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def code(do) -> str:
    with pytest.raises(DomainError) as refused:
        do()
    return refused.value.code


@given(st.sampled_from(Step), st.sampled_from(Step))
def test_a_step_follows_only_where_the_table_says_so(now, to):
    if to in NEXT[now]:
        assert rules.step(now, to) is to
    else:
        assert code(lambda: rules.step(now, to)) == "referrals.no_such_step"


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_what_is_over_stays_over_and_nothing_happens_twice_in_a_row(wanted):
    stands, taken = Step.SENT, []
    for to in wanted:
        if to in NEXT[stands]:
            taken.append(to)
            stands = to
    assert all(one is not other for one, other in zip(taken, taken[1:], strict=False))
    assert not any(one in OVER for one in taken[:-1])
    assert taken.count(Step.DONE) <= 1


@given(st.sampled_from(Step), st.booleans())
def test_without_a_consent_nothing_is_asked_of_anybody(last, agreed):
    found = rules.stands(last, agreed=agreed)
    assert found is (last if agreed or last in OVER else Step.WITHDRAWN)
    assert agreed or found in OVER


def test_the_steps_that_are_over_are_these():
    assert OVER == {Step.DONE, Step.WITHDRAWN, Step.REROUTED}


@pytest.mark.parametrize(
    "told, sender, receiver, said",
    [
        (NewStep("declined"), False, True, "referrals.not_an_answer"),
        (NewStep("declined", "she_asked"), False, True, "referrals.not_an_answer"),
        (NewStep("declined", "other"), False, True, "referrals.say_why"),
        (NewStep("accepted", "full"), False, True, "referrals.not_an_answer"),
        (NewStep("withdrawn", "consent"), True, False, "referrals.not_an_answer"),
        (NewStep("withdrawn", "she_asked"), False, True, "referrals.no_such_step"),
        (NewStep("accepted"), True, False, "referrals.no_such_step"),
        (NewStep("sent"), True, True, "referrals.no_such_step"),
        (NewStep("rerouted"), True, True, "referrals.no_such_step"),
        (NewStep("accepted", told="ө" * 2001), False, True, "referrals.too_long"),
    ],
)
def test_a_step_that_is_not_theirs_or_lacks_its_reason_is_refused(told, sender, receiver, said):
    assert code(lambda: rules.check_step(told, by_sender=sender, by_receiver=receiver)) == said


@pytest.mark.parametrize(
    "told", [NewStep("declined", Why.FULL), NewStep("declined", Why.OTHER, "Ремонт"), NewStep("done")]
)
def test_what_is_theirs_and_has_its_reason_is_taken(told):
    rules.check_step(told, by_sender=False, by_receiver=True)


@pytest.mark.parametrize(
    "ago, passed, hours, window",
    [
        ("h24", 1, None, Window.UNSET),
        ("h24", 1, 72, Window.OPEN),
        ("h24", 48, 72, Window.OPEN),
        ("h24", 49, 72, Window.MAYBE),
        ("h24", 73, 72, Window.OVER),
        ("h72", 1, 72, Window.MAYBE),
        ("h72", 49, 72, Window.OVER),
        ("h120", 0, 120, Window.OPEN),
        ("later", 0, 120, Window.MAYBE),
        ("later", 1, 120, Window.OVER),
        ("unknown", 999, 72, Window.MAYBE),
    ],
)
def test_the_hours_of_care_are_never_over_by_a_guess(ago, passed, hours, window):
    assert needs.window(ago, passed * HOUR, hours) is window


@given(st.sampled_from(needs.Ago), st.integers(0, 300), st.integers(1, 200))
def test_a_window_never_opens_again(ago, passed, hours):
    order = [Window.OPEN, Window.MAYBE, Window.OVER]
    before, after = (order.index(needs.window(ago, one * HOUR, hours)) for one in (passed, passed + 1))
    assert before <= after


def test_care_is_due_before_its_hours_are_over_and_has_no_term_where_they_are_unset():
    assert needs.care_by(NOW, "h24", None) is None
    assert needs.care_by(NOW, "h24", 72) == NOW + 48 * HOUR
    assert needs.care_by(NOW, "h120", 72) == NOW
    assert needs.care_by(NOW, "unknown", 72) == NOW


@pytest.mark.parametrize(
    "told, said",
    [
        (NewIntake(()), "referrals.no_need"),
        (NewIntake((NewNeed("magic"),)), "referrals.not_an_answer"),
        (NewIntake((NewNeed("legal"), NewNeed("legal"))), "referrals.need_is_there"),
        (NewIntake((NewNeed("money"),)), "referrals.need_is_there"),
        (NewIntake((NewNeed("legal", urgency="soon"),)), "referrals.not_an_answer"),
        (NewIntake((NewNeed("legal", wish="perhaps"),)), "referrals.not_an_answer"),
        (NewIntake((NewNeed("postrape"),)), "referrals.not_an_answer"),
        (NewIntake((NewNeed("legal"),), ago="h24"), "referrals.not_an_answer"),
        (NewIntake((NewNeed("legal"),), told="ө" * 2001), "referrals.too_long"),
    ],
)
def test_an_intake_that_cannot_be_is_refused(told, said):
    assert code(lambda: needs.check_intake(told, known=TAXONOMY.needs, there=["money"])) == said


def test_every_kind_of_help_of_the_directory_has_a_purpose_of_consent():
    assert set(needs.PURPOSES) == set(TAXONOMY.needs)
    assert all(needs.asked_first(code) for code in needs.PURPOSES)


def test_an_unanswered_referral_is_chased_by_the_term_of_the_law_and_else_by_the_internal_hours():
    found = data.practice()
    assert found.chase_at(NOW, None, "now") == NOW + 2 * HOUR
    assert found.choose_again_at(NOW, None, "now") == NOW + 4 * HOUR
    by = NOW + 48 * HOUR
    assert found.chase_at(NOW, by, "now") == by
    assert found.choose_again_at(NOW, by, "days") == by + 24 * HOUR


@pytest.mark.parametrize(
    "was, becomes",
    [
        ("{now: 2, days: 24, later: 72}", "{now: 25, days: 24, later: 72}"),
        ("{now: 2, days: 24, later: 72}", "{now: 2, days: 24}"),
        ("{now: 4, days: 48, later: 168}", "{now: 2, days: 48, later: 168}"),
        ("{now: 2, days: 24, later: 72}", "{now: 0, days: 24, later: 72}"),
        ("standing: internal", "standing: law"),
        ("result_after_days: 30", "result_after_days: 0"),
    ],
)
def test_hours_that_make_the_more_urgent_wait_longer_stop_the_start(was, becomes):
    text = data.PRACTICE.read_text("utf-8")
    assert was in text
    assert code(lambda: data.parse(text.replace(was, becomes))) == "datafile.refused"


def test_a_step_of_a_way_stands_once():
    text = data.TRACKS.read_text("utf-8")
    assert code(lambda: data.parse_tracks(text.replace("number: 2", "number: 1", 1))) == "datafile.refused"
    assert [len(steps) for steps in data.tracks().values()] == [8, 8]
    assert {one.code for one in data.tracks()["sexual_violence"] if one.once} == {"examination", "interview"}


def test_what_is_asked_once_is_asked_again_with_a_reason_alone():
    step = data.step_of("sexual_violence", 5)
    told = tracks.NewTrackStep("done", TODAY)
    tracks.check_track_step(told, step, before=0, today=TODAY)
    again = "referrals.once_is_enough"
    assert code(lambda: tracks.check_track_step(told, step, before=1, today=TODAY)) == again
    tracks.check_track_step(replace(told, told="Үн жазылбай калган"), step, before=1, today=TODAY)
    tracks.check_track_step(replace(told, outcome="refused"), step, before=1, today=TODAY)


@pytest.mark.parametrize(
    "told, said",
    [
        (tracks.NewTrackStep("half", TODAY), "referrals.not_an_answer"),
        (tracks.NewTrackStep("done", date(2026, 11, 24)), "referrals.day_to_come"),
        (tracks.NewTrackStep("not_possible", TODAY), "referrals.say_why"),
        (tracks.NewTrackStep("done", TODAY, "ө" * 2001), "referrals.too_long"),
    ],
)
def test_a_step_of_a_way_that_cannot_be_is_refused(told, said):
    step = data.step_of("trafficking", 1)
    assert code(lambda: tracks.check_track_step(told, step, before=0, today=TODAY)) == said


CONFERENCE = conferences.NewConference(NOW + HOUR, (1, 2))


@pytest.mark.parametrize(
    "more, said",
    [
        ({"posts": ()}, "referrals.nobody_invited"),
        ({"posts": (1, 1)}, "referrals.too_many"),
        ({"posts": tuple(range(16))}, "referrals.too_many"),
        ({"at": NOW - 13 * HOUR}, "referrals.not_that_day"),
        ({"at": NOW + timedelta(days=181)}, "referrals.not_that_day"),
    ],
)
def test_a_conference_that_cannot_be_is_refused(more, said):
    conferences.check_conference(CONFERENCE, now=NOW)
    assert code(lambda: conferences.check_conference(replace(CONFERENCE, **more), now=NOW)) == said


DECISION = conferences.NewDecision(1, TODAY, "Баш калкалоо жайын табуу")
MINUTES = conferences.NewMinutes((1,), "Сүйлөшүлдү", decisions=(DECISION,))


@pytest.mark.parametrize(
    "more, said",
    [
        ({"said": " "}, "referrals.nothing_said"),
        ({"came": (3,)}, "referrals.not_invited"),
        ({"decisions": (replace(DECISION, owner=3),)}, "referrals.not_invited"),
        ({"decisions": (replace(DECISION, by=date(2026, 11, 22)),)}, "referrals.day_gone"),
        ({"decisions": (replace(DECISION, what=""),)}, "referrals.nothing_decided"),
        ({"decisions": (DECISION,) * 13}, "referrals.too_many"),
    ],
)
def test_minutes_that_decide_nothing_of_nobody_are_refused(more, said):
    invited = frozenset({1, 2})
    conferences.check_minutes(MINUTES, invited=invited, today=TODAY)
    told = replace(MINUTES, **more)
    assert code(lambda: conferences.check_minutes(told, invited=invited, today=TODAY)) == said


def test_how_long_somebody_waited_is_told_in_bands():
    assert [rules.band(days) for days in (None, 0, 1, 2, 3, 4, 7, 8, 30, 31, 400)] == [
        "waiting",
        "0",
        "1",
        "2-3",
        "2-3",
        "4-7",
        "4-7",
        "8-30",
        "8-30",
        "31+",
        "31+",
    ]
