"""Registering an order, and completing its number."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import services as cases_services
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.lawbook.book import Law, Provision
from kalka.orders import rules
from kalka.orders.models import OrderNumber, Overlap, ProtectedPerson, ProtectionOrder, dated
from kalka.orders.rules import Numbered, State
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import BEFORE, DAY, HOUR, ISSUED, NOW, SINCE, TODAY, noon
from kalka.ui.words import say

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.world()


def state(order, at=NOW):
    return dated(ProtectionOrder.objects.dated().get(pk=order.pk)).state(at)


# Registering


def test_an_order_is_kept_as_its_paper_says_it(world):
    order = make.registered(world)
    assert (order.subject_id, order.case_ref, order.place) == (
        world.case.subject_id,
        world.case.ref,
        world.case.place,
    )
    assert (order.issued_at, order.starts, order.ends, order.stated) == (ISSUED, TODAY, TODAY + 30 * DAY, False)
    assert (order.conditions, order.respondent_id) == ("no_contact,no_violence", world.man)
    assert set(ProtectedPerson.objects.values_list("person", flat=True)) == {world.she, world.child}
    assert (order.author_id, order.post_id) == (world.inspector.user_id, world.inspector.post_id)
    assert state(order) is State.RUNNING
    assert (AuditEntry.objects.latest("id").command, AuditEntry.objects.latest("id").object_id) == (
        "orders.register",
        str(order.pk),
    )


def test_it_keeps_the_law_it_rests_on_by_value(world):
    order = make.registered(world)
    assert Provision.from_json(order.basis) == Law(TODAY)["order.duration_days"]
    assert Provision.from_json(order.counting).is_set is False


@pytest.mark.parametrize(("day", "days", "act"), [(BEFORE, 3, "law-63"), (SINCE, 30, "law-161")])
def test_the_term_is_that_of_the_day_of_issue(world, day, days, act):
    order = make.registered(world, make.paper(world, issued_at=noon(day)))
    assert (order.ends, order.basis["act"]) == (day + days * DAY, act)


def test_an_order_from_before_any_known_law_is_refused(world):
    told = make.paper(world, issued_at=noon(date(2016, 5, 1)))
    refused = make.refusal(lambda: make.registered(world, told))
    assert (refused.code, refused.facts["field"]) == ("orders.no_law_then", "issued_at")


def test_a_paper_that_names_another_last_day_is_believed_and_marked(world):
    order = make.registered(world, make.paper(world, ends=TODAY + 10 * DAY))
    assert (order.ends, order.stated) == (TODAY + 10 * DAY, True)
    same = make.registered(world, make.paper(world, "2", ends=TODAY + 30 * DAY, respondent=None))
    assert same.stated is False


def test_a_new_order_causes_its_duties_and_ends_the_deciding(world):
    cases.in_a_command(
        lambda: duties.assign(
            "order.consider",
            subject_id=world.case.subject_id,
            post_id=world.inspector.post_id,
            due_at=NOW,
            basis=None,
            now=NOW,
            about=world.case.ref,
        )
    )
    order = make.registered(world)
    assert make.duties(world) == {
        "order.serve": NOW + timedelta(hours=24),
        "order.check_compliance": rules.next_noon(NOW),
        "order.before_expiry": rules.end_of(order.ends) - timedelta(hours=72),
    }
    standing = Duty.objects.standing().filter(kind__startswith="order.")
    assert {duty.assignee_id for duty in standing} == {world.inspector.post_id}
    assert [duty.basis for duty in standing] == [{"rule": "internal"}] * 3
    assert Duty.objects.get(kind="order.serve").about == f"{world.case.ref}/{order.pk}"
    assert Duty.objects.get(kind="order.check_compliance").about == world.case.ref


def test_it_stands_in_the_history_of_the_person_it_is_against(world):
    make.registered(world, make.paper(world, issued_at=NOW - 3 * DAY))
    event = Event.objects.get(kind="order_registered")
    assert (event.on, event.person_id, event.source) == (TODAY - 3 * DAY, world.man, "orders")


def test_an_order_that_is_over_is_kept_and_asks_for_nothing(world):
    order = make.registered(world, make.paper(world, issued_at=noon(SINCE)))
    assert (state(order), make.duties(world)) == (State.EXPIRED, {})


def test_the_prosecutor_of_the_place_sees_the_order_and_not_the_file(world):
    make.registered(world)
    subject = world.case.subject_id
    assert access.sees(world.prosecutor, subject, now=NOW, scope=Scope.ORDERS)
    assert not access.sees(world.prosecutor, subject, now=NOW)


def test_whoever_is_walled_off_sees_no_order_either(world):
    cases.wall(world.case.subject_id, world.prosecutor.user_id)
    make.registered(world)
    assert not access.sees(world.prosecutor, world.case.subject_id, now=NOW, scope=Scope.ORDERS)


def test_registering_twice_is_registering_once(world):
    id, told = new_id(), make.paper(world)
    first = make.registered(world, told, id=id)
    assert make.registered(world, told, id=id).pk == first.pk
    assert (ProtectionOrder.objects.count(), OrderNumber.objects.count()) == (1, 1)
    assert make.refusal(lambda: make.registered(world, make.paper(world, "9"), id=id)).code == "core.id_taken"


def test_anothers_id_answers_like_one_nobody_may_use(world):
    id = new_id()
    make.registered(world, id=id)
    cases.join(world.inspector, world.case, colleague := cases.post("police_inspector"))
    assert make.refusal(lambda: make.registered(world, by=colleague, id=id)).code == "core.id_taken"


@pytest.mark.parametrize("who", ["worker", "stranger", "prosecutor", "coordinator"])
def test_whoever_may_not_register_or_does_not_see_the_case_writes_nothing(world, who):
    refused = make.refusal(lambda: make.registered(world, by=getattr(world, who)))
    assert isinstance(refused, AccessDenied)


def test_an_inspector_of_another_place_does_not_find_the_case(world):
    far = cases.post("police_inspector", place=cases.FAR)
    assert make.refusal(lambda: make.registered(world, by=far)).code == "cases.unknown"


def test_a_closed_case_is_opened_again_first(world):
    cases.join(world.inspector, world.case, world.worker)
    cases_services.mark_closed(world.worker, id=new_id(), case_ref=world.case.ref, now=NOW)
    assert make.refusal(lambda: make.registered(world)).code == "orders.case_closed"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"respondent": "she"}, "orders.not_said_to_have_done_it"),
        ({"respondent": new_id()}, "orders.not_said_to_have_done_it"),
        ({"protected": ["man"]}, "orders.not_to_be_protected"),
        ({"protected": ["she", new_id()]}, "orders.not_to_be_protected"),
        ({"numbered": Numbered(999_999, "12")}, "orders.no_such_authority"),
        ({"numbered": None, "authority": 999_999}, "orders.no_such_authority"),
        ({"issued_at": NOW + HOUR}, "orders.time_to_come"),
        ({"conditions": ("no_such",)}, "orders.unknown_code"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world, said, code):
    named = {"she": world.she, "man": world.man}
    put = {k: named.get(v, v) if isinstance(v, str) else v for k, v in said.items()}
    if "protected" in put:
        put["protected"] = tuple(named.get(one, one) for one in put["protected"])
    assert make.refusal(lambda: make.registered(world, make.paper(world, **put))).code == code


# Numbers


def test_without_a_number_it_is_pending_and_protects_all_the_same(world):
    order = make.registered(world, make.pending(world, authority=world.office.pk))
    assert (state(order), order.authority_id) == (State.PENDING, world.office.pk)
    assert make.duties(world)["order.complete_number"] == NOW + timedelta(hours=24)
    assert "order.serve" in make.duties(world)


def test_completing_the_number_ends_its_duty(world):
    order = make.registered(world, make.pending(world))
    row = make.completed(world, order, now=NOW + HOUR)
    assert (row.order_id, row.authority_id, state(order)) == (order.pk, world.office.pk, State.RUNNING)
    assert "order.complete_number" not in make.duties(world)


def test_completing_twice_is_completing_once(world):
    order, id = make.registered(world, make.pending(world)), new_id()
    first = make.completed(world, order, id=id)
    assert make.completed(world, order, id=id).pk == first.pk
    assert make.refusal(lambda: make.completed(world, order, "77")).code == "orders.has_a_number"
    assert OrderNumber.objects.count() == 1


def second_case(world):
    """Another case of the same raion, with people of its own."""
    return make.fill(SimpleNamespace(**vars(world)))


@pytest.mark.parametrize("spelt", ["12/345", "№ 12 / 345", "12/345 "])
def test_a_number_is_given_once_whoever_writes_it_and_however(world, spelt):
    make.registered(world)
    other = second_case(world)
    colleague = cases.post("police_inspector")
    cases.join(world.inspector, other.case, colleague)
    refused = make.refusal(lambda: make.registered(other, make.paper(other, spelt), by=colleague))
    assert (refused.code, refused.facts) == ("orders.number_taken", {"field": "number"})
    assert world.case.ref not in say(refused)


def test_another_body_may_give_the_same_number(world):
    make.registered(world)
    told = make.paper(world, numbered=Numbered(world.other_office.pk, "12/345"), respondent=None)
    assert state(make.registered(world, told)) is State.RUNNING


def test_a_number_that_was_given_is_refused_on_completing_too(world):
    make.registered(world)
    order = make.registered(world, make.pending(world))
    assert make.refusal(lambda: make.completed(world, order)).code == "orders.number_taken"


def test_the_database_itself_keeps_a_number_single(world):
    make.registered(world)
    row = OrderNumber.objects.get()
    order = make.registered(world, make.pending(world))
    row.pk, row.order = new_id(), order
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_number_is_sealed_and_its_fingerprint_says_nothing(world):
    make.registered(world, make.paper(world, "КАНАР-7741"))
    row = OrderNumber.objects.get()
    assert "КАНАР".encode() not in bytes(row.number.blob) + bytes(row.number_key) + bytes(row.digest)
    assert len(bytes(row.number_key)) == 16


# Overlaps


def test_orders_that_overlap_are_kept_linked_and_asked_about(world):
    first = make.registered(world)
    second = make.registered(world, make.paper(world, "2", issued_at=NOW))
    assert list(Overlap.objects.values_list("order", "other")) == [(second.pk, first.pk)]
    assert make.duties(world)["order.explain_overlap"] == NOW + timedelta(hours=48)
    assert (state(first), state(second)) == (State.RUNNING, State.RUNNING)


def test_orders_against_different_people_do_not_overlap(world):
    brother = cases.add(world.inspector, world.case, relation="sibling_in_law").person_id
    make.registered(world)
    make.registered(world, make.paper(world, "2", respondent=brother))
    assert Overlap.objects.count() == 0


def test_an_order_against_nobody_named_may_be_the_same_one(world):
    make.registered(world)
    make.registered(world, make.pending(world, respondent=None))
    assert Overlap.objects.count() == 1


def test_orders_one_after_the_other_do_not_overlap(world):
    make.registered(world, make.paper(world, issued_at=noon(date(2026, 9, 1))))
    make.registered(world, make.paper(world, "2"))
    assert Overlap.objects.count() == 0


def test_an_old_order_that_reaches_into_a_new_one_is_never_refused(world):
    make.registered(world)
    make.registered(world, make.paper(world, "2", issued_at=NOW - 20 * DAY))
    make.registered(world, make.paper(world, "3", issued_at=NOW - 10 * DAY))
    assert (ProtectionOrder.objects.count(), Overlap.objects.count()) == (3, 3)
