"""Units with, without and with a sleeping committee, counted by raion and city for the map and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from kalka.committees.info import UnitView
from kalka.committees.rules import State
from kalka.places import selectors as places
from kalka.places.rules import alphabetical


@dataclass(frozen=True, slots=True)
class RaionLine:
    """A raion or a city and its units. `place` is a square of the map."""

    place: str
    name: str
    has: int
    sleeping: int
    lacks: int

    def of(self, state: State) -> int:
        return {State.HAS: self.has, State.SLEEPING: self.sleeping, State.LACKS: self.lacks}[state]

    @property
    def units(self) -> int:
        return self.has + self.sleeping + self.lacks


def by_raion(found: Sequence[UnitView]) -> list[RaionLine]:
    """In the order of their names; never by how many there are."""
    names = places.names({one.raion for one in found})
    counted = {raion: [one.state for one in found if one.raion == raion] for raion in names}
    lines = [
        RaionLine(raion, names[raion], *(states.count(state) for state in (State.HAS, State.SLEEPING, State.LACKS)))
        for raion, states in counted.items()
    ]
    return sorted(lines, key=lambda line: (alphabetical(line.name), line.place))
