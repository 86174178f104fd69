"""The steps of a shelter, as in steps.py: its beds, a place that is held, who comes, who is turned away, who leaves.

A stay is a file of its own, and a story may tell of one without a case.
"""

from collections.abc import Mapping
from typing import Any

from kalka.core.clock import DAY, day_of
from kalka.core.datafile import Fields
from kalka.demo.scene import Act
from kalka.demo.steps import Do
from kalka.shelters import services as shelters
from kalka.shelters.rules import NewChild, NewDeparture, NewHold, NewStay, NewTurnAway, Wish

SHELTER, COUNTRY = "shelter", "country"


def house(act: Act) -> None:
    """`beds`: by room and bed, «2.1», whom each suits. Every other story knows it as the shelter."""
    name, region, rules = (act.told.take(key, str) for key in ("name", "region", "rules"))
    shelter = shelters.register_shelter(act.actor, id=act.id, name=name, region=region, now=act.at)
    act.scene.shared[SHELTER] = shelter.pk
    beds = Fields(act.told.raw("beds"), act.told.where)
    for at in beds.names():
        room, bed = map(int, at.split("."))
        id = act.scene.story.id(f"bed {at}")
        given: dict[str, Any] = {"shelter_id": shelter.pk, "room": room, "bed": bed, "suits": beds.strings(at)}
        shelters.add_place(act.actor, id=id, **given, now=act.at)
        act.scene.shared[f"bed {at}"] = id
    shelters.write_rules(act.actor, id=act.scene.story.id("rules"), shelter_id=shelter.pk, text=rules, now=act.at)


def hold(act: Act) -> None:
    about = act.scene.subject_id
    told = NewHold(COUNTRY, _wish(act), note=act.word("told"), phone=act.word("phone"))
    act.keep(shelters.hold_place(act.actor, id=act.id, told=told, now=act.at, about=about).pk)


def arrive(act: Act) -> None:
    """`bed`: which. `hold`: the place was held. `children`: «f 0-6», each in her bed."""
    told = NewStay(
        place_id=act.scene.shared[f"bed {act.told.take('bed', str)}"],
        sex=act.word("sex", "f"),
        age_band=act.told.take("band", str),
        due_on=day_of(act.at) + act.told.take("days", int) * DAY,
        name=act.word("name"),
        told=act.word("told"),
    )
    held = act.made("hold") if "hold" in act.told else None
    stay = shelters.take_in(act.actor, id=act.id, told=told, now=act.at, hold_id=held)
    act.keep(stay.pk)
    for number, child in enumerate(act.words("children")):
        id, (sex, band) = act.scene.story.id(f"{stay.pk} child {number}"), child.split()
        shelters.add_child(act.actor, id=id, stay_id=stay.pk, told=NewChild(sex, band), now=act.at)
    shelters.tell_rules(act.actor, id=act.scene.story.id(f"{stay.pk} rules"), stay_id=stay.pk, now=act.at)


def belonging(act: Act) -> None:
    what = act.told.take("what", str)
    shelters.keep_belonging(act.actor, id=act.id, stay_id=act.made("stay"), what=what, now=act.at)


def longer(act: Act) -> None:
    due, why = day_of(act.at) + act.told.take("days", int) * DAY, act.told.take("why", str)
    given: dict[str, Any] = {"stay_id": act.made("stay"), "due_on": due, "why": why, "told": act.word("told")}
    shelters.extend_stay(act.actor, id=act.id, **given, now=act.at)


def depart(act: Act) -> None:
    told = NewDeparture(day_of(act.at), act.told.take("to", str), act.word("plan"), act.word("contact"))
    shelters.depart(act.actor, id=act.id, stay_id=act.made("stay"), told=told, now=act.at)


def turn_away(act: Act) -> None:
    """`here`: by the shelter itself; else nobody found a place in the region."""
    here = act.told.maybe("here", bool)
    told = NewTurnAway(act.told.take("region", str), act.told.take("why", str), _wish(act))
    shelter = act.scene.shared[SHELTER] if here else None
    shelters.turn_away(act.actor, id=act.id, told=told, now=act.at, shelter_id=shelter)


def bed_closed(act: Act) -> None:
    place = act.scene.shared[f"bed {act.told.take('bed', str)}"]
    shelters.close_place(act.actor, place_id=place, why=act.told.take("why", str), now=act.at)


def _wish(act: Act) -> Wish:
    return Wish(
        act.word("for", "woman"),
        children=act.told.maybe("with", int) or 0,
        sons_over_12=act.told.maybe("sons_over_12", bool) or False,
        disability=act.told.maybe("disability", bool) or False,
        pets=act.told.maybe("pets", bool) or False,
    )


HOUSE: Mapping[str, Do] = {
    "house": house,
    "hold": hold,
    "arrive": arrive,
    "belonging": belonging,
    "longer": longer,
    "depart": depart,
    "turn_away": turn_away,
    "bed_closed": bed_closed,
}
