"""The coordinator's board, and the terms it goes by: of the law where it sets one, else internal hours."""

import pytest

from kalka.cases.tests.factories import DAY, NOW, TODAY, opened
from kalka.core.actors import SYSTEM
from kalka.lawbook.tests.amending import law_says
from kalka.referrals import effects, selectors, services, shown
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    HOUR,
    answered,
    asked,
    chosen,
    referred,
    sent,
    standing,
    statements,
    with_board,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return make.world()


def test_the_board_says_who_waits_for_what_and_how_long_by_the_code_of_the_case(at):
    needs = asked(at, "psychological", "shelter", "legal", "health", urgency="days")
    chosen(at, needs["health"], "refuses")
    declined = referred(at, needs["shelter"])
    answered(at, declined, "declined", "full")
    taken = referred(at, needs["psychological"])
    answered(at, taken, "accepted")
    found = selectors.board(at.coordinator, now=NOW + 3 * DAY)
    assert [(one.need.ref, one.need.code, one.days) for one in found.unasked] == [(at.case.ref, "legal", 3)]
    assert [(row.line.code, row.line.state, row.days) for row in found.stuck] == [("shelter", "declined", 3)]
    assert [(row.line.code, row.line.state) for row in found.taken] == [("psychological", "accepted")]
    assert (found.waiting, found.late, found.full) == ((), (), False)


def test_a_row_leads_on_where_its_reader_is_shown_the_file_and_nowhere_else(at):
    needs = asked(at, "psychological", "legal")
    referred(at, needs["psychological"])
    for reader, opens in ((at.coordinator, False), (with_board(at.inspector), True)):
        found = selectors.board(reader, now=NOW)
        assert [one.opens for one in (*found.unasked, *found.waiting)] == [opens, opens]
        (part,) = shown.board(found, NOW)["parts"]
        assert [(row.url, row.opens) for row in part[1]] == [
            (f"/cases/{at.case.ref}/referrals/{found.waiting[0].line.id}/", opens)
        ]


def test_without_a_term_in_law_it_is_late_by_internal_hours_and_said_to_be_so(at):
    sent(at, urgency="days")
    early, late = (selectors.board(at.coordinator, now=NOW + hours * HOUR) for hours in (23, 24))
    assert (len(early.waiting), len(early.late), len(late.waiting), len(late.late)) == (1, 0, 0, 1)
    assert (late.late[0].line.term_is_set, late.late[0].line.answer_by) == (False, None)


def test_a_term_the_law_sets_counts_from_its_day_on_for_what_is_sent_then(at, monkeypatch, tmp_path):
    needs = asked(at, "psychological", "health")
    law_says(monkeypatch, tmp_path, effects.TERM, 6, since=f"{TODAY + DAY}")
    before = referred(at, needs["psychological"])
    after = referred(at, needs["health"], at.care, now=NOW + DAY)
    assert (before.answer_by, before.basis["value"]) == (None, None)
    assert (after.answer_by, after.basis["value"], after.basis["act"]) == (NOW + DAY + 6 * HOUR, 6, "law-63")
    assert standing(at, "referral.answer", after).due_at == after.answer_by
    for hours, chased in ((5, []), (6, ["again"]), (29, []), (30, ["other"])):
        found = services.chase(SYSTEM, now=NOW + DAY + hours * HOUR)
        assert [one.what for one in found if one.referral_id == after.pk] == chased
    board = selectors.board(at.coordinator, now=NOW + DAY + 7 * HOUR)
    assert {(row.line.code, row.line.term_is_set) for row in board.late} == {("psychological", False), ("health", True)}


def test_a_term_of_the_law_shorter_than_any_internal_hours_is_kept_as_well(at, monkeypatch, tmp_path):
    law_says(monkeypatch, tmp_path, effects.TERM, 1, since=f"{TODAY}")
    referral = sent(at)
    assert [one.referral_id for one in services.chase(SYSTEM, now=NOW + HOUR)] == [referral.pk]


def test_the_hours_of_care_the_law_sets_are_counted_and_their_duty_has_a_term(at, monkeypatch, tmp_path):
    law_says(monkeypatch, tmp_path, effects.CARE_TERM, 72, since=f"{TODAY}")
    need = asked(at, "postrape")["postrape"]
    for hours, window in ((1, "open"), (48, "open"), (49, "maybe"), (73, "over")):
        page = selectors.need_page(at.inspector, at.case.ref, need.pk, now=NOW + hours * HOUR)
        assert [(one.term.value, one.window) for one in page.care] == [(72, window), (None, "unset")]
    duty = standing(at, "referral.care", need)
    assert (duty.due_at, duty.basis["value"], duty.basis["act"]) == (NOW + 48 * HOUR, 72, "law-63")


def test_the_board_asks_as_often_for_many_as_for_one(at):
    needs = asked(at, "psychological", "shelter", "legal")
    referred(at, needs["psychological"])
    one = statements(lambda: selectors.board(at.coordinator, now=NOW))
    for _ in range(3):
        other = make.SimpleNamespace(**{**vars(at), "case": opened(at)})
        other.she = make.cases.protected_of(other.case)
        more = asked(other, "psychological", "shelter", "legal")
        referred(other, more["psychological"])
        referred(other, more["shelter"])
    assert len(selectors.board(at.coordinator, now=NOW).waiting) == 7
    assert statements(lambda: selectors.board(at.coordinator, now=NOW)) == one
