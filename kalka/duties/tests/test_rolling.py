from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.models import Grant
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.directory.models import Holding, Post
from kalka.duties import batches as in_batches
from kalka.duties import selectors, services
from kalka.duties.covering import Covering
from kalka.duties.models import DutyEnd
from kalka.duties.services import Moved
from kalka.duties.tests.factories import (
    HERE,
    NOW,
    RAION,
    REF,
    TODAY,
    acting,
    duty,
    ends_of,
    give_file,
    in_a_command,
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


@pytest.mark.parametrize(("kind", "hours"), [("risk.assess", 6), ("cases.notify_child_protection", 24)])
def test_two_who_hand_it_to_and_fro_do_not_keep_it_from_whoever_leads(office, kind, hours):
    made = duty(office.inspector, kind, due_at=NOW if kind == "risk.assess" else None)
    pair = [office.inspector, office.colleague]
    for turn in range(hours - 1):
        by, to = pair[turn % 2], pair[1 - turn % 2]
        made = services.hand_over(
            acting(by), id=new_id(), duty_id=made.pk, to_post=to.pk, reason=WHY, now=NOW + (turn + 1) * HOUR
        )
    assert services.roll(SYSTEM, now=NOW + hours * HOUR - HOUR) == ()
    (moved,) = services.roll(SYSTEM, now=NOW + hours * HOUR)
    assert moved.to_post == office.lead.pk
    back = services.hand_over(
        acting(office.lead),
        id=new_id(),
        duty_id=moved.duty_id,
        to_post=office.inspector.pk,
        reason=WHY,
        now=NOW + (hours + 1) * HOUR,
    )
    assert services.roll(SYSTEM, now=NOW + (2 * hours - 1) * HOUR) == (), "moving up set it anew"
    assert standing().get() == back


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


def test_many_take_as_many_statements_as_one(office):
    def asked(count: int) -> int:
        for _number in range(count):
            give_file(duty(office.inspector, due_at=NOW).subject_id, office.inspector)
        with CaptureQueriesContext(connection) as queries:
            assert len(services.roll(SYSTEM, now=NOW + 99 * HOUR)) == count
        return len(queries)

    asked(1)  # who there is is read once
    assert asked(8) == asked(2) <= 30


def test_a_run_goes_over_all_there_is_in_batches_that_are_kept_one_by_one(office, monkeypatch):
    monkeypatch.setattr(in_batches, "AT_ONCE", 2)
    kinds = ["risk.assess"] * 5 + ["cases.notify_child_protection"] * 3
    made = {duty(office.inspector, kind, due_at=None if "notify" in kind else NOW).pk for kind in kinds}
    late, stuck = NOW + 99 * HOUR, duty(office.lead, due_at=NOW - 500 * HOUR)
    first, second, *_rest = found = list(in_batches.batches(late))
    assert [len(batch.ids) for batch in found] == [2, 2, 1, 2, 1]
    assert {id for batch in found for id in batch.ids} == made and stuck.pk not in made

    assert len(services.roll(SYSTEM, now=late, batch=first)) == 2
    assert services.roll(SYSTEM, now=late, batch=first) == (), "twice is once"
    assert len(services.roll(SYSTEM, now=late)) == 6, "whoever begins anew finds what was left"
    assert services.roll(SYSTEM, now=late, batch=second) == (), "and who was overtaken moves nothing"
    moved = standing().exclude(pk=stuck.pk)
    assert set(moved.values_list("continues", "assignee", "escalations")) == {(one, office.lead.pk, 1) for one in made}
    assert DutyEnd.objects.count() == 8 and standing().count() == 9


def test_sight_goes_with_many_duties_as_with_one(office):
    """One after the other, and all together: the same grants."""

    def files() -> list[UUID]:
        one, two = duty(office.inspector).subject_id, duty(office.inspector).subject_id
        duty(office.inspector, "visit.make", subject_id=one, due_at=NOW + 999 * HOUR)
        give_file(one, office.inspector)
        in_a_command(lambda: grants.grant(two, post_holder(office.inspector.pk), why="duty", now=NOW))
        return [one, two]

    def left(subject_id: UUID) -> set[tuple[object, ...]]:
        return set(Grant.objects.filter(subject_id=subject_id).values_list("holder", "scope", "why", "since", "until"))

    late = NOW + 9 * HOUR
    singly = files()
    for subject_id in singly:
        in_a_command(lambda id=subject_id: services.raise_up("risk.assess", subject_id=id, now=late, about=REF))
    together = files()
    assert len(services.roll(SYSTEM, now=late)) == 2
    assert [left(one) for one in together] == [left(one) for one in singly]
    assert [len(left(one)) for one in together] == [2, 2]


def test_whoever_takes_over_is_the_same_whether_asked_singly_or_at_once():
    """Held, vacant and ended posts, with and without substitutes, committees, leads that are vacant or walled off."""
    district = organisation(RAION)
    chief, empty = post(district, leads=True), post(district, leads=True, held_by=None)
    office = organisation(HERE, district)
    lead = post(office, leads=True, held_by=None)
    worker, substitute = post(office), post(office)
    left = post(office, substitute=substitute, held_by=None)
    alone = post(organisation(HERE), held_by=None)
    neighbour = post(organisation(HERE, district))
    Post.objects.filter(pk=neighbour.pk).update(role="committee_member")
    gone = post(office, substitute=post(office, held_by=None))
    Post.objects.filter(pk=gone.pk).update(until=TODAY - timedelta(days=1))
    at_once, singly = Covering(TODAY, directory.everybody(TODAY)), Covering(TODAY)
    users = {one: 100 + one.pk for one in (chief, worker, substitute)}
    for walled in (set(), {users[worker]}, {users[substitute], users[chief]}, set(users.values())):
        for one in (chief, empty, lead, worker, substitute, left, alone, neighbour, gone):
            asked = [
                (c.stands_in(one.pk, frozenset(walled)), c.lead_over(one.pk, frozenset(walled)))
                for c in (at_once, singly)
            ]
            assert asked[0] == asked[1], (one.pk, walled)
    assert (at_once.stands_in(left.pk), at_once.lead_over(worker.pk)) == (substitute.pk, chief.pk)
    assert at_once.stands_in(worker.pk, frozenset({users[worker]})) == chief.pk
