from datetime import timedelta

import pytest
from django.test import RequestFactory

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.refs import new_id
from kalka.duties import selectors, services, views
from kalka.duties.models import DutyEnd
from kalka.duties.tests.factories import (
    FAR,
    NOW,
    RAION,
    REF,
    acting,
    duty,
    ends_of,
    give_file,
    organisation,
    post,
    refusal,
    standing,
    team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)
WHY = "Ал үйдө эмес экен"


@pytest.fixture
def office():
    return team()


def test_a_duty_of_the_law_is_let_go_by_the_leading_post_alone_and_the_reason_is_sealed(office):
    made = duty(office.inspector)
    give_file(made.subject_id, office.lead)
    refused = refusal(
        lambda: services.waive_duty(acting(office.inspector), id=new_id(), duty_id=made.pk, reason=WHY, now=NOW)
    )
    assert refused.code == "duties.law_is_not_waived_alone"

    lead, id = acting(office.lead), new_id()
    end = services.waive_duty(lead, id=id, duty_id=made.pk, reason=WHY, now=NOW)
    assert services.waive_duty(lead, id=id, duty_id=made.pk, reason=WHY, now=NOW) == end
    assert ends_of(made) == [("waived", lead.user_id, None)]
    assert WHY.encode() not in bytes(DutyEnd.objects.get().reason.blob)
    keys = access.unlock(lead, [made.subject_id], what="test", now=NOW)
    assert keys.get(DutyEnd.objects.get(), "reason") == WHY
    (told,) = selectors.timeline(lead, made.subject_id, now=NOW, keys=keys)
    assert (told.what, told.at, told.who_post, told.lines) == ("duties.waived", NOW, office.lead.pk, (WHY,))


def test_an_internal_rule_is_let_go_by_the_post_itself_which_need_not_see_the_file(office):
    made = duty(office.inspector, "visit.make", basis=None)
    actor = acting(office.inspector)
    services.waive_duty(actor, id=new_id(), duty_id=made.pk, reason=WHY, now=NOW)
    assert ends_of(made) == [("waived", actor.user_id, None)]
    assert not access.sees(actor, made.subject_id, now=NOW)
    assert not access.sees(actor, made.subject_id, now=NOW + HOUR, scope=Scope.DUTIES), "lent for the command only"


def test_the_leading_post_lets_its_own_duty_of_the_law_go(office):
    made = duty(office.lead)
    services.waive_duty(acting(office.lead), id=new_id(), duty_id=made.pk, reason=WHY, now=NOW)
    assert not standing().exists()


def test_leading_another_organisation_is_not_standing_above(office):
    made = duty(office.inspector, "notice.social_service")
    foreign = post(organisation(FAR), leads=True)
    give_file(made.subject_id, foreign)
    for do, code in (
        (
            lambda: services.waive_duty(acting(foreign), id=new_id(), duty_id=made.pk, reason=WHY, now=NOW),
            "duties.law_is_not_waived_alone",
        ),
        (
            lambda: services.finish_duty(acting(foreign), id=new_id(), duty_id=made.pk, now=NOW),
            "duties.not_yours",
        ),
        (
            lambda: services.hand_over(
                acting(foreign), id=new_id(), duty_id=made.pk, to_post=office.lead.pk, reason=WHY, now=NOW
            ),
            "duties.not_yours",
        ),
    ):
        assert refusal(do).code == code


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_without_a_reason_nothing_is_let_go_or_handed_over(office, reason):
    made = duty(office.lead)
    actor = acting(office.lead)
    for do in (
        lambda: services.waive_duty(actor, id=new_id(), duty_id=made.pk, reason=reason, now=NOW),
        lambda: services.hand_over(
            actor, id=new_id(), duty_id=made.pk, to_post=office.inspector.pk, reason=reason, now=NOW
        ),
    ):
        refused = refusal(do)
        assert (refused.code, refused.facts) == ("duties.reason_missing", {"field": "reason"})


