"""Her goals, what is done for them, and her safety plan."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.support import rules, selectors
from kalka.support.duty import ACTION, RENEW, about, end_of
from kalka.support.models import Action, ActionEnd, Goal, GoalEnd, SafetyPlan
from kalka.support.rules import NewAction
from kalka.vault.rows import repeated, written


@command("support.add_goal", needs=Permission.SUPPORT_WORK)
def add_goal(actor: Actor, *, id: UUID, case_ref: str, area: str, words: str, now: datetime) -> Goal:
    """What she wants to reach, in her words. Refuses `support.case_closed`."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = [area, words]
    if again := repeated(Goal, actor, id=id, content=content):
        return again
    rules.check_goal(area, words)
    goal = Goal(**written(actor, id=id, subject_id=case.subject_id, content=content, now=now), area=area)
    access.keys_for(actor, case.subject_id, now=now).put(goal, "words", words.strip())
    goal.save(force_insert=True)
    return goal


@command("support.end_goal", needs=Permission.SUPPORT_WORK)
def end_goal(actor: Actor, *, id: UUID, case_ref: str, goal_id: UUID, how: str, now: datetime) -> GoalEnd:
    """As she says. Refuses `support.actions_stand` while something is still to be done for it."""
    goal = selectors.get_goal(actor, case_ref, goal_id, now=now)
    if again := repeated(GoalEnd, actor, id=id, content=[goal_id, how]):
        return again
    rules.known("how", how, tuple(rules.Met))
    if GoalEnd.objects.filter(goal=goal).exists():
        raise Stale("support.goal_ended")
    if Action.objects.filter(goal=goal, end=None).exists():
        raise DomainError("support.actions_stand")
    end = GoalEnd(
        **written(actor, id=id, subject_id=goal.subject_id, content=[goal_id, how], now=now), goal=goal, how=how
    )
    end.save(force_insert=True)
    return end


@command("support.add_action", needs=Permission.SUPPORT_WORK)
def add_action(actor: Actor, *, id: UUID, case_ref: str, goal_id: UUID, told: NewAction, now: datetime) -> Action:
    """Who of the team does what for a goal by which day: a duty of that post until it ends.

    Refuses a post that does not help in the case, and a goal that has ended.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    goal = selectors.get_goal(actor, case_ref, goal_id, now=now)
    content = [goal_id, asdict(told)]
    if again := repeated(Action, actor, id=id, content=content):
        return again
    rules.check_action(told, team=selectors.owners(actor, case.subject_id, now=now), today=clock.day_of(now))
    if GoalEnd.objects.filter(goal=goal).exists():
        raise Stale("support.goal_ended")
    action = Action(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        goal=goal,
        owner_id=told.owner,
        by=told.by,
    )
    access.keys_for(actor, case.subject_id, now=now).put(action, "what", told.what.strip())
    action.save(force_insert=True)
    duties.assign(
        ACTION,
        subject_id=case.subject_id,
        post_id=told.owner,
        due_at=end_of(told.by),
        basis=None,
        now=now,
        about=about(case.ref, action.pk),
    )
    return action


@command("support.end_action", needs=Permission.SUPPORT_GIVE)
def end_action(
    actor: Actor, *, id: UUID, case_ref: str, action_id: UUID, how: str, note: str, now: datetime
) -> ActionEnd:
    """It was done, could not be, or she did not want it: then why. Ends its duty. Refuses `support.action_ended`."""
    action = selectors.get_action(actor, case_ref, action_id, now=now)
    content = [action_id, how, note]
    if again := repeated(ActionEnd, actor, id=id, content=content):
        return again
    rules.check_done(how, note)
    if ActionEnd.objects.filter(action=action).exists():
        raise Stale("support.action_ended")
    end = ActionEnd(
        **written(actor, id=id, subject_id=action.subject_id, content=content, now=now), action=action, how=how
    )
    if note.strip():
        access.keys_for(actor, action.subject_id, now=now).put(end, "note", note.strip())
    end.save(force_insert=True)
    part = about(action.case_ref, action.pk)
    duties.end_for(ACTION, subject_id=action.subject_id, about=part, actor=actor, now=now)
    return end


@command("support.write_safety_plan", needs=Permission.SUPPORT_WORK)
def write_safety_plan(
    actor: Actor, *, id: UUID, case_ref: str, told: Mapping[str, str], corrects: int, now: datetime
) -> SafetyPlan:
    """The whole of it anew; the one before stays. Ends the duty to renew it.

    Refuses `support.changed_meanwhile` where somebody was faster.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    said = {section: told.get(section, "").strip() for section in rules.SECTIONS}
    content = [said, corrects]
    if again := repeated(SafetyPlan, actor, id=id, content=content):
        return again
    rules.check_safety(told)
    if selectors.safety_number(actor, case.subject_id, now=now) != corrects:
        raise Stale("support.changed_meanwhile")
    plan = SafetyPlan(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now), number=corrects + 1
    )
    access.keys_for(actor, case.subject_id, now=now).put(plan, "told", said)
    plan.save(force_insert=True)
    duties.end_for(RENEW, subject_id=case.subject_id, now=now, actor=actor)
    return plan
