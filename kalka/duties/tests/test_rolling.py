from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.duties import selectors, services
from kalka.duties.services import Moved
from kalka.duties.tests.factories import (
    HERE,
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


def test_what_was_handed_over_without_a_term_rises_when_nobody_answers(office):
    made = duty(office.inspector, "cases.notify_child_protection", due_at=None)
    assert services.roll(SYSTEM, now=NOW + 23 * HOUR) == ()
    (moved,) = services.roll(SYSTEM, now=NOW + 24 * HOUR)
    assert (moved.subject_id, moved.to_post, moved.alarm) == (made.subject_id, office.lead.pk, True)
    assert (standing().get().due_at, standing().get().escalations) == (None, 1)
    assert services.roll(SYSTEM, now=NOW + 24 * HOUR) == ()


def test_other_work_without_a_term_stays_where_it_is(office):
    duty(office.inspector, "counsel.begin", due_at=None)
    assert services.roll(SYSTEM, now=NOW + 9999 * HOUR) == ()


def test_what_a_consent_shows_rises_within_the_organisation_and_no_further():
    district = organisation(RAION)
    post(district, leads=True)
    office = organisation(HERE, district)
    lead, worker = post(office, leads=True), post(office)
    duty(worker, "referral.answer", due_at=None)
    assert [one.to_post for one in services.roll(SYSTEM, now=NOW + 72 * HOUR)] == [lead.pk]
    assert services.roll(SYSTEM, now=NOW + 999 * HOUR) == ()
    alone = post(organisation(HERE, district))
    duty(alone, "referral.answer", due_at=NOW)
    assert services.roll(SYSTEM, now=NOW + 999 * HOUR) == ()


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
    duty(office.inspector, "order.explain_overlap", due_at=None)
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
