"""Proceedings against somebody of a file, who is held: looked at by the parts of their addresses."""

from collections.abc import Mapping
from datetime import datetime

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.people.rules import NewPerson
from kalka.proceedings import services as proceedings
from kalka.proceedings.rules import NewCustody, NewProceeding

Parts = dict[str, object]


def proceeded(who: Mapping[str, Actor], ref: str, at: datetime) -> Parts:
    """On the ground that has a paper of its own."""
    by, named, today = who["inspektor"], {"case_ref": ref, "now": at}, clock.day_of(at)
    he = NewPerson(sex="m", band="35-44")
    man = cases.add_participant(by, id=new_id(), person=he, part=Part.ALLEGED, relation="spouse", **named).person_id
    evaded = {"sessions_set": 8, "sessions_missed": 5, "warned_on": today}
    told = NewProceeding(man, "evasion_of_programme", today, **evaded)
    row = proceedings.open_proceeding(by, id=new_id(), told=told, **named)
    held = NewCustody(man, "detention", "police", at)
    kept = proceedings.take_into_custody(by, id=new_id(), told=held, **named)
    return {"proceeding": row.pk, "custody": kept.pk, "perpetrators:person person": man}
