from functools import partial

import pytest
from django.db import IntegrityError, transaction

from kalka.access import selectors as access
from kalka.cases.services import mark_closed
from kalka.cases.tests.factories import join, wall
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.files.models import Attachment
from kalka.support import selectors, services
from kalka.support.duty import end_of
from kalka.support.models import (
    Action,
    ActionEnd,
    AidGiven,
    AidReceipt,
    Contact,
    DocumentStep,
    Goal,
    GoalEnd,
    Opinion,
    OpinionTicket,
    Outcome,
    SafetyPlan,
    SafetyWord,
    ServiceGiven,
    ServiceVoid,
    Without,
    WithoutDecision,
)
from kalka.support.rules import QUESTIONS, NewAid, NewContact, NewOutcome, NewService
from kalka.support.tests.factories import (
    DAY,
    HOUR,
    NOW,
    PLAN,
    TODAY,
    WORDS,
    action,
    goal,
    standing,
    tried,
    without,
    word,
    world,
)
from kalka.support.views.opinions import ANYBODY

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TABLES = (Goal, GoalEnd, Action, ActionEnd, SafetyPlan, Contact, Outcome, ServiceGiven, ServiceVoid)
TABLES += (AidGiven, AidReceipt, DocumentStep, SafetyWord, Without, WithoutDecision, Opinion, OpinionTicket)


@pytest.fixture
def at():
    return world()


def opened(at, row, field, by=None):
    keys = access.unlock(by or at.worker, [at.case.subject_id], what="test", now=NOW)
    return keys.get(type(row).objects.get(pk=row.pk), field)


