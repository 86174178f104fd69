"""Men of the stories were sent to a programme: one comes, one is abroad by now, one evades it, one waits for a
seat, one has finished."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from kalka.core.actors import SYSTEM, Actor
from kalka.core.clock import day_of
from kalka.demo.scene import Scene
from kalka.demo.staffing import Member
from kalka.programmes import services
from kalka.programmes.rules import Mark, NewGroup, NewSending, NewSession, NewStep

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORLD = UUID("5b0a6a0e-3b53-4e0c-9d0a-6f0b7c1f2a11")
SENT = (("uchkun-order-breached", "former"), ("uchkun-not-served", "husband"))
EVADES, WAITS = ("uchkun-ends-soon", "brother"), ("uchkun-order-runs", "husband")
FINISHES = ("uchkun-medium", "husband")
ALL_OF_IT = {"agreement": 2, "violence": 3, "answering": 3, "anger": 4, "equals": 4, "father": 3, "drink": 2}
MISSED = (("agreement", Mark("came")), ("agreement", Mark("unexcused")), ("violence", Mark("unexcused")))
HELD = (("agreement", Mark("came")), ("agreement", Mark("excused", "road")))


def programmed(people: Mapping[str, Member], scenes: Mapping[str, Scene]) -> None:
    inspector, leader = people["inspektor"].actor, people["probatsiya"].actor
    sent = []
    for number, (key, who) in enumerate(SENT):
        scene = scenes[key]
        told = NewSending(scene.persons[who], leader.organisation_id or 0, "order")
        id, at = uuid5(WORLD, key), scene.now - (3 - number) * DAY
        made = services.send(inspector, id=id, case_ref=scene.case_ref, told=told, now=at)
        sent.append(made.enrolment_id)
    now = scenes[SENT[0][0]].now
    begun = NewGroup("men", "ky", 10, day_of(now - 2 * DAY))
    group = services.begin_group(leader, id=uuid5(WORLD, "group"), told=begun, now=now - 2 * DAY)
    first, second = sent
    steps = ((first, NewStep("placed", group=group.pk)), (second, NewStep("abroad")))
    for number, (one, step) in enumerate(steps):
        id = uuid5(WORLD, f"step {number}")
        services.take_step(leader, id=id, enrolment_id=one, told=step, now=now - 2 * DAY + (number + 1) * HOUR)
    for number, (module, mark) in enumerate(HELD):
        at = now - (1 - number) * DAY - 2 * HOUR
        held = NewSession(day_of(at), module, {first: mark})
        services.hold_session(leader, id=uuid5(WORLD, f"session {number}"), group_id=group.pk, told=held, now=at)
    _evades(people, scenes)
    _finished(people, scenes)
    services.require(SYSTEM, now=now)  # who was never sent is a list


def _evades(people: Mapping[str, Member], scenes: Mapping[str, Scene]) -> None:
    """He missed twice, was asked, and the leader says so: whoever sent him decides on proceedings."""
    inspector, leader = people["inspektor"].actor, people["probatsiya"].actor
    runs_at, now = leader.organisation_id or 0, scenes[EVADES[0]].now
    made = []
    for (key, who), ago in ((EVADES, 14 * DAY), (WAITS, 20 * HOUR)):
        told = NewSending(scenes[key].persons[who], runs_at, "order")
        id, ref = uuid5(WORLD, f"sent {key}"), scenes[key].case_ref
        made.append(services.send(inspector, id=id, case_ref=ref, told=told, now=now - ago).enrolment_id)
    evades, waits = made
    begun = NewGroup("men", "ru", 8, day_of(now - 12 * DAY))
    group = services.begin_group(leader, id=uuid5(WORLD, "group of two"), told=begun, now=now - 12 * DAY)
    said = NewStep("evasion", asked=True, told="Эки жолу чалдым. «Убактым жок, барбайм» деди.")
    steps = (
        (evades, NewStep("placed", group=group.pk), 12 * DAY),
        (evades, said, 5 * HOUR),
        (waits, NewStep("waiting"), 4 * HOUR),
    )
    for number, (one, step, ago) in enumerate(steps):
        if step is said:
            _missed(leader, evades, group.pk, now)
        id = uuid5(WORLD, f"step of two {number}")
        services.take_step(leader, id=id, enrolment_id=one, told=step, now=now - ago)


def _finished(people: Mapping[str, Member], scenes: Mapping[str, Scene]) -> None:
    """He went without being told to, every day; the last evening each module was attended and he finished."""
    inspector, leader = people["inspektor"].actor, people["probatsiya"].actor
    key, who = FINISHES
    scene, now = scenes[key], scenes[key].now
    modules = [*(module for module, times in ALL_OF_IT.items() for _ in range(times)), "onward"]
    begins = now - (len(modules) + 1) * DAY
    sending = NewSending(scene.persons[who], leader.organisation_id or 0, "own")
    id = uuid5(WORLD, f"sent {key}")
    one = services.send(inspector, id=id, case_ref=scene.case_ref, told=sending, now=begins).enrolment_id
    begun = NewGroup("men", "ky", 6, day_of(begins))
    group = services.begin_group(leader, id=uuid5(WORLD, "group of every day"), told=begun, now=begins)
    seat, end = NewStep("placed", group=group.pk), NewStep("completed")
    services.take_step(leader, id=uuid5(WORLD, "seat of every day"), enrolment_id=one, told=seat, now=begins + HOUR)
    for number, module in enumerate(modules, start=1):
        at = begins + number * DAY + 2 * HOUR
        held = NewSession(day_of(at), module, {one: Mark("came")})
        services.hold_session(leader, id=uuid5(WORLD, f"day {number}"), group_id=group.pk, told=held, now=at)
    services.take_step(leader, id=uuid5(WORLD, "end of every day"), enrolment_id=one, told=end, now=now - 6 * HOUR)


def _missed(leader: Actor, one: UUID, group: UUID, now: datetime) -> None:
    for number, (module, mark) in enumerate(MISSED):
        at = now - (10 - 3 * number) * DAY
        told = NewSession(day_of(at), module, {one: mark})
        id = uuid5(WORLD, f"session of two {number}")
        services.hold_session(leader, id=id, group_id=group, told=told, now=at)
