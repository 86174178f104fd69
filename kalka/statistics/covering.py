"""Where and when somebody could have written something down: elsewhere nothing means no data, and not nought. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kalka.directory.facts import Recorder
from kalka.places.facts import Tree
from kalka.statistics.counting import Land, Tally
from kalka.statistics.rules import TOTAL, Period


@dataclass(frozen=True, slots=True)
class Cover:
    """The spans of the posts in each raion and oblast; those anywhere are the country's."""

    spans: Mapping[str, tuple[Recorder, ...]]

    def reaches(self, place: str, period: Period) -> bool:
        """What nobody knows the place of is always counted: a line is there, or the cell is not."""
        if place.endswith("-"):
            return True
        return any(
            span.since < period.after and (span.until is None or span.until >= period.first)
            for span in self.spans.get(place, ())
        )


def cover(recorders: Iterable[Recorder], tree: Tree) -> Cover:
    spans: dict[str, list[Recorder]] = {}
    for one in recorders:
        for place in {TOTAL, *filter(None, tree.area(one.place))}:
            spans.setdefault(place, []).append(one)
    return Cover({place: tuple(found) for place, found in spans.items()})


def land(tree: Tree, year: int, tally: Tally) -> Land:
    """What stood in the year, and whatever else has a line of it."""
    whole = Period(year)
    raions = {
        oblast: set(tree.raions(oblast, whole.first, whole.after)) for oblast in tree.oblasts(whole.first, whole.after)
    }
    for key in tally.n:
        oblast, raion = tree.area(key.place)
        if oblast:
            raions.setdefault(oblast, set()).update({raion} - {""})
    return Land({oblast: tuple(sorted(found)) for oblast, found in sorted(raions.items())})
