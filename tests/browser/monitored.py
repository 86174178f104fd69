"""Somebody who is watched electronically, for the browser: a device, a signal that was answered and one that waits."""

from datetime import timedelta
from typing import Any

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.monitoring import services
from kalka.monitoring.rules import NewAnswer, NewFitting, NewMeasure, NewSignal
from kalka.people.rules import Name, NewPerson

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def monitored(town: Any, opened: Any) -> dict[str, Any]:
    by, at = town.inspektor, town.now - 9 * DAY
    case = opened(town, at, protected=NewPerson(sex="f", names=(Name("Бекова", "Гүлзат"),)), danger="yes")
    named: dict[str, Any] = {"case_ref": case.ref, "now": at + HOUR}
    he = NewPerson(sex="m", names=(Name("Беков", "Улан"),), birth_year=1987)
    put = cases.add_participant(by, id=new_id(), person=he, part=Part.ALLEGED, relation="spouse", **named)
    told = NewMeasure(day_of(at), "court", "device", ("no_contact", "no_territory"), respondent=put.person_id)
    measure = services.register_measure(by, id=new_id(), told=told, **named)
    named["measure_id"] = measure.pk
    services.fit_device(by, id=new_id(), told=NewFitting(at, "GPS-0042"), **named)
    before = {**named, "now": at + 2 * DAY}
    first = services.note_signal(by, id=new_id(), told=NewSignal("left", at + 2 * DAY - 20 * MINUTE), **before)
    found = NewAnswer("kept", "Иштен келаткан экен, үйүндө.")
    answered = {"case_ref": case.ref, "now": at + 2 * DAY + 12 * MINUTE}
    services.answer_signal(by, id=new_id(), signal_id=first.pk, told=found, **answered)
    late = {**named, "now": town.now - 30 * MINUTE}
    signal = services.note_signal(by, id=new_id(), told=NewSignal("near", town.now - 31 * MINUTE), **late)
    return {"ref": case.ref, "measure": str(measure.pk), "signal": str(signal.pk)}
