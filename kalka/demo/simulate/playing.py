"""Playing one course of a case by the real commands, of whoever takes each step, at the time it tells of."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from kalka.core.actors import SYSTEM, Actor
from kalka.core.clock import BISHKEK, DAY
from kalka.core.datafile import Fields
from kalka.demo.acts import LATER
from kalka.demo.helped import HELP
from kalka.demo.reading import Step, Story
from kalka.demo.scene import Act, Scene
from kalka.demo.simulate import houses
from kalka.demo.simulate.drawing import Course
from kalka.demo.simulate.numbering import Account
from kalka.demo.simulate.recording import account
from kalka.demo.simulate.shapes import Move, Shape
from kalka.demo.simulate.told import Cast, Told
from kalka.demo.steps import STEPS
from kalka.intake import selectors as intake
from kalka.notices import services as notices
from kalka.notices.rules import State
from kalka.shelters import selectors as shelters

DO = STEPS | LATER | HELP  # type: ignore[operator]  # all of them are dictionaries
ODD = 13  # seconds past the minute, by which what is counted from a step is known from what the calendar says
SENT, SEEN = timedelta(minutes=1), timedelta(minutes=35)
# What a course is told with while it is played to be learnt: each word only once, so that it is found again.
LEARNT: Mapping[str, Any] = {
    "forms.told": ["economic", "neglect"],
    "forms": "economic,neglect",
    "answers": {
        "penetration": "no",
        "sexual_contact": "no",
        "physical": "no",
        "forced_marriage": "no",
        "resources": "yes",
    },
    "gbvims": "denial_of_resources",
    "contexts.told": ["elder_abuse"],
    "contexts": "elder_abuse",
    "relation": "spouse",
    "way": "file",
    "firsthand": "no",
    "her.sex": "other",
    "his.sex": "m",
    "her.band": "25-34",
    "his.band": "35-44",
    "her.age_from": 25,
    "her.language": "dungan",
    "relationship": "intimate",
    "phone": "+996 509 000 901",
    "her.phone": "+996 509 000 902",
    "order.number": "ҮЛГҮ-77/19",
}


@dataclass(slots=True)
class Played:
    """What a play has left so far: the subjects, with whoever sees all of each."""

    told: Told
    subjects: dict[UUID, Actor] = field(default_factory=dict)


def learnt(shape: Shape, cast: Cast, day: date) -> Told:
    """The shape's own course, with words that cannot be mistaken."""
    texts: tuple[str, ...] = ("what", "what2", "where", "reporter", "calmer", "agreed", "no_case")
    texts += tuple(f"{one}{n}" for one in ("reason", "visit", "note", "closing") for n in ("", "2"))
    texts += tuple(f"{who}.{name}" for who in ("her", "his", "mother") for name in ("family", "given", "patronymic"))
    words: dict[str, Any] = {one: f"«{one.replace('.', '-')}-тексти»" for one in texts}
    words |= {**LEARNT, "by_whom": "neighbour", "place": cast.place}
    words |= {"village": cast.villages[0] if cast.villages else cast.place}
    words |= {"her.born": day.year - 30, "his.born": day.year - 40}
    return Told(cast.with_teller(cast.tellers[0]), words, _moment(day, shape.moves[0].hour, 0), day)


def of_course(course: Course, cast: Cast) -> Told:
    begun = _moment(course.day, course.shape.moves[0].hour, course.minutes)
    return Told(cast.with_teller(cast.tellers[course.teller]), course.words, begun, course.day)


