"""Two men of the stories were sent to a programme: one comes, one does not and is abroad by now."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from kalka.core.clock import day_of
from kalka.demo.scene import Scene
from kalka.demo.staffing import Member
from kalka.programmes import services
from kalka.programmes.rules import Mark, NewGroup, NewSending, NewSession, NewStep

DAY = timedelta(days=1)
WORLD = UUID("5b0a6a0e-3b53-4e0c-9d0a-6f0b7c1f2a11")
SENT = (("uchkun-order-breached", "former"), ("uchkun-not-served", "husband"))
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
        services.take_step(leader, id=id, enrolment_id=one, told=step, now=now - 2 * DAY + timedelta(hours=number + 1))
    for number, (module, mark) in enumerate(HELD):
        at = now - (1 - number) * DAY - timedelta(hours=2)
        held = NewSession(day_of(at), module, {first: mark})
        services.hold_session(leader, id=uuid5(WORLD, f"session {number}"), group_id=group.pk, told=held, now=at)
