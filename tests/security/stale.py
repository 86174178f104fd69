"""Pages that two people open at once: who they are, what each chooses, and what the page is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from kalka.access import services as access
from kalka.access import who
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases import services as cases
from kalka.cases.models import GlassRequest
from kalka.closure import services as closure
from kalka.core import clock
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.refs import new_id
from kalka.directory import selectors as posts
from kalka.duties import selectors as duties
from kalka.duties.kinds import BY_HAND
from kalka.duties.models import Duty
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from kalka.people.rules import NewPerson
from kalka.support import services as support
from kalka.support.rules import NewWord
from tests.matrix import world as worlds
from tests.matrix.world import World, step

AS = "as"  # of what there is: the post whose page it is
Parts = dict[str, Any]


@dataclass(frozen=True)
class Two:
    """Who opens the page, what they choose, and whether the second one may send it again after having been told."""

    roles: tuple[str, str]
    given: Parts = field(default_factory=dict)
    second: Parts = field(default_factory=dict)
    again: bool = False
    there: Callable[[World], Parts] | None = None  # what the page is about, where the world has none that fits


def a_duty_by_hand(world: World) -> Parts:
    subject = worlds.case_of(world.bundles["own"]).subject_id
    post = world.members["social_worker"].actor.post_id
    by_hand = Duty.objects.filter(subject_id=subject, ended_at=None, assignee_id=post, kind__in=BY_HAND)
    kept = by_hand.order_by("kind", "recorded_at").first()
    assert kept is not None
    return {"duty_id": kept.pk}


def an_inspectors_duty(world: World) -> Parts:
    """One that may be let go: a call of hers ends by an answer alone, and its page leads there."""
    subject, actor = worlds.case_of(world.bundles["own"]).subject_id, world.members["police_inspector"].actor
    standing = Duty.objects.standing().filter(subject_id=subject, assignee_id=actor.post_id).order_by("kind", "due_at")
    return {"duty_id": next(duty.pk for duty in standing if duties.may_waive(actor, duty))}


def a_fresh_report(world: World) -> Parts:
    now = clock.now()
    told = NewReport(
        danger="no", told_on=clock.day_of(now), what="Кыйкырык", place=world.members["social_worker"].actor.place
    )
    report = intake.receive_report(world.members["committee_secretary"].actor, id=new_id(), told=told, now=now)
    for role in ("social_worker", "window_coordinator"):
        holder = post_holder(world.members[role].actor.post_id or 0)
        step(SYSTEM, do=lambda h=holder: access.grant(report.subject_id, h, why="stale", now=now))
    return {"report": report.pk}


def post_of(subject_id: UUID, kind: str) -> int:
    return Duty.objects.get(subject_id=subject_id, kind=kind, ended_at=None).assignee_id


def whoever_holds(post_id: int) -> str:
    """The token of a session of theirs."""
    user_id = posts.holders_of(post_id, clock.day_of(clock.now()))[0]
    opened = open_session(User.objects.get(id=user_id), stage=Stage.FULL, now=clock.now())
    Session.objects.filter(user_id=user_id).update(post_id=post_id)
    return opened.token


def asked_to_open(world: World, *, ago: timedelta = timedelta()) -> GlassRequest:
    ref = str(world.bundles["foreign"].parts["ref"])
    asker, now = world.members["police_inspector"].actor, clock.now() - ago
    return cases.ask_glass(asker, id=new_id(), typed_ref=ref, reason="Ал азыр борбордо отурат", now=now)


def an_opening_asked(world: World) -> Parts:
    asked = asked_to_open(world)
    return {"opening": asked.pk, AS: post_of(asked.subject_id, "cases.approve_glass")}


def an_opening_over(world: World) -> Parts:
    ago = timedelta(hours=30)
    asked = asked_to_open(world, ago=ago)
    second = who.visitor(whoever_holds(post_of(asked.subject_id, "cases.approve_glass")), now=clock.now())
    assert second is not None and second.actor is not None
    cases.decide_glass(second.actor, id=new_id(), request_id=asked.pk, agreed=True, now=clock.now() - ago)
    return {"opening": asked.pk, AS: post_of(asked.subject_id, "oversight.review_opening")}


def a_case_with_nothing_open(world: World) -> Parts:
    actor = world.members["social_worker"].actor
    known = NewPerson(sex="f")
    ref = cases.open_at_risk(actor, id=new_id(), place=actor.place, protected=known, now=clock.now()).ref
    support.record_word(actor, id=new_id(), case_ref=ref, told=NewWord("safe", alone=True), now=clock.now())
    return {"ref": ref}


def an_order_of_an_hour_ago(world: World) -> Parts:
    now = clock.now()
    told = NewOrder(issued_at=now - timedelta(days=2))
    ref = str(world.bundles["own"].parts["ref"])
    police = world.members["police_inspector"].actor
    return {"order": orders.register_order(police, id=new_id(), case_ref=ref, told=told, now=now).pk}


def a_closed_case(world: World) -> Parts:
    made = a_case_with_nothing_open(world)
    word = "Бардыгы аткарылды"
    actor = world.members["social_worker"].actor
    closure.close_case(actor, id=new_id(), case_ref=made["ref"], reason="safe", word=word, now=clock.now())
    return made


def day_in(name: str, days: int = 0) -> Parts:
    on = clock.day_of(clock.now()) + timedelta(days=days)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


LONGER, LONGEST = {**day_in("until", 40), **day_in("on")}, {**day_in("until", 60), **day_in("on")}
YESTERDAY = {**day_in("at", -1), "at_time": "12:00"}
CASE_WORKERS = ("social_worker", "window_coordinator")
POLICE = ("police_inspector", "supervising_officer")
TABS = {role: (role, role) for role in ("police_inspector", "supervising_officer", "social_worker", "auditor")}
CHANGES: dict[str, Two] = {
    "cases:glass_decide": Two(TABS["auditor"], there=an_opening_asked),
    "closure:close": Two(CASE_WORKERS[:1] * 2, {"reason": "safe"}, there=a_case_with_nothing_open),
    "oversight:opening": Two(TABS["auditor"], {"right": "yes"}, there=an_opening_over),
    "cases:correct": Two(CASE_WORKERS, again=True),
    "cases:open": Two(CASE_WORKERS, there=a_fresh_report),
    "cases:withdraw_consent": Two(CASE_WORKERS),
    "cases:leave_team": Two(CASE_WORKERS),
    "cases:wall_lift": Two(("supervising_officer", "child_protection")),
    "closure:reopen": Two(TABS["social_worker"], there=a_closed_case),
    "desk:pair": Two(CASE_WORKERS, {"says": "same"}, {"says": "other"}, again=True),
    "desk:search_answer": Two(("supervising_officer", "child_protection")),
    "desk:search_reason": Two(CASE_WORKERS),
    "duties:finish": Two(TABS["social_worker"], there=a_duty_by_hand),
    "duties:waive": Two(TABS["police_inspector"], there=an_inspectors_duty),
    "duties:hand_over": Two(TABS["police_inspector"], there=an_inspectors_duty),
    "intake:triage": Two(CASE_WORKERS, {"outcome": "no_case"}, there=a_fresh_report),
    "orders:complete": Two(POLICE, {"number": "ВОО-1"}, {"number": "ВОО-2"}),
    "orders:serve": Two(POLICE, {"how": "handed"}, there=an_order_of_an_hour_ago),
    "orders:extend": Two(POLICE, LONGER, LONGEST, again=True, there=an_order_of_an_hour_ago),
    "orders:revoke": Two(POLICE, YESTERDAY, there=an_order_of_an_hour_ago),
    "oversight:alarm": Two(TABS["auditor"]),
    "risk:result": Two(TABS["police_inspector"]),
    "risk:countersign": Two(TABS["supervising_officer"]),
    "statistics:export_approve": Two(("ministry_coordinator", "analyst"), {"decision": "no"}),
}
