from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.duties import selectors, services
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.services import Moved
from kalka.duties.tests.factories import (
    FAR,
    HERE,
    LAW,
    NOW,
    RAION,
    REF,
    acting,
    duty,
    give_file,
    in_a_command,
    organisation,
    post,
    subject,
    team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)
WHY = "Ал үйдө эмес экен"


@pytest.fixture
def office():
    return team()


def ends_of(made):
    return list(DutyEnd.objects.filter(duty=made).values_list("how", "author_id", "to_post_id"))


def standing():
    return Duty.objects.standing()


def refusal(do):
    before = (Duty.objects.count(), DutyEnd.objects.count(), standing().count())
    with pytest.raises(DomainError) as refused:
        do()
    assert (Duty.objects.count(), DutyEnd.objects.count(), standing().count()) == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


# Assigning


def test_a_duty_keeps_the_article_it_rests_on_as_it_stood(office):
    made = duty(office.inspector, level="3/4")
    assert (made.kind, made.assignee_id, made.due_at, made.level, made.about) == (
        "risk.assess",
        office.inspector.pk,
        NOW,
        "3/4",
        REF,
    )
    assert made.basis == LAW["risk.assess_every_report"].as_json()
    assert (made.ended_at, made.continues, made.escalations) == (None, None, 0)


def test_the_same_duty_stands_once(office):
    first = duty(office.inspector)
    again = duty(office.colleague, subject_id=first.subject_id, due_at=NOW + HOUR)
    assert again == first
    assert list(standing()) == [first]


def test_of_another_child_it_is_another_duty(office):
    first = duty(office.inspector, "cases.notify_child_protection", about=f"{REF}/1")
    second = duty(office.inspector, "cases.notify_child_protection", about=f"{REF}/2", subject_id=first.subject_id)
    assert set(standing()) == {first, second}


@pytest.mark.parametrize("before", [None, NOW + 72 * HOUR])
def test_a_sooner_term_takes_the_place_of_the_standing_one_in_the_same_hands(office, before):
    first = duty(office.inspector, "risk.reassess", due_at=before)
    sooner = duty(office.colleague, "risk.reassess", subject_id=first.subject_id, due_at=NOW + HOUR, level="4/4")
    assert list(standing()) == [sooner]
    assert (sooner.due_at, sooner.level, sooner.continues) == (NOW + HOUR, "4/4", first)
    assert sooner.assignee_id == office.inspector.pk
    assert ends_of(first) == [("brought_forward", SYSTEM.user_id, None)]


def test_the_database_itself_keeps_one_standing_duty(office):
    first = duty(office.inspector)
    other = duty(office.inspector, "visit.make", subject_id=first.subject_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=other.pk).update(kind=first.kind)


def test_a_vacant_posts_duty_is_its_substitutes_at_once_and_with_it_the_sight(office):
    substitute = post(office.office)
    vacant = post(office.office, held_by=None, substitute=substitute)
    file = subject()
    give_file(file, vacant)
    made = duty(vacant, subject_id=file)
    assert (made.assignee_id, made.escalations) == (substitute.pk, 1)
    assert ends_of(made.continues) == [("moved", SYSTEM.user_id, substitute.pk)]
    assert access.sees(acting(substitute), file, now=NOW)


def test_without_a_held_substitute_it_is_the_leading_posts(office):
    gone = post(office.office, held_by=None)
    made = duty(post(office.office, held_by=None, substitute=gone))
    assert made.assignee_id == office.lead.pk


def test_where_nobody_stands_above_it_stays_with_the_vacant_post():
    vacant = post(organisation(), held_by=None)
    assert duty(vacant).assignee_id == vacant.pk


def test_primitives_refuse_outside_a_command(office):
    for do in (
        lambda: services.assign(
            "risk.assess", subject_id=new_id(), post_id=office.inspector.pk, due_at=None, basis=None, now=NOW
        ),
        lambda: services.end_for("risk.assess", subject_id=new_id(), now=NOW, actor=SYSTEM),
        lambda: services.end_with_case(SYSTEM, subject_id=new_id(), now=NOW),
    ):
        with pytest.raises(AccessDenied):
            do()
    assert not Duty.objects.exists()


# The step was taken


def test_a_step_ends_its_duty_whoever_has_it(office):
    made = duty(office.inspector)
    other = duty(office.inspector, "visit.make", subject_id=made.subject_id)
    actor = acting(office.colleague)
    ended = in_a_command(lambda: services.end_for("risk.assess", subject_id=made.subject_id, now=NOW, actor=actor))
    assert ended == 1
    assert list(standing()) == [other]
    assert ends_of(made) == [("done", actor.user_id, None)]


def test_a_step_about_one_thing_ends_only_the_duty_about_it(office):
    one = duty(office.inspector, "order.serve", about=f"{REF}/1")
    two = duty(office.inspector, "order.serve", about=f"{REF}/2", subject_id=one.subject_id)
    in_a_command(
        lambda: services.end_for("order.serve", subject_id=one.subject_id, about=one.about, now=NOW, actor=SYSTEM)
    )
    assert list(standing()) == [two]