def test_a_duty_is_handed_over_with_its_term_its_article_and_the_sight(office):
    made = duty(office.inspector, level="2/4")
    give_file(made.subject_id, office.inspector)
    actor, id = acting(office.inspector), new_id()
    told = {"id": id, "duty_id": made.pk, "to_post": office.colleague.pk, "reason": WHY, "now": NOW + HOUR}
    new = services.hand_over(actor, **told)
    assert services.hand_over(actor, **told) == new, "sent twice"
    assert list(standing()) == [new]
    assert (new.assignee_id, new.due_at, new.basis, new.level, new.about) == (
        office.colleague.pk,
        made.due_at,
        made.basis,
        "2/4",
        REF,
    )
    assert (new.continues, new.escalations) == (made, 0)
    assert ends_of(made) == [("handed_over", actor.user_id, office.colleague.pk)]
    assert access.sees(acting(office.colleague), made.subject_id, now=NOW + HOUR)
    assert access.sees(actor, made.subject_id, now=NOW + HOUR), "the team keeps its own sight"


def test_the_sight_that_came_with_a_duty_goes_on_with_it(office):
    made = duty(office.inspector)
    give_file(made.subject_id, office.inspector)
    first = services.hand_over(
        acting(office.inspector),
        id=new_id(),
        duty_id=made.pk,
        to_post=office.colleague.pk,
        reason=WHY,
        now=NOW + HOUR,
    )
    services.hand_over(
        acting(office.colleague),
        id=new_id(),
        duty_id=first.pk,
        to_post=office.lead.pk,
        reason=WHY,
        now=NOW + 2 * HOUR,
    )
    assert not access.sees(acting(office.colleague), made.subject_id, now=NOW + 3 * HOUR)
    assert access.sees(acting(office.lead), made.subject_id, now=NOW + 3 * HOUR)


def test_a_duty_is_not_handed_to_another_organisation_an_empty_post_or_oneself(office):
    made = duty(office.inspector)
    stranger, empty = post(organisation(FAR)), post(office.office, held_by=None)
    for to, code in (
        (stranger, "duties.post_out_of_reach"),
        (empty, "duties.post_is_vacant"),
        (office.inspector, "duties.post_out_of_reach"),
    ):
        refused = refusal(
            lambda to=to: services.hand_over(
                acting(office.inspector), id=new_id(), duty_id=made.pk, to_post=to.pk, reason=WHY, now=NOW
            )
        )
        assert (refused.code, refused.facts) == (code, {"field": "to_post"})


def test_what_is_about_an_officers_own_work_is_handed_to_no_colleague_of_the_same_rank(office):
    made, actor = duty(office.lead, "visit.denied", basis=None), acting(office.lead)
    told = {"id": new_id(), "duty_id": made.pk, "to_post": office.inspector.pk, "reason": WHY, "now": NOW}
    assert refusal(lambda: services.hand_over(actor, **told)).code == "duties.post_out_of_reach"
    second = post(office.office, leads=True)
    assert [one.id for one in selectors.duty_page(actor, made.pk, now=NOW).others] == [second.pk]
    assert services.hand_over(actor, **told | {"to_post": second.pk}).assignee_id == second.pk


@pytest.mark.parametrize("kind", ["call.answer", "call.watch", "paper.answer", "monitoring.answer"])
def test_what_she_waits_for_is_answered_and_let_go_by_nobody(office, kind):
    made = duty(office.lead, kind, basis=None, about=f"{REF}/{new_id()}")
    refused = refusal(
        lambda: services.waive_duty(acting(office.lead), id=new_id(), duty_id=made.pk, reason=WHY, now=NOW)
    )
    assert refused.code == "duties.ends_by_its_step"
    assert not selectors.duty_page(acting(office.lead), made.pk, now=NOW).may_waive
    request = RequestFactory().get("/")
    request.actor, request.now = acting(office.lead), NOW
    assert views.waive(request, made.pk).url == selectors.duty_page(acting(office.lead), made.pk, now=NOW).line.url


@pytest.mark.parametrize("kind", ["visit.denied", "visit.make"])
def test_what_is_about_an_officers_own_work_goes_up_from_a_vacant_post_and_not_to_its_substitute(kind):
    above = organisation(place=RAION)
    head, below = post(above, leads=True), organisation(parent=above)
    inspector = post(below)
    made = duty(post(below, held_by=None, substitute=inspector), kind, basis=None)
    assert standing().get(subject_id=made.subject_id).assignee_id == (head if kind == "visit.denied" else inspector).pk