def refusal(do):
    before = [table.objects.count() for table in TABLES]
    with pytest.raises(DomainError) as refused:
        do()
    assert [table.objects.count() for table in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def test_a_goal_is_kept_in_her_words_and_sealed(at):
    made = goal(at, words=f" {WORDS} ")
    assert (made.area, opened(at, made, "words")) == ("home", WORDS)
    assert WORDS.encode() not in bytes(Goal.objects.get().words.blob)


def test_sent_twice_is_written_once_and_anothers_id_is_nobodys(at):
    id = new_id()
    assert goal(at, id=id) == goal(at, id=id)
    assert isinstance(refusal(lambda: goal(at, id=id, words="башка")), AccessDenied)
    assert isinstance(refusal(lambda: goal(at, id=id, by=at.crisis)), AccessDenied)


def test_an_action_is_a_duty_of_its_post_until_it_ends(at):
    made = action(at, goal(at), owner=at.crisis)
    duty = standing(at)["support.action"]
    assert (duty.assignee_id, duty.about) == (at.crisis.post_id, f"{at.case.ref}/{made.pk}")
    assert (duty.due_at, duty.basis) == (end_of(TODAY + 5 * DAY), {"rule": "internal"})
    told = {"id": new_id(), "case_ref": at.case.ref, "action_id": made.pk, "how": "done", "note": "", "now": NOW}
    end = services.end_action(at.crisis, **told)
    assert services.end_action(at.crisis, **told) == end
    assert "support.action" not in standing(at)
    again = refusal(lambda: services.end_action(at.crisis, **told | {"id": new_id()}))
    assert again.code == "support.action_ended"


def test_an_action_is_given_to_the_team_alone(at):
    made = goal(at)
    refused = refusal(lambda: action(at, made, owner=at.psychologist))
    assert (refused.code, refused.facts) == ("support.owner_not_in_team", {"field": "owner"})


def test_an_action_is_given_to_nobody_who_could_not_say_how_it_went(at):
    made = goal(at)
    assert refusal(lambda: action(at, made, owner=at.inspector)).code == "support.owner_not_in_team"
    offered = [int(post) for post, _words in selectors.owner_choices(at.worker, at.case.ref, now=NOW)]
    assert offered == [at.worker.post_id, at.crisis.post_id]


def test_a_profession_gives_its_own_help_and_does_what_its_own_post_was_given(at):
    join(at.inspector, at.case, at.psychologist)
    told = {"case_ref": at.case.ref, "now": NOW}
    give = partial(services.give_service, at.psychologist, **told)
    assert give(id=new_id(), told=NewService("psychologist", 50, TODAY)).post_id == at.psychologist.post_id
    refused = refusal(lambda: give(id=new_id(), told=NewService("legal_advice", 50, TODAY)))
    assert (refused.code, refused.facts["field"]) == ("support.not_an_answer", "kind")
    made = goal(at)
    own, others = action(at, made, owner=at.psychologist), action(at, made, owner=at.crisis)
    how = {"how": "done", "note": "", **told}
    assert isinstance(
        refusal(lambda: services.end_action(at.psychologist, id=new_id(), action_id=others.pk, **how)), AccessDenied
    )
    services.end_action(at.psychologist, id=new_id(), action_id=own.pk, **how)
    for do in (lambda: goal(at, by=at.psychologist), lambda: word(at, by=at.psychologist)):
        assert isinstance(refusal(do), AccessDenied)


def test_a_goal_ends_once_all_was_done_for_it(at):
    made = goal(at)
    step = action(at, made)
    told = {"case_ref": at.case.ref, "goal_id": made.pk, "how": "partly", "now": NOW}
    assert refusal(lambda: services.end_goal(at.worker, id=new_id(), **told)).code == "support.actions_stand"
    why = {"how": "not_wanted", "note": "Өзү баш тартты", "now": NOW}
    services.end_action(at.worker, id=new_id(), case_ref=at.case.ref, action_id=step.pk, **why)
    services.end_goal(at.worker, id=new_id(), **told)
    assert GoalEnd.objects.get().how == "partly"
    assert refusal(lambda: action(at, made)).code == "support.goal_ended"


def test_the_safety_plan_is_kept_whole_at_each_change(at):
    def write(corrects, **told):
        plan = PLAN | told
        return services.write_safety_plan(
            at.worker, id=new_id(), case_ref=at.case.ref, told=plan, corrects=corrects, now=NOW
        )

    first = write(0)
    assert refusal(lambda: write(0)).code == "support.changed_meanwhile"
    second = write(1, home="Терезе")
    assert (first.number, second.number) == (1, 2)
    assert opened(at, first, "told")["home"] == PLAN["home"]
    assert selectors.safety_page(at.worker, at.case.ref, now=NOW).told["home"] == "Терезе"


def test_a_service_is_two_codes_and_a_day(at):
    told = NewService("psychologist", 45, TODAY)
    made = services.give_service(at.crisis, id=new_id(), case_ref=at.case.ref, told=told, now=NOW)
    assert (made.kind, made.minutes, made.on, made.post_id) == ("psychologist", 45, TODAY, at.crisis.post_id)
    given = {"case_ref": at.case.ref, "service_id": made.pk, "now": NOW}
    assert refusal(lambda: services.void_service(at.worker, id=new_id(), **given)).code == "support.not_your_service"
    services.void_service(at.crisis, id=new_id(), **given)
    assert refusal(lambda: services.void_service(at.crisis, id=new_id(), **given)).code == "support.service_void"
    assert selectors.help_page(at.worker, at.case.ref, now=NOW).services == ()


def test_aid_has_its_budget_line_and_its_papers_are_sealed(at):
    aid = services.give_aid(
        at.worker, id=new_id(), case_ref=at.case.ref, told=NewAid("local", "money", 13_000, TODAY), now=NOW
    )
    id, paper = new_id(), b"%PDF-1.4 receipt"
    told = {"case_ref": at.case.ref, "aid_id": aid.pk, "name": "чек.pdf", "content": paper, "now": NOW}
    row = services.attach_receipt(at.worker, id=id, **told)
    assert services.attach_receipt(at.worker, id=id, **told) == row
    assert (Attachment.objects.count(), AidReceipt.objects.get().aid_id) == (1, aid.pk)
    file = selectors.receipt(at.worker, at.case.ref, aid.pk, id, now=NOW)
    assert file.content == paper
    with pytest.raises(AccessDenied):
        selectors.receipt(at.worker, at.case.ref, aid.pk, new_id(), now=NOW)


def test_a_contact_ends_its_duty_and_plans_the_next(at):
    tried(at, TODAY, "spoke", next_on=TODAY + 7 * DAY, told="Жакшы экен")
    duty = standing(at)["support.contact"]
    assert (duty.assignee_id, duty.about) == (at.worker.post_id, at.case.ref)
    tried(at, TODAY, "declined", now=NOW + HOUR)
    assert "support.contact" not in standing(at)


def test_documents_and_outcomes_are_codes_alone(at):
    told = {"case_ref": at.case.ref, "kind": "id_card", "state": "applied", "on": TODAY, "now": NOW}
    services.note_document(at.worker, id=new_id(), **told)
    services.measure(at.worker, id=new_id(), case_ref=at.case.ref, told=NewOutcome("before", safe=1), now=NOW)
    assert DocumentStep.objects.values_list("kind", "state").get() == ("id_card", "applied")
    assert Outcome.objects.values_list("moment", "safe", "home").get() == ("before", 1, 0)


def test_in_a_closed_case_nothing_is_written(at):
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    for do in (lambda: goal(at), lambda: word(at), lambda: tried(at, TODAY)):
        assert refusal(do).code == "support.case_closed"


def test_whoever_does_not_see_the_case_or_may_not_work_with_it_writes_nothing(at):
    wall(at.case.subject_id, at.crisis.user_id)
    for actor in (at.stranger, at.crisis, at.inspector):
        assert isinstance(refusal(lambda actor=actor: goal(at, by=actor)), AccessDenied)


# Closing without her word


def test_a_second_person_of_the_team_is_asked_and_agrees(at):
    for n in (1, 2, 3):
        tried(at, TODAY - n * DAY)
    row = without(at)
    duty = standing(at)["support.second"]
    assert (duty.assignee_id, row.attempts) == (at.crisis.post_id, 3)
    assert refusal(lambda: without(at)).code == "support.second_is_asked"
    told = {"case_ref": at.case.ref, "without_id": row.pk, "agreed": True, "now": NOW}
    assert refusal(lambda: services.decide_without(at.worker, id=new_id(), **told)).code == "support.own_reason"
    services.decide_without(at.crisis, id=new_id(), **told)
    assert "support.second" not in standing(at)
    assert refusal(lambda: services.decide_without(at.crisis, id=new_id(), **told)).code == "support.decided"


def test_too_few_attempts_are_no_reason(at):
    tried(at, TODAY)
    refused = refusal(lambda: without(at))
    assert (refused.code, refused.facts) == ("support.too_few_attempts", {"field": "reason", "least": 3})


def test_the_database_keeps_the_second_person_another_one(at):
    row = without(at, "moved")
    same = {"subject_id": row.subject_id, "author_id": 5, "digest": b"", "recorded_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        WithoutDecision.objects.create(**same, without=row, asker_id=5, agreed=True)


# Opinions


def say(code, **answers):
    id = answers.pop("id", None) or new_id()
    return services.say_opinion(ANYBODY, id=id, code=code, answers=answers or {"heard": "yes"}, now=NOW)


def test_an_opinion_leads_to_nobody(at):
    codes = services.draw_tickets(at.crisis, now=NOW)
    id = new_id()
    say(codes[3].lower(), id=id, heard="no")
    say(codes[3], id=id, heard="no")
    row = Opinion.objects.get()
    assert (row.organisation_id, row.on, row.heard, row.safe) == (at.crisis.organisation_id, TODAY, "no", "")
    assert {field.name for field in Opinion._meta.fields} == {"id", "organisation", "on", *QUESTIONS}
    entry = AuditEntry.objects.filter(command="support.say_opinion").first()
    assert (entry.actor_id, entry.object_id, entry.subject_id) == (ANYBODY.user_id, "", None)
    assert OpinionTicket.objects.count() == len(codes) - 1


def test_a_code_is_used_once_and_holds_for_half_a_year(at):
    first, second, *_ = services.draw_tickets(at.crisis, now=NOW)
    say(first)
    for code in (first, "0000000000", ""):
        assert refusal(lambda code=code: say(code)).code == "support.no_such_ticket"
    late = {"id": new_id(), "answers": {"heard": "yes"}, "now": NOW + 181 * DAY}
    assert refusal(lambda: services.say_opinion(ANYBODY, code=second, **late)).code == "support.no_such_ticket"


def test_no_code_is_kept_in_clear(at):
    codes = services.draw_tickets(at.crisis, now=NOW)
    assert not set(codes) & set(OpinionTicket.objects.values_list("digest", flat=True))


def test_what_a_contact_tells_shows_itself_nowhere(at):
    assert WORDS not in repr(NewContact(TODAY, "call", "spoke", told=WORDS))
