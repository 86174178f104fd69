"""Somebody of a file who is watched electronically, and a signal that waits: looked at by the parts of addresses."""

from collections.abc import Mapping
from datetime import datetime

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.monitoring import services as monitoring
from kalka.monitoring.rules import NewMeasure, NewSignal

Parts = dict[str, object]


def monitored(who: Mapping[str, Actor], ref: str, at: datetime) -> Parts:
    by, named = who["inspektor"], {"case_ref": ref, "now": at}
    told = NewMeasure(clock.day_of(at), "court", "device", ("no_contact",))
    measure = monitoring.register_measure(by, id=new_id(), told=told, **named)
    low = NewSignal("battery", at)
    signal = monitoring.note_signal(by, id=new_id(), measure_id=measure.pk, told=low, **named)
    return {"measure": measure.pk, "signal": signal.pk, "monitoring:step step": "signal"}
