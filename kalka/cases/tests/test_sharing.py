"""A share shows what was agreed, until it ends; without an agreement only on a listed ground, and that is said."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import effects, grounds, selectors, services
from kalka.cases.models import Member
from kalka.cases.rules import PURPOSES, NewConsent, Part
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.people.rules import NewPerson
from kalka.vault.classes import Klass
from tests.matrix.world import step
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SHARES = st.tuples(st.sampled_from(["duties", "file"]), st.integers(0, 6), st.booleans(), st.sampled_from(PURPOSES))
UNDONE = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    world.she = make.protected_of(world.case)
    return world


def share(world, scope: str, days: int, withdrawn: bool, purpose: str) -> None:
    told = NewConsent(world.centre.pk, purpose, world.she, TODAY + days * DAY, scope)
    ref = world.case.ref
    given_ = services.give_consent(world.inspector, id=new_id(), case_ref=ref, told=told, now=NOW)
    if withdrawn:
        services.withdraw_consent(world.inspector, id=new_id(), case_ref=ref, consent_id=given_.pk, now=NOW)


@given(shares=st.lists(SHARES, max_size=4), after=st.integers(0, 7))
@UNDONE
def test_requirement_24_a_share_shows_its_extent_and_nothing_outside_it(world, shares, after):
    running = {scope for scope, days, withdrawn, _purpose in shares if not withdrawn and days >= after}
    at, subject = NOW + after * DAY, world.case.subject_id
    with undone():
        for one in shares:
            share(world, *one)
        assert access.sees(world.crisis, subject, now=at, scope=Scope.DUTIES) == bool(running)
        assert access.sees(world.crisis, subject, now=at) == ("file" in running)
        assert access.sees(world.crisis, subject, now=at, scope=Scope.ORDERS) == ("file" in running)
        for klass in Klass:
            assert opens(world.crisis, subject, klass, at) <= ("file" in running), klass


def opens(actor, subject, klass: Klass, at) -> bool:
    """Whether a key of the file is given out, whatever is asked for it."""
    for scope in Scope:
        try:
            keys = access.unlock(actor, [subject], what="test", now=at, klasses=[klass], scope=scope)
        except AccessDenied:
            continue
        if scope is Scope.FILE and keys.has(subject, klass):
            return True
    return False


def test_requirement_24_nobody_joins_on_a_ground_that_is_not_listed(world):
    post = world.crisis.post_id

    def join() -> None:
        effects.join(world.inspector, world.case, post, id=new_id(), why="curious", now=NOW)

    with pytest.raises(DomainError, match="no_ground"):
        step(SYSTEM, do=join)
    assert not Member.objects.filter(holder=post).exists()


def test_requirement_24_the_grounds_are_data_with_days():
    before = grounds.ground("responsible", date(2025, 10, 14))
    after = grounds.ground("responsible", date(2025, 10, 15))
    assert before is None and after is not None and (after.key, after.act) == ("risk.assess_every_report", "law-214")
    assert grounds.ground("works", TODAY) is None, "no act is known that says so: our own rule"
    with pytest.raises(DomainError, match="no_ground"):
        grounds.ground("curious", TODAY)


def test_requirement_24_the_sheet_says_who_sees_it_with_and_without_agreement(world):
    services.give_consent(
        world.inspector,
        id=new_id(),
        case_ref=world.case.ref,
        told=NewConsent(world.centre.pk, "shelter", world.she, TODAY + 30 * DAY, "duties"),
        now=NOW,
    )
    make.add(world.inspector, world.case, NewPerson(sex="f", band="7-13"), Part.CHILD)
    later = NOW + timedelta(minutes=1)
    shown = selectors.shown_to(world.inspector, world.case.ref, now=later)
    agreed = [one for one in shown if one.agreed]
    assert [(one.purpose, one.scope, one.post, one.until is not None) for one in agreed] == [
        ("shelter", "duties", "", True)
    ]
    asked_nobody = {one.why: one.ground.key if one.ground else "" for one in shown if not one.agreed}
    assert asked_nobody == {"child": "notice.child_protection_required", "opened": ""} | {
        code: "" for code in asked_nobody.keys() & {"coordinates", "orders", "duty"}
    }
    over = selectors.shown_to(world.inspector, world.case.ref, now=NOW + 31 * DAY)
    assert not [one for one in over if one.agreed]
