"""The later steps of a story, as in steps.py: risk, orders, visits, duties, closing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from kalka.cases import selectors as case_list
from kalka.closure import services as closure
from kalka.core.actors import SYSTEM
from kalka.core.clock import DAY, day_of
from kalka.demo.reading import moment
from kalka.demo.scene import Act
from kalka.demo.steps import Do
from kalka.duties import selectors as duty_list
from kalka.duties import services as duties
from kalka.duties.kinds import BY_HAND
from kalka.followup import services as followup
from kalka.followup.rules import NewSaid, NewVisit
from kalka.instruments import editions
from kalka.orders import services as orders
from kalka.orders.rules import NewBreach, NewExtension, NewOrder, NewRevocation, NewService, Numbered
from kalka.risk import selectors as risk_list
from kalka.risk import services as risk
from kalka.risk.rules import NewAssessment
from kalka.support import services as support
from kalka.support.rules import NewWord

FORM = "KG-DEMO"


def assess(act: Act) -> None:
    """The judgement first, then the level: `level` is given where it is raised above both, with a reason."""
    told = act.told
    found = NewAssessment(
        judged=told.take("judged", str),
        reason=told.take("why", str),
        answers=_answers(act),
        alone=act.word("alone", "yes"),
        source=act.word("source", "victim"),
        victim_suicidality=act.word("suicidality", "no"),
    )
    judgement = risk.record_judgement(act.actor, id=act.id, case_ref=act.scene.case_ref, told=found, now=act.at)
    confirmed = risk.confirm(
        act.actor,
        id=uuid5(act.id, "level"),
        judgement_id=judgement.pk,
        level=act.word("level", found.judged),
        raised_reason=act.word("raised"),
        now=act.at + timedelta(minutes=2),
    )
    act.keep(confirmed.pk)


def _answers(act: Act) -> dict[str, str]:
    """No to everything, but for what is `marked`, `unknown`, or `skipped`."""
    said = dict.fromkeys(editions.latest(FORM).items, "no")
    said |= dict.fromkeys(act.words("marked"), "yes")
    said |= dict.fromkeys(act.words("unknown"), "unknown")
    skipped = set(act.words("skipped"))
    return {code: value for code, value in said.items() if code not in skipped}


def happened(act: Act) -> None:
    """What somebody of the team learnt."""
    what = act.told.take("what", str)
    risk.note_happened(act.actor, id=act.id, case_ref=act.scene.case_ref, trigger=what, now=act.at)


def not_alone(act: Act) -> None:
    risk.note_not_alone(act.actor, id=act.id, case_ref=act.scene.case_ref, now=act.at)


def countersign(act: Act) -> None:
    """By the lead, of the lower level that waits."""
    waiting = risk_list.waiting(act.actor, act.scene.subject, now=act.at)
    assert waiting is not None, f"{act.scene.story.key}: nothing waits for a second person"
    agreed, reason = act.told.take("agreed", bool), act.told.take("reason", str)
    risk.countersign(
        act.actor, id=act.id, assessment_id=waiting.assessment_id, agreed=agreed, reason=reason, now=act.at
    )


def order(act: Act) -> None:
    """Without a `number` it is pending. Protects everybody of `protected`, or the protected person alone."""
    number, scene = act.told.maybe("number", str), act.scene
    respondent = act.told.maybe("respondent", str)
    told = NewOrder(
        issued_at=act.at - timedelta(minutes=30),
        numbered=Numbered(_organisation(act), number) if number else None,
        authority=_organisation(act),
        conditions=act.words("conditions"),
        note=act.word("note"),
        respondent=scene.persons[respondent] if respondent else None,
        protected=tuple(scene.persons[one] for one in act.words("protected")) or _protected(act),
    )
    act.keep(orders.register_order(act.actor, id=act.id, case_ref=scene.case_ref, told=told, now=act.at).pk)


def _protected(act: Act) -> tuple[UUID, ...]:
    """Nobody, where the case does not know yet who is to be protected."""
    protected = case_list.protected_person(act.actor, act.scene.subject, now=act.at)
    return () if protected is None else (protected,)


def number(act: Act) -> None:
    told = Numbered(_organisation(act), act.told.take("number", str))
    orders.complete_number(act.actor, id=act.id, **_order(act), told=told, now=act.at)


def serve(act: Act) -> None:
    told = NewService(
        at=act.at - timedelta(minutes=20),
        how=act.told.take("how", str),
        refused=act.told.maybe("refused", bool) or False,
        told=act.word("told"),
    )
    orders.serve_order(act.actor, id=act.id, **_order(act), told=told, now=act.at)


def extend(act: Act) -> None:
    """`days`: until so many days after the day it was granted."""
    today = day_of(act.at)
    until = today + act.told.take("days", int) * DAY
    told = NewExtension(on=today, until=until, authority=_organisation(act), told=act.word("told"))
    orders.extend_order(act.actor, id=act.id, **_order(act), told=told, now=act.at)


def revoke(act: Act) -> None:
    told = NewRevocation(act.at, act.told.take("whose", str), act.told.take("reason", str))
    orders.revoke_order(act.actor, id=act.id, **_order(act), told=told, now=act.at)


def breach(act: Act) -> None:
    told = NewBreach(day_of(act.at), act.told.take("how", str), act.word("told"))
    orders.record_breach(act.actor, id=act.id, **_order(act), told=told, now=act.at)


def expired(act: Act) -> None:
    """What the installation does by itself after the last day."""
    orders.note_expired(SYSTEM, now=act.at)


def visit(act: Act) -> None:
    """`visited`: when it was made, where it was written down later."""
    visited = act.told.maybe("visited", str)
    told = NewVisit(
        visited_at=moment(visited, act.scene.now) if visited else act.at - timedelta(minutes=15),
        found=act.told.take("found", str),
        kept=act.word("kept"),
        where=act.told.take("where", str),
        told=act.word("told"),
    )
    followup.log_visit(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at)


def settle(act: Act) -> None:
    """Every duty of the case that is ended by saying so is done, each by whoever holds it."""
    for duty in duty_list.of_subject(act.actor, act.scene.subject, now=act.at):
        if duty.kind in BY_HAND:
            holder = act.scene.holder(duty.assignee_id)
            duties.finish_duty(holder, id=uuid5(act.id, str(duty.id)), duty_id=duty.id, now=act.at)


def hand_over(act: Act) -> None:
    """Every standing duty of these kinds."""
    kinds, to, reason = act.words("kinds"), act.scene.actor(act.told.take("to", str)), act.told.take("reason", str)
    for duty in duty_list.of_subject(act.actor, act.scene.subject, now=act.at):
        if duty.kind in kinds and duty.assignee_id != to.post_id:
            id = uuid5(act.id, str(duty.id))
            duties.hand_over(act.actor, id=id, duty_id=duty.id, to_post=to.post_id or 0, reason=reason, now=act.at)


def _she_says(act: Act) -> None:
    """Of the visits she is asked about: somebody came."""
    for duty in duty_list.of_subject(act.actor, act.scene.subject, now=act.at):
        if duty.kind == "visit.ask":
            ref, visit_id = act.scene.case_ref, UUID(duty.part)
            told = NewSaid("came", "safe_contact")
            holder, id = act.scene.holder(duty.assignee_id), uuid5(act.id, duty.part)
            followup.record_said(holder, id=id, case_ref=ref, visit_id=visit_id, told=told, now=act.at)


def close(act: Act) -> None:
    _she_says(act)
    reason, word = act.told.take("reason", str), act.told.take("word", str)
    said = uuid5(act.id, "her word")
    support.record_word(act.actor, id=said, case_ref=act.scene.case_ref, told=NewWord("safe", alone=True), now=act.at)
    closure.close_case(act.actor, id=act.id, case_ref=act.scene.case_ref, reason=reason, word=word, now=act.at)


def reopen(act: Act) -> None:
    why, word = act.told.take("reason", str), act.told.take("word", str)
    closure.reopen_case(act.actor, id=act.id, case_ref=act.scene.case_ref, why=why, word=word, now=act.at)


def _organisation(act: Act) -> int:
    return act.actor.organisation_id or 0


def _order(act: Act) -> dict[str, Any]:
    return {"case_ref": act.scene.case_ref, "order_id": act.made("order")}


LATER: Mapping[str, Do] = {
    "assess": assess,
    "happened": happened,
    "not_alone": not_alone,
    "countersign": countersign,
    "order": order,
    "number": number,
    "serve": serve,
    "extend": extend,
    "revoke": revoke,
    "breach": breach,
    "expired": expired,
    "visit": visit,
    "settle": settle,
    "hand_over": hand_over,
    "close": close,
    "reopen": reopen,
}
