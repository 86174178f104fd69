"""Help that is planned and given, an advocate whom the state pays, a psychologist's list, what a clinic and a school
saw: as in steps.py."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from kalka.cases import selectors as case_list
from kalka.core.clock import DAY, day_of
from kalka.core.datafile import Fields
from kalka.demo.scene import Act
from kalka.demo.steps import Do
from kalka.findings import services as findings
from kalka.findings.rules import Mark, NewFinding, NewSchool
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import Held, NewRequest, NewSession
from kalka.support import rules
from kalka.support import services as support


def goal(act: Act) -> None:
    area, words = act.told.take("area", str), act.told.take("words", str)
    act.keep(support.add_goal(act.actor, id=act.id, **_case(act), area=area, words=words).pk)


def end_goal(act: Act) -> None:
    support.end_goal(act.actor, id=act.id, **_case(act), goal_id=act.made("goal"), how=act.told.take("how", str))


def action(act: Act) -> None:
    """`days`: by when, counted from the step."""
    owner = act.scene.actor(act.told.take("who", str)).post_id or 0
    told = rules.NewAction(owner, day_of(act.at) + act.told.take("days", int) * DAY, act.told.take("what", str))
    act.keep(support.add_action(act.actor, id=act.id, **_case(act), goal_id=act.made("goal"), told=told).pk)


def acted(act: Act) -> None:
    given: dict[str, Any] = {"action_id": act.made("action"), "how": act.word("how", "done"), "note": act.word("told")}
    support.end_action(act.actor, id=act.id, **_case(act), **given)


def service(act: Act) -> None:
    told = rules.NewService(act.told.take("kind", str), act.told.take("minutes", int), day_of(act.at))
    support.give_service(act.actor, id=act.id, **_case(act), told=told)


def safety(act: Act) -> None:
    """The whole of it, by section. `corrects`: the number of the one it takes the place of."""
    plan = Fields(act.told.raw("plan"), act.told.where)
    told, corrects = {name: plan.take(name, str) for name in plan.names()}, act.told.maybe("corrects", int) or 0
    support.write_safety_plan(act.actor, id=act.id, **_case(act), told=told, corrects=corrects)


def aid(act: Act) -> None:
    """`receipt`: the text of a paper that came with it."""
    som = act.told.maybe("som", int) or 0
    told = rules.NewAid(act.told.take("budget", str), act.told.take("what", str), som, day_of(act.at))
    row = support.give_aid(act.actor, id=act.id, **_case(act), told=told)
    if paper := act.word("receipt"):
        given: dict[str, Any] = {"aid_id": row.pk, "name": "Ведомость.txt", "content": paper.encode()}
        support.attach_receipt(act.actor, id=act.scene.story.id(f"receipt {row.pk}"), **_case(act), **given)


def document(act: Act) -> None:
    given: dict[str, Any] = {"kind": act.told.take("kind", str), "state": act.told.take("state", str)}
    support.note_document(act.actor, id=act.id, **_case(act), **given, on=day_of(act.at))


def contact(act: Act) -> None:
    """`next`: asked again in so many days."""
    days = act.told.maybe("next", int)
    told = rules.NewContact(
        on=day_of(act.at),
        channel=act.word("channel", "call"),
        reached=act.word("reached", "spoke"),
        next_on=day_of(act.at) + days * DAY if days else None,
        told=act.word("told"),
    )
    support.log_contact(act.actor, id=act.id, **_case(act), told=told)


def outcome(act: Act) -> None:
    scores = Fields(act.told.raw("scores"), act.told.where)
    told = rules.NewOutcome(act.told.take("moment", str), **{name: scores.take(name, int) for name in scores.names()})
    support.measure(act.actor, id=act.id, **_case(act), told=told)


def her_word(act: Act) -> None:
    told = rules.NewWord(act.told.take("feels", str), alone=True, told=act.word("told"))
    support.record_word(act.actor, id=act.id, **_case(act), told=told)


def advocate(act: Act) -> None:
    """Asked for, for the protected person; `who`: appointed in the same hour."""
    client = case_list.protected_person(act.actor, act.scene.subject, now=act.at)
    assert client is not None
    told = NewRequest(client, act.told.take("category", str), act.told.take("ground", str), act.word("told"))
    row = legalaid.request_aid(act.actor, id=act.id, **_case(act), told=told)
    act.keep(row.pk)
    if who := act.word("who"):
        id, at = act.scene.story.id(f"appointed {row.pk}"), act.at + timedelta(minutes=20)
        given: dict[str, Any] = {"request_id": row.pk, "advocate": act.scene.actor(who).post_id or 0}
        legalaid.appoint(act.actor, id=id, case_ref=act.scene.case_ref, now=at, **given)
        act.scene.made[f"{act.step.label} appointed"] = id


def takes(act: Act) -> None:
    """The advocate takes it for so many days, or says why not."""
    days, why = act.told.maybe("days", int), act.word("why")
    given: dict[str, Any] = {"accepted": not why, "reason": why}
    until = day_of(act.at) + days * DAY if days else None
    appointment: UUID = act.made("appointed")
    legalaid.answer_appointment(act.actor, id=act.id, **_case(act), appointment_id=appointment, until=until, **given)


def result(act: Act) -> None:
    request, how = act.made("request"), act.told.take("how", str)
    legalaid.record_result(act.actor, id=act.id, **_case(act), request_id=request, how=how, on=day_of(act.at))


def village_day(act: Act) -> None:
    """A lawyer was in the village of the story: how many came, and what they asked about."""
    place, on = act.scene.story.place, day_of(act.at)
    day = legalaid.plan_day(act.actor, id=act.id, place=place, on=on, now=act.at - timedelta(hours=9))
    topics = Fields(act.told.raw("topics"), act.told.where)
    asked = {name: topics.take(name, int) for name in topics.names()}
    held = Held(act.told.take("women", int), act.told.take("men", int), asked)
    legalaid.note_held(act.actor, id=act.scene.story.id(f"held {act.id}"), day_id=day.pk, told=held, now=act.at)


def waits(act: Act) -> None:
    """On the list of a psychologist of the team."""
    post, urgency = act.scene.actor(act.told.take("who", str)).post_id or 0, act.word("urgency", "usual")
    legalaid.put_on_list(act.actor, id=act.id, **_case(act), psychologist=post, urgency=urgency)


def session(act: Act) -> None:
    minutes = act.told.maybe("minutes", int) or 0
    told = NewSession(act.word("kind", "usual"), minutes, day_of(act.at), came=minutes > 0)
    legalaid.hold_session(act.actor, id=act.id, **_case(act), told=told)


def clinic(act: Act) -> None:
    """`injuries`: «face bruise 5». `hours`: since the assault."""
    hours = act.told.maybe("hours", int)
    told = NewFinding(
        place=act.scene.story.place,
        sexual=act.word("sexual", "no"),
        assaulted_at=act.at - timedelta(hours=hours) if hours is not None else None,
        case_ref=act.scene.case_ref,
        name=act.word("name"),
        told=act.word("told"),
        marks=tuple(Mark(*one.split()) for one in act.words("injuries")),
    )
    row = findings.write_finding(act.actor, id=act.id, told=told, now=act.at)
    if act.step.label:
        act.scene.made[act.step.label] = row.subject_id


def school(act: Act) -> None:
    told = NewSchool(
        place=act.scene.story.place,
        sex=act.told.take("sex", str),
        age_band=act.told.take("band", str),
        signs=act.words("signs"),
        by_parent=act.word("by_parent", "unknown"),
        case_ref=act.scene.case_ref,
        name=act.word("name"),
        parent_family=act.word("family"),
        parent_given=act.word("given"),
        told=act.word("told"),
    )
    row = findings.report_child(act.actor, id=act.id, told=told, now=act.at)
    if act.step.label:
        act.scene.made[act.step.label] = row.subject_id


def read(act: Act) -> None:
    """Whoever works on the case it names has read it."""
    findings.acknowledge(act.actor, id=act.id, file=act.made("what"), case_ref=act.scene.case_ref, now=act.at)


def to_111(act: Act) -> None:
    given: dict[str, Any] = {"file": act.made("what"), "on": day_of(act.at), "number": act.word("number")}
    findings.hand_over(act.actor, id=act.id, **given, now=act.at)


def _case(act: Act) -> dict[str, Any]:
    return {"case_ref": act.scene.case_ref, "now": act.at}


SUPPORTED: Mapping[str, Do] = {
    "goal": goal,
    "end_goal": end_goal,
    "action": action,
    "acted": acted,
    "service": service,
    "safety": safety,
    "aid": aid,
    "document": document,
    "contact": contact,
    "outcome": outcome,
    "her_word": her_word,
    "advocate": advocate,
    "takes": takes,
    "result": result,
    "village_day": village_day,
    "waits": waits,
    "session": session,
    "clinic": clinic,
    "school": school,
    "read": read,
    "to_111": to_111,
}
