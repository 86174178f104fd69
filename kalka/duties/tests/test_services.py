from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kalka.access import selectors as access
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties import services
from kalka.duties.models import Duty
from kalka.duties.tests.factories import (
    LAW,
    NOW,
    REF,
    acting,
    duty,
    ends_of,
    give_file,
    in_a_command,
    organisation,
    post,
    standing,
    subject,
    team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)
WHY = "Ал үйдө эмес экен"


@pytest.fixture
def office():
    return team()


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
