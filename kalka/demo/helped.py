"""The steps of a family through the single window, as in steps.py: needs, referrals, ways through care, conferences."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from kalka.cases import selectors as case_list
from kalka.core.clock import DAY, day_of
from kalka.core.datafile import Fields
from kalka.demo.guiding import service_id
from kalka.demo.reading import moment
from kalka.demo.scene import Act
from kalka.demo.sheltered import HOUSE
from kalka.demo.steps import Do
from kalka.demo.supported import SUPPORTED
from kalka.referrals import services as referrals
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import NewChoice, NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral, NewStep
from kalka.referrals.rules.tracks import NewTrack, NewTrackStep


def needs(act: Act) -> None:
    """`asked`: how urgent each kind of help is, and behind it what she says, where that is not «yes»."""
    asked = Fields(act.told.raw("asked"), act.told.where)
    found = tuple(NewNeed(code, *asked.take(code, str).split()) for code in asked.names())
    asked.close()
    told = NewIntake(found, ago=act.word("ago"), told=act.word("told"))
    referrals.note_needs(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at)
    act.scene.made |= {one.code: uuid5(act.id, one.code) for one in found}


def choose(act: Act) -> None:
    told = NewChoice(act.told.take("wish", str), act.word("told"))
    referrals.choose(act.actor, id=act.id, **_need(act), told=told, now=act.at)


def refer(act: Act) -> None:
    """`for`: the need. `days`: how long her consent runs, where it is given with it. Its consent is kept beside it."""
    told = NewReferral(
        service_id=service_id(act.told.take("service", str)),
        warm=act.word("warm", "call"),
        handed=act.told.take("handed", str),
        given_by=case_list.protected_person(act.actor, act.scene.subject, now=act.at),
        until=day_of(act.at) + (act.told.maybe("days", int) or 90) * DAY,
        instead_of=act.made("instead_of") if "instead_of" in act.told else None,
    )
    row = referrals.refer(act.actor, id=act.id, **_need(act), told=told, now=act.at)
    act.keep(row.pk)
    if act.step.label and row.consent_id:
        act.scene.made[f"{act.step.label} consent"] = row.consent_id


def answer(act: Act) -> None:
    """By whoever was asked."""
    referrals.answer(act.actor, id=act.id, referral_id=act.made("referral"), told=_step(act), now=act.at)


def referral(act: Act) -> None:
    """By whoever sent it: taken back, or what a service said that is only called."""
    told, asked = _step(act), act.made("referral")
    referrals.note_step(act.actor, id=act.id, case_ref=act.scene.case_ref, referral_id=asked, told=told, now=act.at)


def track(act: Act) -> None:
    told = NewTrack(act.told.take("kind", str), by=act.word("who_did", "unknown"), ago=act.word("ago", "unknown"))
    act.keep(referrals.begin_track(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at).pk)


def track_step(act: Act) -> None:
    on = act.scene.day(act.told.take("on", str)) if "on" in act.told else day_of(act.at)
    told = NewTrackStep(act.word("outcome", "done"), on, act.word("told"))
    number, of = act.told.take("number", int), act.made("track")
    given: dict[str, Any] = {"case_ref": act.scene.case_ref, "track_id": of, "number": number}
    referrals.note_track_step(act.actor, id=act.id, **given, told=told, now=act.at)


def conference(act: Act) -> None:
    """`sits`: when."""
    posts = tuple(act.scene.actor(login).post_id or 0 for login in act.words("posts"))
    at = moment(act.told.take("sits", str), act.scene.now)
    told = NewConference(max(at, act.at + timedelta(hours=1)), posts, where=act.word("where"))
    act.keep(referrals.call_conference(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at).pk)


def minutes(act: Act) -> None:
    """`decisions`: who does what, and in how many days."""
    decided = [Fields(raw, act.told.where) for raw in act.told.take("decisions", list)]
    told = NewMinutes(
        came=tuple(act.scene.actor(login).post_id or 0 for login in act.words("came")),
        said=act.told.take("said", str),
        her_word=act.word("her_word"),
        decisions=tuple(
            NewDecision(
                owner=act.scene.actor(one.take("who", str)).post_id or 0,
                by=day_of(act.at) + one.take("days", int) * DAY,
                what=one.take("what", str),
            )
            for one in decided
        ),
    )
    of = act.made("conference")
    referrals.write_minutes(act.actor, id=act.id, case_ref=act.scene.case_ref, conference_id=of, told=told, now=act.at)
    act.scene.made |= {f"decision {n + 1}": uuid5(act.id, f"decision {n}") for n in range(len(decided))}


def carry_out(act: Act) -> None:
    referrals.carry_out(act.actor, id=act.id, decision_id=act.made("decision"), told=act.word("told"), now=act.at)


def _need(act: Act) -> dict[str, Any]:
    need: UUID = act.made("for")
    return {"case_ref": act.scene.case_ref, "need_id": need}


def _step(act: Act) -> NewStep:
    return NewStep(act.told.take("to", str), act.word("why"), act.word("told"))


WINDOW: Mapping[str, Do] = {
    "needs": needs,
    "choose": choose,
    "refer": refer,
    "answer": answer,
    "referral": referral,
    "track": track,
    "track_step": track_step,
    "conference": conference,
    "minutes": minutes,
    "carry_out": carry_out,
}
HELP: Mapping[str, Do] = {**WINDOW, **SUPPORTED, **HOUSE}
