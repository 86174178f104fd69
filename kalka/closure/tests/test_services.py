import pytest

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.models import Case, Note, StageChange
from kalka.cases.rules import NewWord, Saying
from kalka.cases.services import record_word
from kalka.closure import services
from kalka.closure.tests.factories import AFTER, DAY, HOUR, NOW, WORD, done, ordered, planned, revoked, visit, world
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty, DutyEnd

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return done(world())


def close(at, *, actor=None, id=None, reason="safe", word=WORD, now=AFTER):
    return services.close_case(
        actor or at.worker, id=id or new_id(), case_ref=at.case.ref, reason=reason, word=word, now=now
    )


def reopen(at, *, actor=None, id=None, why="new_facts", now=AFTER + DAY):
    return services.reopen_case(
        actor or at.worker, id=id or new_id(), case_ref=at.case.ref, why=why, word=WORD, now=now
    )


def stage(at, now=AFTER):
    return cases.get_case(at.inspector, at.case.ref, now=now).stage


def refusal(do):
    before = (StageChange.objects.count(), Note.objects.count(), DutyEnd.objects.count(), Duty.objects.count())
    with pytest.raises(DomainError) as refused:
        do()
    after = (StageChange.objects.count(), Note.objects.count(), DutyEnd.objects.count(), Duty.objects.count())
    assert after == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def test_a_case_in_which_all_was_done_is_closed_with_words_and_what_comes_again_ends(at):
    assert set(Duty.objects.standing().values_list("kind", flat=True)) >= {"visit.make", "risk.reassess"}
    close(at)
    assert stage(at) == "closed"
    assert StageChange.objects.latest("number").why == "safe"
    assert not Duty.objects.standing().filter(subject_id=at.case.subject_id).exists()
    keys = access.unlock(at.worker, [at.case.subject_id], what="test", now=AFTER)
    assert keys.get(Note.objects.get(), "text") == WORD
    entry = AuditEntry.objects.get(command="closure.close")
    assert (entry.kind, entry.subject_id) == ("done", at.case.subject_id)
    assert entry.steps == "cases.close cases.mark_stage cases.write_note"


def test_sent_twice_is_closed_once(at):
    id = new_id()
    assert close(at, id=id).pk == close(at, id=id).pk
    assert (StageChange.objects.filter(stage="closed").count(), Note.objects.count()) == (1, 1)
    assert refusal(lambda: close(at)).code == "cases.no_such_step"


@pytest.mark.parametrize("saying", Saying)
def test_a_word_taken_back_closes_nothing_and_lets_no_duty_go(at, saying):
    before = set(Duty.objects.standing().values_list("pk", flat=True))
    told = NewWord(kind=saying, on=NOW.date(), told="Жарашып алышты")
    record_word(at.inspector, id=new_id(), case_ref=at.case.ref, told=told, now=NOW + 2 * HOUR)
    assert refusal(lambda: close(at, reason=str(saying))).code == "closure.not_a_reason"
    assert stage(at) == "open"
    assert before <= set(Duty.objects.standing().values_list("pk", flat=True))


def test_a_duty_that_must_be_done_once_keeps_the_case_open(at):
    planned(at.case, at.worker, due_at=None, kind="notice.social_service")
    refused = refusal(lambda: close(at))
    assert (refused.code, refused.facts) == ("closure.still_open", {"number": 1})


def test_a_running_order_keeps_the_case_open_until_it_is_over(at):
    order = ordered(at.inspector, at.case)
    assert refusal(lambda: close(at)).code == "closure.still_open"
    revoked(at, order)
    close(at)
    assert stage(at) == "closed"


def test_a_door_that_stayed_shut_keeps_the_case_open(at):
    visit(at.inspector, at.case, now=NOW + 2 * HOUR, found="nobody")
    assert refusal(lambda: close(at)).code == "closure.still_open"


def test_what_comes_again_and_is_late_keeps_the_case_open(at):
    assert refusal(lambda: close(at, now=NOW + 40 * DAY)).code == "closure.still_open"


def test_a_case_that_was_never_assessed_stays_open():
    made = world()
    assert refusal(lambda: close(made)).code == "closure.still_open"


def test_only_whoever_may_close_and_sees_the_case_closes_it(at):
    assert isinstance(refusal(lambda: close(at, actor=at.inspector)), AccessDenied)
    there = refusal(lambda: close(at, actor=at.stranger))
    Case.objects.filter(pk=at.case.pk).update(ref="0123456789")
    nowhere = refusal(lambda: close(at, actor=at.stranger))
    assert (type(there), there.code, there.facts) == (type(nowhere), nowhere.code, nowhere.facts)


# Opening again


def test_a_closed_case_is_opened_again_by_a_new_record_and_assessed_anew(at):
    close(at)
    reopen(at)
    assert stage(at, AFTER + DAY) == "open"
    assert list(StageChange.objects.order_by("number").values_list("stage", "why"))[-2:] == [
        ("closed", "safe"),
        ("open", "new_facts"),
    ]
    duty = Duty.objects.standing().get(subject_id=at.case.subject_id)
    assert (duty.kind, duty.due_at, duty.level) == ("risk.reassess", AFTER + 2 * DAY, "2/4")
    assert (duty.assignee_id, duty.basis) == (at.inspector.post_id, {"rule": "internal"})
    assert Note.objects.count() == 2


def test_opening_twice_is_opening_once_and_an_open_case_is_not_opened(at):
    assert refusal(lambda: reopen(at)).code == "cases.no_such_step"
    close(at)
    id = new_id()
    assert reopen(at, id=id).pk == reopen(at, id=id).pk
    assert Duty.objects.standing().filter(subject_id=at.case.subject_id).count() == 1


def test_a_reopened_case_can_be_closed_again_only_once_it_was_assessed_anew(at):
    close(at)
    reopen(at)
    late = AFTER + 3 * DAY
    assert refusal(lambda: close(at, now=late)).code == "closure.still_open"
