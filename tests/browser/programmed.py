"""Programmes for the browser: a group with sessions, somebody who waits, somebody away, and orders nobody followed."""

from datetime import timedelta
from typing import Any

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from kalka.people.rules import Name, NewPerson
from kalka.programmes import services
from kalka.programmes.rules import Mark, NewGroup, NewSending, NewSession, NewStep, NewThreat

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEN = (
    ("Токтогулов", "Эрлан", 1990),
    ("Абдиев", "Нурбек", 1979),
    ("Садыков", "Тынчтык", 1985),
    ("Исаев", "Талант", 1988),
    ("Маматов", "Улан", 1996),
)
WOMEN = (("Асанова", "Жылдыз"), ("Садыкова", "Айгүл"), ("Исаева", "Нурзат"), ("Маматова", "Чолпон"))
HELD = ("agreement", "agreement", "violence", "violence", "violence")


def programmed(town: Any, opened: Any) -> dict[str, Any]:
    """Five files of five women; the fourth man evades, the last one was never sent."""
    at = town.now - 20 * DAY
    sent, refs = [], []
    for number, (family, given, born) in enumerate(MEN):
        her = {} if number == 0 else {"protected": NewPerson(sex="f", names=(Name(*WOMEN[number - 1]),))}
        case = opened(town, at, **her, danger="yes")
        him = NewPerson(sex="m", names=(Name(family, given),), birth_year=born, pin=f"1010119{born}0045{number}")
        named = {"case_ref": case.ref, "now": at + 2 * HOUR}
        man = cases.add_participant(
            town.inspektor, id=new_id(), person=him, part=Part.ALLEGED, relation="spouse", **named
        )
        told = NewOrder(issued_at=at, respondent=man.person_id)
        orders.register_order(town.inspektor, id=new_id(), told=told, **named)
        refs.append(case.ref)
        if number < 4:
            to = NewSending(man.person_id, town.probatsiya.organisation_id or 0, "order", "+996700112233")
            sent.append(services.send(town.inspektor, id=new_id(), told=to, **named))
    services.require(SYSTEM, now=at + 3 * HOUR)
    evades = {"evaded": refs[3], "evades": str(sent[3].person_id)}
    return {"ref": refs[-1], **evades, **_led(town, [one.enrolment_id for one in sent])}


def _led(town: Any, sent: list[Any]) -> dict[str, Any]:
    by, at = town.probatsiya, town.now - 18 * DAY
    begun = NewGroup("men", "ky", 10, day_of(at))
    group = services.begin_group(by, id=new_id(), told=begun, now=at)
    first, second, third, fourth = sent
    for one in (first, second, fourth):
        services.take_step(by, id=new_id(), enrolment_id=one, told=NewStep("placed", group=group.pk), now=at)
    for number, module in enumerate(HELD):
        now = at + (3 * number + 1) * DAY
        how = Mark("excused", "road") if number == 1 else Mark("unexcused") if number == 4 else Mark("came")
        marks = {first: Mark("came"), second: how, fourth: Mark("unexcused" if number > 2 else "came")}
        told = NewSession(day_of(now), module, marks)
        services.hold_session(by, id=new_id(), group_id=group.pk, told=told, now=now)
    evades = NewStep("evasion", asked=True, told="Эки жолу чалдым. «Барбайм» деди.")
    services.take_step(by, id=new_id(), enrolment_id=fourth, told=evades, now=town.now - DAY)
    services.take_step(by, id=new_id(), enrolment_id=third, told=NewStep("abroad"), now=at + DAY)
    said = NewThreat("her", town.now - DAY, "Үйгө барып, баарын көрсөтөм деди.")
    services.report_threat(by, id=new_id(), enrolment_id=second, told=said, now=town.now - DAY + HOUR)
    return {"group": str(group.pk), "one": str(second), "away": str(third)}