def play(shape: Shape, told: Told, *, minutes: int = 0, key: str) -> Played:
    """Every step in its order, and what the installation does by itself in between. `key` names the ids."""
    village, aimak = (Story(key, told.words[place], ()) for place in ("village", "place"))
    shared = {"bed 1": houses.id_of("bed", told.cast)} if houses.KEEPER in told.cast.members else {}
    scene = Scene(village, told.cast.members, told.begun, shared=shared)
    played = Played(told)
    for number, move in enumerate(shape.moves):
        scene.at = _moment(told.day + move.day * DAY, move.hour, minutes)
        scene.story = village if move.do == "report" else aimak
        _do(scene, move, number, told)
        _keep(scene, move, played)
        _deliver(played, scene.at)
    played.told = Told(told.cast, told.words, told.begun, told.day, scene.case_ref)
    return played


def read_back(played: Played) -> Account:
    now = played.told.begun + timedelta(days=400)
    reader = played.told.cast.actor("worker")
    return account(reader, subjects=played.subjects, told=played.told, now=now)


def _do(scene: Scene, move: Move, number: int, told: Told) -> None:
    body = {name: _filled(one, told) for name, one in move.told.items()}
    step = Step(move.do, move.by, "", move.label, Fields(body, move.do))
    act = Act(step, scene, scene.actor(move.by), scene.at, scene.story.id(move.label or f"{number} {move.do}"))
    DO[move.do](act)
    step.told.close()


def _keep(scene: Scene, move: Move, played: Played) -> None:
    """Whoever wrote the report sees it; whoever opened the case sees that; whoever took somebody in sees the stay."""
    if move.do == "report" and scene.report_id is not None:
        teller = scene.actor(move.by)
        played.subjects[intake.get_report(teller, scene.report_id, now=scene.at).subject_id] = teller
    if move.do in ("open", "at_risk"):
        played.subjects[scene.subject] = scene.actor(move.by)
    if move.do == "arrive":
        keeper = scene.actor(move.by)
        stay = shelters.get_stay(keeper, scene.made[move.label], now=scene.at)
        played.subjects[stay.subject_id] = keeper


def _deliver(played: Played, at: datetime) -> None:
    """Notices go out at once, and a post reads its own within the hour."""
    notice = apps.get_model("notices", "Notice")
    waiting = list(notice.objects.filter(subject_id__in=played.subjects, seen_at=None).order_by("kind", "to_post_id"))
    cast = played.told.cast
    for one in waiting:
        notices.settle_notice(SYSTEM, notice_id=one.pk, state=State.SENT, now=at + SENT)
        reader = cast.actor(cast.post_name(one.to_post_id or 0))
        notices.see_notices(reader, ids=[one.pk], now=at + SEEN)


def _moment(day: date, hour: str, minutes: int) -> datetime:
    at = datetime.combine(day, time.fromisoformat(hour), tzinfo=BISHKEK)
    return at + timedelta(minutes=minutes, seconds=ODD)


def _filled(value: Any, told: Told) -> Any:
    """`$word` and `@day` become what they stand for; `$her` and `$him` a person."""
    if isinstance(value, dict):
        return {name: _filled(one, told) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, told) for one in value]
    if not isinstance(value, str) or value[:1] not in ("$", "@"):
        return value
    if value[0] == "@":
        return (told.day + int(value[1:]) * DAY).isoformat()
    if value in ("$her", "$him"):
        return _person("her" if value == "$her" else "his", told.words)
    if value == "$mother.name":
        return _name("mother", told.words)
    return told.words[value[1:]]


def _person(who: str, words: Mapping[str, Any]) -> dict[str, Any]:
    found = {"name": _name(who, words), "sex": words[f"{who}.sex"], "born": words[f"{who}.born"]}
    if who == "her":
        found |= {"phone": words["her.phone"], "hours": "10:00-17:00", "language": words["her.language"]}
    return found


def _name(who: str, words: Mapping[str, Any]) -> str:
    return " ".join(one for part in ("family", "given", "patronymic") if (one := words[f"{who}.{part}"]))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back, also by commands that would have kept it."""
    if connection.in_atomic_block:
        mark = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(mark)
            transaction.savepoint_commit(mark)  # gone back to, it would stand there still
        return
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    finally:
        connection.rollback()
        connection.set_autocommit(True)
