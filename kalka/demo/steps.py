"""What a step of a story does, each by the ordinary command of whoever did it: from the report to the team."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from kalka.accounts import drafts
from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.rules import Circle, NewConsent, NewDemand, NewIncident, NewNote, NewWord, Part, Saying
from kalka.core.clock import DAY, day_of
from kalka.core.datafile import Fields
from kalka.demo.scene import Act, person
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.people.rules import NewPerson
from kalka.places import selectors as places

if TYPE_CHECKING:
    from kalka.cases.models import Case

Do = Callable[[Act], None]


def report(act: Act) -> None:
    told, scene = act.told, act.scene
    day = scene.day(told.take("told_on", str)) if "told_on" in told else day_of(act.at)
    found = NewReport(
        danger=told.take("danger", str),
        told_on=day,
        way=act.word("way", "walk_in"),
        by_whom=act.word("by_whom", "other"),
        firsthand=act.word("firsthand", "unknown"),
        place=scene.story.place,
        language=act.word("language"),
        interpreter=told.maybe("interpreter", bool) or False,
        sign_language=told.maybe("sign_language", bool) or False,
        escort=told.maybe("escort", bool) or False,
        other_needs=act.word("other_needs"),
        what=act.word("what"),
        happened=scene.day(told.take("happened", str)).isoformat() if "happened" in told else "",
        when_words=act.word("when"),
        where=act.word("where"),
        children=act.word("children", "unknown"),
        children_count=told.maybe("children_count", int),
        phone=act.word("phone"),
        safe=act.word("safe"),
        reporter_name=act.word("reporter"),
        reporter_phone=act.word("reporter_phone"),
        reporter_note=act.word("reporter_note"),
    )
    scene.report_id = intake.receive_report(act.actor, id=act.id, told=found, now=act.at).pk


def correct(act: Act) -> None:
    intake.correct_report(act.actor, id=act.id, report_id=_report(act), text=act.told.take("text", str), now=act.at)


def triage(act: Act) -> None:
    intake.triage_report(
        act.actor,
        id=act.id,
        report_id=_report(act),
        outcome=act.told.take("outcome", str),
        reason=act.word("reason"),
        to_role=act.word("to_role"),
        now=act.at,
    )


def draft(act: Act) -> None:
    """Half written and not sent, as the report form keeps it."""
    said = {name: [act.told.take(name, str)] for name in act.told.names()}
    place = {"place": [act.scene.story.place]}
    drafts.keep_draft(act.actor, id=act.id, kind="intake.report", values=said | place, now=act.at)


def open_(act: Act) -> None:
    _opened(act, cases.open_case(act.actor, id=act.id, report_id=_report(act), protected=_protected(act), now=act.at))


def at_risk(act: Act) -> None:
    where = places.aimak_of(act.scene.story.place)
    _opened(act, cases.open_at_risk(act.actor, id=act.id, place=where, protected=_protected(act), now=act.at))


def part(act: Act) -> None:
    """Somebody takes a part; `user`: a member of the staff is this person, and is walled off."""
    user = act.told.maybe("user", str)
    known = act.told.maybe("again", str)
    row = cases.add_participant(
        act.actor,
        id=act.id,
        case_ref=act.scene.case_ref,
        person=act.scene.persons[known] if known else person(act.told.raw("who"), act.told.where),
        part=Part(act.told.take("part", str)),
        relation=act.word("relation", "unknown"),
        user_id=act.scene.actor(user).user_id if user else None,
        now=act.at,
    )
    act.keep(row.pk)
    if act.step.label:
        act.scene.persons[act.step.label] = row.person_id


def name_child(act: Act) -> None:
    """More is known by now of a child the report had only counted."""
    child = uuid5(uuid5(act.scene.case(), "incident"), f"child {act.told.take('number', int) - 1}")
    told = person(act.told.raw("who"), act.told.where)
    cases.correct_participant(
        act.actor,
        id=act.id,
        case_ref=act.scene.case_ref,
        person_id=uuid5(child, "person"),
        told=told,
        corrects=0,
        now=act.at,
    )


def incident(act: Act) -> None:
    told = act.told
    answers = Fields(told.raw("answers"), told.where) if "answers" in told else None
    found = NewIncident(
        on=act.scene.day(told.take("happened", str)),
        precision=act.word("precision", "day"),
        place=act.scene.story.place,
        forms=act.words("forms"),
        answers={name: answers.take(name, str) for name in answers.names()} if answers else {},
        contexts=act.words("contexts"),
        what=act.word("what"),
        where=act.word("where"),
        when_words=act.word("when"),
        alleged=tuple(act.scene.made[one] for one in act.words("alleged")),
        children=tuple(act.scene.made[one] for one in act.words("children")),
        amends=uuid5(act.scene.case(), "incident") if told.maybe("amends_first", bool) else None,
    )
    cases.record_incident(act.actor, id=act.id, case_ref=act.scene.case_ref, told=found, now=act.at)


def team(act: Act) -> None:
    """Whoever a duty has brought into the team by then stays as they are."""
    post_id = _post_of(act, "who")
    team = case_selectors.team(act.actor, act.scene.subject, now=act.at)
    if any(line.post.id == post_id and line.scope == "file" for line in team):
        return
    row = cases.add_member(
        act.actor,
        id=act.id,
        case_ref=act.scene.case_ref,
        post_id=post_id,
        why=act.word("why", "works"),
        scope=act.word("scope", "file"),
        now=act.at,
    )
    act.keep(row.pk)


def leave(act: Act) -> None:
    cases.remove_member(
        act.actor, id=act.id, case_ref=act.scene.case_ref, member_id=_member(act, _post_of(act, "who")), now=act.at
    )


def consent(act: Act) -> None:
    protected = case_selectors.protected_person(act.actor, act.scene.subject, now=act.at)
    assert protected is not None
    told = NewConsent(
        organisation_id=act.scene.actor(act.told.take("to", str)).organisation_id or 0,
        purpose=act.told.take("purpose", str),
        given_by=protected,
        until=day_of(act.at) + act.told.take("days", int) * DAY,
        scope=act.word("scope", "duties"),
    )
    act.keep(cases.give_consent(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at).pk)


def withdraw(act: Act) -> None:
    cases.withdraw_consent(
        act.actor, id=act.id, case_ref=act.scene.case_ref, consent_id=act.made("consent"), now=act.at
    )


def note(act: Act) -> None:
    readers = tuple(act.scene.actor(login).post_id or 0 for login in act.words("readers"))
    told = NewNote(Circle(act.word("circle", "team")), act.told.take("text", str), readers)
    act.keep(cases.write_note(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at).pk)


def demand(act: Act) -> None:
    told = NewDemand(
        who=act.told.take("who", str), on=day_of(act.at), ground=act.told.take("ground", str), note=act.made("note")
    )
    cases.record_demand(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at)


def word(act: Act) -> None:
    told = NewWord(Saying(act.told.take("kind", str)), act.scene.day(act.told.take("happened", str)), act.word("told"))
    cases.record_word(act.actor, id=act.id, case_ref=act.scene.case_ref, told=told, now=act.at)


def _report(act: Act) -> UUID:
    if act.scene.report_id is None:
        raise LookupError(f"{act.scene.story.key}: no report yet")
    return act.scene.report_id


def _protected(act: Act) -> NewPerson | None:
    return person(act.told.raw("protected"), act.told.where) if "protected" in act.told else None


def _opened(act: Act, case: "Case") -> None:
    act.scene.case_id, act.scene.case_ref, act.scene.subject_id = case.pk, case.ref, case.subject_id


def _post_of(act: Act, key: str) -> int:
    return act.scene.actor(act.told.take(key, str)).post_id or 0


def _member(act: Act, post_id: int) -> UUID:
    team = case_selectors.team(act.actor, act.scene.subject, now=act.at)
    return next(line.id for line in team if line.post.id == post_id)


STEPS: Mapping[str, Do] = {
    "report": report,
    "correct": correct,
    "triage": triage,
    "draft": draft,
    "open": open_,
    "at_risk": at_risk,
    "part": part,
    "name_child": name_child,
    "incident": incident,
    "team": team,
    "leave": leave,
    "consent": consent,
    "withdraw": withdraw,
    "note": note,
    "demand": demand,
    "word": word,
}
