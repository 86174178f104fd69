"""She confirms a visit or denies it; what was written down is looked at from above."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import RequestFactory

from kalka.access import selectors as access
from kalka.cases.tests.factories import NOW, join, opened, wall
from kalka.core.actors import post_holder
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.directory.models import Post
from kalka.duties.models import Duty
from kalka.followup import selectors, services, views
from kalka.followup.models import Visit, VisitSaid
from kalka.followup.odd import Odd
from kalka.followup.rules import NewSaid
from kalka.followup.tests.factories import DAY, HOUR, WORDS, assessed, ordered, planned, standing, visit, world
from kalka.history.models import Event
from kalka.notices.models import Notice

MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    made = world()
    made.officer = replace(made.officer, organisation_id=made.inspector.organisation_id)
    return made


def said(actor, made, *, now=NOW + HOUR, id=None, **told):
    new = NewSaid(**{"said": "came", "way": "safe_contact", **told})
    return services.record_said(actor, id=id or new_id(), case_ref=made.case_ref, visit_id=made.pk, told=new, now=now)


def refusal(do):
    watched = (Visit, VisitSaid, Duty, Event, Notice)
    before = [model.objects.count() for model in watched]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in watched] == before
    return refused.value


def asked(case):
    return list(Duty.objects.standing().filter(kind="visit.ask", subject_id=case.subject_id))


def test_at_a_high_level_and_where_nothing_was_assessed_she_is_asked_of_every_visit(at):
    made = visit(at.inspector, at.case)
    (duty,) = asked(at.case)
    assert (duty.assignee_id, duty.due_at, duty.about) == (
        at.worker.post_id,
        NOW + 48 * HOUR,
        f"{at.case.ref}/{made.pk}",
    )
    assessed(at.inspector, at.case, "high")
    visit(at.inspector, at.case, now=NOW + HOUR)
    assert len(asked(at.case)) == 2


def test_below_that_some_are_asked_of_and_which_does_not_hang_on_what_the_inspector_sees(at):
    assessed(at.inspector, at.case, "medium")
    for number in range(24):
        visit(at.inspector, at.case, id=UUID(int=number + 1), now=NOW + number * HOUR)
    assert 1 <= len(asked(at.case)) <= 16


def test_her_answer_stands_beside_the_visit_and_whoever_wrote_the_visit_does_not_see_it(at):
    made = visit(at.inspector, at.case)
    said(at.worker, made, told=f" {WORDS} ")
    assert asked(at.case) == []
    assert Visit.objects.get().digest == made.digest
    keys = access.unlock(at.worker, [at.case.subject_id], what="test", now=NOW)

    def shown(actor):
        items = selectors.timeline(actor, at.case.subject_id, now=NOW + DAY, keys=keys)
        return [(one.what, one.lines) for one in items if one.what.startswith("followup.said")]

    assert (shown(at.worker), shown(at.inspector)) == ([("followup.said_came", (WORDS,))], [])
    assert not Notice.objects.filter(kind="visit_denied").exists()


def test_a_visit_she_denies_alarms_from_above_and_is_due_again_at_once(at):
    made = visit(at.inspector, at.case, found="both")
    assert standing(at.case)["visit.make"].due_at > NOW + HOUR
    row = said(at.worker, made, said="not_came")
    assert said(at.worker, made, id=row.pk, said="not_came") == row
    told = Notice.objects.filter(kind="visit_denied").values_list("to_post_id", flat=True)
    assert set(told) == {at.officer.post_id, at.coordinator.post_id}
    due = standing(at.case)["visit.make"]
    assert (due.assignee_id, due.due_at) == (at.officer.post_id, NOW + HOUR), "not whoever wrote it"
    denied = standing(at.case)["visit.denied"]
    assert (denied.assignee_id, denied.due_at) == (at.officer.post_id, NOW + 49 * HOUR)
    assert Event.objects.filter(subject_id=at.case.subject_id, kind="visit_denied").count() == 1


def test_the_danger_is_judged_anew_by_whoever_is_above_and_no_assessment_of_the_inspector_ends_that(at):
    assessed(at.inspector, at.case, "medium")
    said(at.worker, visit(at.inspector, at.case), said="not_came")
    due = standing(at.case)["risk.reassess"]
    assert (due.assignee_id, due.due_at) == (at.officer.post_id, NOW + 24 * HOUR)
    assessed(at.inspector, at.case, "high", now=NOW + 2 * HOUR)
    assert standing(at.case)["risk.reassess"] == due
    assessed(at.officer, at.case, "high", now=NOW + 3 * HOUR)
    assert standing(at.case)["risk.reassess"].assignee_id == at.inspector.post_id, "the next one, in its time"


def test_whoever_wrote_a_denied_visit_ends_nothing_by_another_until_somebody_else_was_there(at):
    ordered(at.inspector, at.case)
    made = visit(at.inspector, at.case, found="both", kept="unknown")
    said(at.worker, made, said="not_came")
    join(at.worker, at.case, at.officer)
    due = standing(at.case)["visit.make"]
    for actor in (at.inspector, replace(at.inspector, post_id=at.officer.post_id, holders=at.officer.holders)):
        again = visit(actor, at.case, now=NOW + 2 * HOUR, found="both", kept="kept")
        assert again.planned_id == due.pk, "it is written down all the same"
        assert standing(at.case)["visit.make"] == due, "in whichever post"
        assert "order.check_compliance" in standing(at.case)
    visit(at.officer, at.case, now=NOW + 3 * HOUR, found="nobody", kept="unknown")
    visit(at.officer, at.case, now=NOW + 4 * HOUR, found="protected", kept="kept")
    assert "order.check_compliance" not in standing(at.case)
    due = standing(at.case)["visit.make"]
    visit(at.inspector, at.case, now=NOW + 5 * HOUR, kept="unknown")
    assert standing(at.case)["visit.make"] != due, "the inspector goes again as before"


def test_her_last_word_counts_and_where_nobody_is_above_the_post_itself_goes(at):
    made = visit(at.inspector, at.case)
    said(at.worker, made, said="not_came")
    said(at.worker, made, said="came", now=NOW + 2 * HOUR)
    visit(at.inspector, at.case, now=NOW + 3 * HOUR)
    assert standing(at.case)["visit.make"].assignee_id == at.inspector.post_id
    Post.objects.filter(pk=at.officer.post_id).update(leads=False)
    said(at.worker, made, said="not_came", now=NOW + 4 * HOUR)
    due = standing(at.case)["visit.make"]
    visit(at.inspector, at.case, now=NOW + 5 * HOUR)
    assert standing(at.case)["visit.make"] != due


def test_where_a_visit_of_another_is_denied_the_inspector_of_the_case_goes_and_where_nobody_leads_whoever_there_is(at):
    join(at.worker, at.case, at.coordinator)
    said(at.coordinator, visit(at.worker, at.case), said="not_came")
    assert standing(at.case)["visit.make"].assignee_id == at.inspector.post_id
    Post.objects.filter(pk=at.officer.post_id).update(leads=False)
    said(at.worker, visit(at.inspector, at.case, now=NOW + HOUR), said="not_came", now=NOW + 2 * HOUR)
    due = standing(at.case)["visit.make"]
    assert (due.assignee_id, due.due_at) == (at.inspector.post_id, NOW + 2 * HOUR)


def test_a_visit_that_went_up_already_goes_no_further(at):
    join(at.worker, at.case, at.coordinator)
    first = visit(at.inspector, at.case)
    said(at.worker, first, said="not_came")
    said(at.coordinator, first, said="not_came", now=NOW + 2 * HOUR)
    due = standing(at.case)["visit.make"]
    assert (due.assignee_id, due.escalations) == (at.officer.post_id, 1)


def test_who_made_the_visit_and_who_is_of_the_police_does_not_ask(at):
    own = visit(at.worker, at.case)
    assert refusal(lambda: said(at.worker, own)).code == "followup.ask_by_another"
    made = visit(at.inspector, at.case, now=NOW + MINUTE)
    for actor in (at.inspector, at.officer, at.stranger):
        assert isinstance(refusal(lambda actor=actor: said(actor, made)), AccessDenied)
    assert refusal(lambda: said(at.worker, made, said="perhaps")).facts == {"field": "said"}
    assert refusal(lambda: said(at.worker, made, way="in_his_presence")).facts == {"field": "way"}
    assert refusal(lambda: said(at.worker, made, told="ө" * 2001)).code == "followup.too_long"


def test_while_he_is_there_her_words_are_not_taken_and_no_answer_is_read_out_of_them(at):
    ordered(at.inspector, at.case)
    told = refusal(lambda: visit(at.inspector, at.case, found="together", kept="unknown", told=WORDS))
    assert (told.code, told.facts) == ("followup.not_in_his_presence", {"field": "told"})
    kept = refusal(lambda: visit(at.inspector, at.case, found="together", kept="kept"))
    assert (kept.code, kept.facts) == ("followup.not_in_his_presence", {"field": "kept"})
    visit(at.inspector, at.case, found="together", kept="unknown")
    assert standing(at.case)["visit.make"].due_at == NOW + DAY, "she is visited again, alone"


def test_whoever_is_above_sees_what_is_odd_in_its_own_office_without_a_word_and_nothing_behind_a_wall(at):
    other = opened(at, what="башка үй-бүлө")
    join(at.inspector, other, at.worker)
    first = visit(at.inspector, at.case, told=WORDS, found="nobody")
    said(at.worker, first, said="not_came")
    found = selectors.entries(at.officer, now=NOW + DAY)
    assert [(one.case_ref, one.odd, one.said) for one in found.lines] == [(at.case.ref, (Odd.DENIED,), "not_came")]
    assert WORDS not in repr(found)
    assert [one.case_ref for one in found.odd] == [one.case_ref for one in found.not_found] == [at.case.ref]
    visit(at.worker, other)
    assert len(selectors.entries(at.officer, now=NOW + DAY).lines) == 1, "another office's"
    assert selectors.entries(at.officer, now=NOW + 40 * DAY).lines == ()
    join(at.worker, at.case, at.officer)
    own = visit(at.officer, at.case, now=NOW + HOUR)
    said(at.worker, own, said="not_came", now=NOW + 2 * HOUR)
    first_line = selectors.entries(at.officer, now=NOW + DAY).lines[0]
    assert (first_line.post_id, first_line.said, first_line.odd) == (at.officer.post_id, "", ()), "the own one"
    wall(at.case.subject_id, at.officer.user_id)
    assert selectors.entries(at.officer, now=NOW + DAY).lines == ()
    with pytest.raises(AccessDenied):
        selectors.entries(at.inspector, now=NOW + DAY)


def test_the_way_of_a_day_goes_to_whoever_is_in_most_danger_first_and_to_each_family_once(at):
    second, third, later = opened(at), opened(at), opened(at)
    planned(at.case, at.inspector, due_at=NOW - HOUR, level="2/4")
    planned(second, at.inspector, due_at=NOW + HOUR, level="4/4")
    planned(second, at.inspector, due_at=NOW + 2 * HOUR, kind="order.check_compliance")
    planned(third, at.inspector, due_at=NOW - 2 * HOUR)
    planned(later, at.inspector, due_at=NOW + 2 * DAY, level="4/4")
    stops = selectors.route(at.inspector, now=NOW)
    assert [(one.case_ref, one.level, one.order) for one in stops] == [
        (third.ref, "", False),
        (second.ref, "4/4", True),
        (at.case.ref, "2/4", False),
    ]
    assert selectors.route(at.worker, now=NOW) == ()


# Pages


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW + HOUR, "ky"
    return view(request, *args)


def test_her_answer_is_written_on_a_page_and_what_is_wrong_stands_beside_its_field(at):
    made = visit(at.inspector, at.case)
    assert ask(views.said, at.worker, at.case.ref, made.pk).status_code == 200
    bad = ask(views.said, at.worker, at.case.ref, made.pk, told={"key": str(new_id()), "told": WORDS})
    assert (bad.status_code, WORDS in bad.content.decode(), VisitSaid.objects.count()) == (200, True, 0)
    told = {"key": str(new_id()), "said": "not_came", "way": "she_called", "told": WORDS}
    for _ in range(2):
        assert ask(views.said, at.worker, at.case.ref, made.pk, told=told).url == f"/cases/{at.case.ref}/"
    assert VisitSaid.objects.get().said == "not_came"
    page = ask(views.entries, at.officer).content.decode()
    assert made.case_ref[:5] in page and WORDS not in page
    with pytest.raises(AccessDenied):
        ask(views.said, at.inspector, at.case.ref, made.pk)


def test_the_way_of_a_day_has_a_page(at):
    planned(at.case, at.inspector, due_at=NOW, level="3/4")
    page = ask(views.route, at.inspector).content.decode()
    assert f"/cases/{at.case.ref}/visit/" in page
    assert post_holder(at.inspector.post_id) not in page
