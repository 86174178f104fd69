"""Which units of the country have a committee, lack one, or have one that sleeps."""

from collections.abc import Sequence
from datetime import date

from kalka.committees import data, rules
from kalka.committees.info import CommitteeView, UnitView
from kalka.committees.rules import State
from kalka.committees.selectors.bodies import committees
from kalka.core.actors import Actor
from kalka.places import selectors as places

# Where a committee can be. A city that is divided into parts with an office of their own has them there.
LEVELS = ("ayil_aimak", "raion_city", "urban_settlement", "territorial_unit", "city")
WHOLE = ("city", "republican_city", "raion")  # the squares of the map


def _units(place: str = "", *, on: date) -> list[str]:
    """Every unit that could have one on the day, by name."""
    found = [code for code, _name in places.choices(place, LEVELS, on=on)]
    chains = places.chains(found)
    divided = {info.code for code in found for info in chains[code][1:]}
    return [code for code in found if code not in divided]


def coverage(actor: Actor, *, place: str = "", project: str = "", on: date) -> list[UnitView]:
    """Every unit of a place with its committee, if any: one that runs before one that ended. With a project, only the
    units whose committee belongs to it."""
    standing: dict[str, CommitteeView] = {}
    for one in committees(actor, place=place, project=project):
        before = standing.get(one.place)
        if before is None or _state(one, on) != State.LACKS or _state(before, on) == State.LACKS:
            standing[one.place] = one
    asked = [code for code in _units(place, on=on) if not project or code in standing]
    codes = [*asked, *(code for code in standing if code not in asked)]
    chains = places.chains(codes)
    names = places.names(codes)
    return [
        UnitView(
            place=code,
            name=names[code],
            raion=_square([info.code for info in chains.get(code, [])]),
            state=_state(standing[code], on) if code in standing else State.LACKS,
            committee=standing.get(code),
        )
        for code in codes
    ]


def _state(one: CommitteeView, on: date) -> State:
    return rules.state(one.since, one.until, one.worked, on=on, asleep_after=data.asleep_after())


def _square(chain: Sequence[str]) -> str:
    """The raion or the city the unit is counted in."""
    infos = places.infos(chain)
    return next((code for code in chain if infos[code].level in WHOLE), chain[0] if chain else "")
