"""Grounds and their law by the day; full days and nights; what is no evasion."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.core.refs import new_id
from kalka.lawbook.book import Law
from kalka.proceedings import labels, rules
from kalka.proceedings.grounds import SENTENCES, grounds
from kalka.proceedings.rules import Measured, NewEnd, NewProceeding

MAN, TODAY = new_id(), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
BEFORE, SINCE = date(2025, 10, 14), date(2025, 10, 15)  # the day before No. 214, and its day


def check(ground: str, **said: object) -> None:
    told = NewProceeding(**{"person": MAN, "ground": ground, "on": TODAY, **said})
    rules.check_proceeding(told, grounds()[ground], alleged={MAN}, today=TODAY)


def refused(ground: str, **said: object) -> tuple[str, object]:
    with pytest.raises(DomainError) as refusal:
        check(ground, **said)
    return refusal.value.code, refusal.value.facts["field"]


def test_the_grounds_of_no_214_stand_from_its_day_and_not_on_the_day_before():
    new = {"evasion_of_programme", "refusal_of_bans", "stalking"}
    assert {code for code, one in grounds().items() if not one.stands(BEFORE)} == new
    assert all(one.stands(SINCE) for one in grounds().values())


def test_evasion_and_refusal_are_two_grounds_with_their_own_provisions():
    evasion, refusal = grounds()["evasion_of_programme"], grounds()["refusal_of_bans"]
    assert evasion.basis(SINCE).key == "programme.evasion_arrest_days"
    assert refusal.basis(SINCE).key == "monitoring.evasion_arrest_days"
    for one in (evasion, refusal):
        assert one.limits("arrest", SINCE)[:2] == (7, 14)
        assert one.limits("community_work", SINCE)[:2] == (40, 40)
        assert one.basis(SINCE).article is None, "the article was not named where it was read"


@pytest.mark.parametrize(
    ("ground", "sentence", "on", "limits"),
    [
        ("offence", "arrest", BEFORE, (3, 7)),
        ("offence", "arrest", SINCE, (None, 14)),  # the least after No. 214 was not seen
        ("offence", "community_work", BEFORE, (40, 40)),
        ("crime", "imprisonment", date(2024, 8, 6), (None, 60)),
        ("crime", "imprisonment", date(2024, 8, 7), (24, 60)),
        ("crime", "community_work", date(2024, 8, 7), (40, 100)),
        ("crime", "corrective_labour", date(2024, 8, 6), (2, 12)),
        ("crime", "corrective_labour", date(2024, 8, 7), (None, None)),
        ("offence", "imprisonment", SINCE, (None, None)),
        ("other_crime", "imprisonment", SINCE, (None, None)),
    ],
)
def test_what_the_law_of_the_day_threatens(ground, sentence, on, limits):
    assert grounds()[ground].limits(sentence, on)[:2] == limits


@given(st.dates(date(2018, 1, 1), date(2027, 12, 31)))
def test_a_ground_stands_exactly_where_the_book_knows_it(on):
    for one in grounds().values():
        found = Law(on).get(one.names) if one.names else True
        assert one.stands(on) == (found is True or (found is not None and found.value is not False))


def test_that_somebody_did_not_come_is_no_evasion_by_itself():
    whole = {"sessions_set": 8, "sessions_missed": 5, "warned_on": TODAY}
    check("evasion_of_programme", **whole)
    assert refused("evasion_of_programme") == ("proceedings.sessions_unfit", "sessions_set")
    assert refused("evasion_of_programme", **whole | {"warned_on": None})[0] == "proceedings.not_warned"
    assert refused("evasion_of_programme", **whole | {"warned_on": TODAY + timedelta(1)})[0] == "proceedings.not_warned"
    assert refused("evasion_of_programme", **whole | {"sessions_missed": 9})[0] == "proceedings.missed_unfit"
    assert refused("evasion_of_programme", **whole | {"sessions_missed": 0})[0] == "proceedings.missed_unfit"


def test_refusal_of_bans_says_which():
    check("refusal_of_bans", bans=("no_contact",))
    assert refused("refusal_of_bans") == ("proceedings.no_bans", "bans")


def test_an_article_is_told_where_the_book_does_not_name_it_and_nowhere_else():
    check("other_crime", article="122-1")
    assert refused("other_crime") == ("proceedings.article_unfit", "article")
    assert refused("other_crime", article="сто")[0] == "proceedings.article_unfit"
    assert refused("offence", article="70")[0] == "proceedings.article_unfit"


def test_a_number_has_a_register_and_a_register_a_number():
    check("offence", register="journal", number="1-234")
    assert refused("offence", register="journal") == ("proceedings.number_unfit", "number")
    assert refused("offence", number="1-234")[0] == "proceedings.number_unfit"
    assert refused("offence", register="other", number="1")[0] == "proceedings.not_an_answer"


def test_only_somebody_said_to_have_done_it_and_no_day_to_come():
    assert refused("offence", person=new_id()) == ("proceedings.not_said_to_have_done_it", "person")
    assert refused("offence", on=TODAY + timedelta(1)) == ("proceedings.day_to_come", "on")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 90))
def test_an_arrest_is_full_days_and_nights_from_its_very_moment(begun, days):
    ends = rules.ends_of_arrest(begun.replace(tzinfo=UTC), days)
    assert ends - begun.replace(tzinfo=UTC) == timedelta(hours=24 * days)


@pytest.mark.parametrize(
    ("amount", "least", "most", "is_"),
    [
        (7, 7, 14, Measured.WITHIN),
        (14, 7, 14, Measured.WITHIN),
        (6, 7, 14, Measured.OUTSIDE),
        (15, 7, 14, Measured.OUTSIDE),
        (10, None, 14, Measured.UNSET),
        (15, None, 14, Measured.OUTSIDE),
        (10, None, None, Measured.UNSET),
    ],
)
def test_an_amount_is_measured_and_never_refused(amount, least, most, is_):
    assert rules.measured(amount, least, most) == is_


def end(**said: object) -> str:
    told = NewEnd(**{"how": "guilty", "on": TODAY, "sentence": "arrest", "amount": 7, **said})
    try:
        rules.check_end(told, begun=TODAY - timedelta(2), now=NOW)
    except DomainError as refusal:
        return f"{refusal.code} {refusal.facts['field']}"
    return ""


def test_an_end_says_what_belongs_to_it():
    assert (
        end() == end(how="refused", reason="no_elements") == end(how="acquitted") == end(sentence="other", amount=None)
    )
    assert end() == ""
    assert end(how="dropped") == "proceedings.not_an_answer reason"
    assert end(how="refused", reason="other") == "proceedings.which_reason told"
    assert end(how="refused", reason="other", told="Тараптар башка мамлекетте") == ""
    assert end(sentence="") == "proceedings.not_an_answer sentence"
    assert end(amount=None) == end(amount=91) == "proceedings.amount_unfit amount"
    assert end(on=TODAY - timedelta(3)) == "proceedings.before_it_began on"
    assert end(arrested_at=NOW + timedelta(hours=1)) == "proceedings.moment_to_come arrested_at"


@pytest.mark.parametrize(
    ("hours", "how", "planned", "unforeseen"),
    [
        (0, "term", 0, False),
        (-2, "decided", 0, True),
        (5, "term", 0, False),
        (0, "fled", 0, True),
        (0, "term", None, True),
    ],
)
def test_a_release_nobody_could_be_told_of_in_time(hours, how, planned, unforeseen):
    until = None if planned is None else NOW
    assert rules.came_unforeseen(NOW + timedelta(hours=hours), how, until) is unforeseen


def test_every_code_has_words():
    for words, codes in (
        (labels.STAGES, rules.Stage),
        (labels.HOWS, rules.How),
        (labels.REASONS, rules.Reason),
        (labels.SENTENCES, rules.Sentence),
        (labels.MEASURED, rules.Measured),
        (labels.MEASURED_CHIPS, rules.Measured),
        (labels.CUSTODY, rules.Custody),
        (labels.KEEPERS, rules.Keeper),
        (labels.FREED, rules.Freed),
        (labels.WEAPONS, rules.Weapon),
        (labels.REGISTERS, rules.Register),
    ):
        assert set(words) == set(codes)
    assert set(SENTENCES) < set(rules.Sentence) and set(rules.MOST) == set(SENTENCES)


KNOWN = ("+996 555 77 00 41", "Ак-Жар, Мектеп көчөсү 4", "Учкун орто мектеби", "")


@pytest.mark.parametrize(
    "words",
    [
        "0555770041 номерине чалган",
        "Номери: +996(555)77-00-41.",
        "мектеп КӨЧӨСҮ, 4 дарегине барган",
        "Ак-Жар, Мектеп көчөсү 4",
        "учкун орто мектебинин жанында турган",
    ],
)
def test_what_he_may_read_does_not_say_where_she_is(words):
    assert rules.gives_away(words, KNOWN)


@pytest.mark.parametrize(
    "words",
    ["", "Ак-Жар айлынан чыкпасын", "Мектептин жанына келген жок", "4 жолу келди, 41 мүнөт турду", "555 77"],
)
def test_ordinary_words_are_let_through(words):
    assert not rules.gives_away(words, KNOWN)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_whatever_is_copied_whole_is_found_and_nothing_breaks(words, known):
    assert not rules.gives_away(words, ["", " ", "-"])
    for one in known:
        if sum(letter.isalnum() for letter in one.casefold()) >= 6:
            assert rules.gives_away(f"{words} {one} {words}", known)