def test_what_comes_again_ends_with_its_case(office):
    made = duty(office.inspector, "visit.make")
    ended = in_a_command(lambda: services.end_with_case(SYSTEM, subject_id=made.subject_id, now=NOW))
    assert ended == 1
    assert ends_of(made) == [("closed", SYSTEM.user_id, None)]


def test_what_must_be_done_once_does_not_end_with_the_case(office):
    made = duty(office.inspector, "notice.social_service", due_at=None)
    with pytest.raises(DomainError, match="still_open"):
        in_a_command(lambda: services.end_with_case(SYSTEM, subject_id=made.subject_id, now=NOW))
    assert list(standing()) == [made]


# By hand


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


# Letting go


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


# Handing over


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


# Moving up


def test_what_is_late_for_too_long_moves_to_the_leading_post_and_says_that_it_did(office):
    made = duty(office.inspector, due_at=NOW)
    give_file(made.subject_id, office.inspector)
    assert services.roll(SYSTEM, now=NOW + 5 * HOUR) == ()
    (moved,) = services.roll(SYSTEM, now=NOW + 6 * HOUR)
    new = standing().get()
    assert moved == Moved(
        subject_id=made.subject_id,
        duty_id=new.pk,
        kind="risk.assess",
        from_post=office.inspector.pk,
        to_post=office.lead.pk,
        vacant=False,
        alarm=True,
    )
    assert (new.assignee_id, new.due_at, new.continues, new.escalations) == (office.lead.pk, NOW, made, 1)
    assert ends_of(made) == [("moved", SYSTEM.user_id, office.lead.pk)]
    assert access.sees(acting(office.lead), made.subject_id, now=NOW + 6 * HOUR)
    (line,) = selectors.today(acting(office.lead), now=NOW + 6 * HOUR).late
    assert (line.escalated, line.late) == (True, 6 * HOUR)
    assert services.roll(SYSTEM, now=NOW + 999 * HOUR) == (), "nobody stands above the leading post"


def test_it_moves_on_up_after_the_same_hours_and_beyond_the_organisation_without_the_file():
    district = organisation(RAION)
    chief = post(district, leads=True)
    office = organisation(HERE, district)
    lead, inspector = post(office, leads=True), post(office)
    made = duty(inspector, due_at=NOW)
    give_file(made.subject_id, inspector)
    assert [one.to_post for one in services.roll(SYSTEM, now=NOW + 6 * HOUR)] == [lead.pk]
    assert services.roll(SYSTEM, now=NOW + 11 * HOUR) == ()
    assert [one.to_post for one in services.roll(SYSTEM, now=NOW + 12 * HOUR)] == [chief.pk]
    assert standing().get().escalations == 2
    assert not access.sees(acting(chief), made.subject_id, now=NOW + 12 * HOUR)
    assert not access.sees(acting(lead), made.subject_id, now=NOW + 13 * HOUR), "it went on with the duty"

    back = services.hand_over(
        acting(chief),
        id=new_id(),
        duty_id=standing().get().pk,
        to_post=lead.pk,
        reason=WHY,
        now=NOW + 13 * HOUR,
    )
    assert back.assignee_id == lead.pk, "whoever received it from below may give it back"


def test_what_has_no_term_and_what_is_in_time_stays(office):
    duty(office.inspector, due_at=None)
    duty(office.inspector, due_at=NOW + 100 * HOUR)
    assert services.roll(SYSTEM, now=NOW + 99 * HOUR) == ()


def test_the_duties_of_a_post_that_was_left_pass_on_at_once_late_or_not(office):
    substitute = post(office.office)
    leaving = post(office.office, substitute=substitute)
    unset, coming = duty(leaving, due_at=None), duty(leaving, due_at=NOW + 48 * HOUR)
    Holding.objects.filter(post=leaving).update(until=NOW.date() - timedelta(days=1))
    moved = services.roll(SYSTEM, now=NOW)
    assert {(one.duty_id, one.to_post, one.vacant, one.alarm) for one in moved} == {
        (one.pk, substitute.pk, True, False) for one in standing()
    }
    assert set(standing().values_list("continues_id", flat=True)) == {unset.pk, coming.pk}


def test_only_the_installation_itself_rolls(office):
    duty(office.inspector, due_at=NOW - 99 * HOUR)
    assert isinstance(refusal(lambda: services.roll(acting(office.lead), now=NOW)), AccessDenied)


def test_many_duties_of_one_post_do_not_ask_for_the_posts_again(office, django_assert_max_num_queries):
    for number in range(3):
        duty(office.inspector, due_at=NOW, about=f"{REF}/{number}")
    with django_assert_max_num_queries(75):
        assert len(services.roll(SYSTEM, now=NOW + 99 * HOUR)) == 3
