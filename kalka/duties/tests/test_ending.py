from datetime import timedelta

import pytest

from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id
from kalka.duties import services
from kalka.duties.models import Duty
from kalka.duties.tests.factories import (
    FAR,
    NOW,
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


def test_a_duty_by_hand_is_said_to_be_done_once(office):
    made = duty(office.inspector, "notice.social_service")
    actor, id = acting(office.inspector), new_id()
    end = services.finish_duty(actor, id=id, duty_id=made.pk, now=NOW)
    assert services.finish_duty(actor, id=id, duty_id=made.pk, now=NOW + HOUR) == end, "sent twice"
    assert ends_of(made) == [("done", actor.user_id, None)]
    assert Duty.objects.get().ended_at == NOW
    entry = AuditEntry.objects.filter(command="duties.finish").first()
    assert (entry.kind, entry.subject_id, entry.object_id) == ("done", made.subject_id, str(end.pk))
    refused = refusal(lambda: services.finish_duty(actor, id=new_id(), duty_id=made.pk, now=NOW))
    assert refused.code == "duties.already_ended"


def test_what_is_asked_for_every_day_is_due_again_a_day_after_it_was_done(office):
    made = duty(office.inspector, "measure.daily_contact", level="4/4", basis=None)
    id = new_id()
    for _ in range(2):
        services.finish_duty(acting(office.inspector), id=id, duty_id=made.pk, now=NOW + 2 * HOUR)
    again = standing().get()
    assert (again.kind, again.assignee_id, again.level, again.basis) == (
        "measure.daily_contact",
        office.inspector.pk,
        "4/4",
        {"rule": "internal"},
    )
    assert (again.due_at, again.continues, again.escalations) == (NOW + 26 * HOUR, None, 0)


def test_an_assessment_that_was_not_made_is_not_ticked_off(office):
    made = duty(office.inspector, "risk.assess")
    refused = refusal(lambda: services.finish_duty(acting(office.inspector), id=new_id(), duty_id=made.pk, now=NOW))
    assert refused.code == "duties.ends_by_its_step"


def test_another_post_with_the_file_does_not_end_it(office):
    made = duty(office.inspector, "notice.social_service")
    give_file(made.subject_id, office.colleague)
    refused = refusal(lambda: services.finish_duty(acting(office.colleague), id=new_id(), duty_id=made.pk, now=NOW))
    assert refused.code == "duties.not_yours"


def test_a_stranger_learns_nothing_and_the_attempt_is_kept(office):
    made = duty(office.inspector, "notice.social_service")
    stranger = acting(post(organisation(FAR)))
    for do in (
        lambda id: services.finish_duty(stranger, id=new_id(), duty_id=id, now=NOW),
        lambda id: services.waive_duty(stranger, id=new_id(), duty_id=id, reason=WHY, now=NOW),
        lambda id: services.hand_over(stranger, id=new_id(), duty_id=id, to_post=stranger.post_id, reason=WHY, now=NOW),
    ):
        there, nowhere = refusal(lambda do=do: do(made.pk)), refusal(lambda do=do: do(new_id()))
        assert (type(there), there.code, there.facts) == (type(nowhere), nowhere.code, nowhere.facts)


def test_anothers_id_answers_like_an_id_nobody_may_use(office):
    made = duty(office.inspector, "notice.social_service")
    give_file(made.subject_id, office.lead)
    id = new_id()
    services.finish_duty(acting(office.inspector), id=id, duty_id=made.pk, now=NOW)
    refused = refusal(lambda: services.finish_duty(acting(office.lead), id=id, duty_id=made.pk, now=NOW))
    assert isinstance(refused, AccessDenied)


def test_without_the_permission_nothing_ends(office):
    made = duty(office.inspector, "notice.social_service")
    actor = acting(office.inspector, without=(P.DUTY_END,))
    assert isinstance(refusal(lambda: services.finish_duty(actor, id=new_id(), duty_id=made.pk, now=NOW)), AccessDenied)
