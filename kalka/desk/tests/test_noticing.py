"""Notices on the page of today: the same words about the same case once, and the case where the page has it anyway."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kalka.desk.noticing import Told, told
from kalka.duties.lines import Basis, DutyLine, Today
from kalka.duties.tests.factories import NOW
from kalka.notices.selectors import PostNotice

HERS, ANOTHER = UUID(int=1), UUID(int=2)
DUTY = DutyLine(
    id=UUID(int=9),
    subject_id=HERS,
    kind="visit",
    title="Visit",
    action="Visit",
    url="/",
    case_ref="ABCDEFGHJK",
    due_at=NOW,
    late=timedelta(0),
    level="",
    basis=Basis(None),
    escalated=False,
    assignee_id=1,
    since=NOW,
)


def notice(number: int, subject: UUID, hours: int) -> PostNotice:
    return PostNotice(UUID(int=number), "late", "It is late", subject, NOW - timedelta(hours=hours))


def test_the_same_words_about_the_same_case_stand_once_with_how_often_and_the_newest_time():
    found = told([notice(1, HERS, 1), notice(2, ANOTHER, 2), notice(3, HERS, 3)], Today(late=(DUTY,), whole=1))
    of_hers = Told("It is late", NOW - timedelta(hours=1), 2, "ABCDEFGHJK")
    assert found == [of_hers, Told("It is late", NOW - timedelta(hours=2), 1, "")]
    assert [one.ref for one in found] == ["ABCDE-FGHJK", ""]


def test_a_notice_names_no_case_that_the_page_does_not_show():
    unnamed = replace(DUTY, case_ref="")
    assert [one.case_ref for one in told([notice(1, HERS, 1)], Today(today=(unnamed,), whole=1))] == [""]


def test_whoever_can_open_no_case_is_given_no_way_to_one():
    assert [one.case_ref for one in told([notice(1, HERS, 1)], Today(late=(DUTY,), whole=1), opens=False)] == [""]
