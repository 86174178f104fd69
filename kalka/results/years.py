"""Which figures about families of a year may be shown, and which of a quarter may be told beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kalka.results.indicators import Indicator
from kalka.results.protecting import shown
from kalka.results.rules import Body, K, Line, Quarter, Scope, behind, quarter_of
from kalka.results.sent import told_of

Told = Mapping[int, Mapping[int, int]]  # by committee: the figure of each quarter it told of


@dataclass(frozen=True, slots=True)
class Years:
    """`lines`: of every committee, as they stood when the month began. What was worked out once is kept."""

    lines: Sequence[Line]
    bodies: Sequence[Body]
    scopes: Sequence[Scope]
    _sent: dict[int, Mapping[str, Told]] = field(default_factory=dict)
    _known: dict[tuple[str, int], set[Scope]] = field(default_factory=dict)

    def shown(self, one: Indicator, year: int) -> set[Scope]:
        """Of which committees, and of which of their sums."""
        if (one.code, year) not in self._known:
            self._known[one.code, year] = self._worked_out(one, year, self._told(one, year))
        return self._known[one.code, year]

    def may_tell(self, one: Indicator, quarter: Quarter, organisation: int) -> bool:
        """Neither few families, nor a figure for which one of the year, seen by now, would have to be hidden."""
        inside = [line for line in self._of(one, quarter.year) if line.organisation == organisation]
        count = behind(line for line in inside if line.on in quarter.span)
        if 0 < count < K:
            return False
        told = {body: dict(figures) for body, figures in self._told(one, quarter.year).items()}
        told.setdefault(organisation, {})[quarter.number] = count
        return self.shown(one, quarter.year) <= self._worked_out(one, quarter.year, told)

    def _worked_out(self, one: Indicator, year: int, told: Told) -> set[Scope]:
        numbers: dict[int, set[str]] = defaultdict(set)
        quarters: dict[tuple[int, int], set[str]] = defaultdict(set)
        for line in self._of(one, year):
            numbers[line.organisation or 0].add(line.who)
            quarters[line.organisation or 0, quarter_of(line.on)].add(line.who)
        sums = {
            body: sum(said if one.measure == "who" else len(quarters[body, quarter]) for quarter, said in parts.items())
            for body, parts in told.items()
        }
        return shown({body: len(who) for body, who in numbers.items()}, self.bodies, self.scopes, sums)

    def _of(self, one: Indicator, year: int) -> Iterable[Line]:
        return (line for line in self.lines if one.counts(line) and line.on.year == year)

    def _told(self, one: Indicator, year: int) -> Told:
        if year not in self._sent:
            self._sent[year] = told_of(year)
        return self._sent[year].get(one.code, {})
