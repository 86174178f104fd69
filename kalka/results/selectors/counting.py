"""Results counted when they are asked for: exact where the actor may open the records, protected where not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from kalka.cases import selectors as cases
from kalka.committees import facts as committees
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.results import indicators as catalogue
from kalka.results import labels, offered
from kalka.results.gathering import Found, gathered
from kalka.results.indicators import Indicator
from kalka.results.info import CommitteeLine, Division, Result, Results, Share
from kalka.results.rules import (
    HIDDEN,
    UNSET,
    Amount,
    Body,
    Figure,
    Line,
    Part,
    Quarter,
    Scope,
    Span,
    behind,
    counted,
    year_span,
)
from kalka.results.sent import quarters_sent
from kalka.results.years import Years

OPENED = 5_000  # files of one person at most
BESIDE = ("members", "sittings_violence", "families")  # of every committee


def results(actor: Actor, span: Span, scope: Scope, *, now: datetime) -> Results:
    """For whoever reads results. Refuses a scope that holds no committee."""
    if not actor.may(Permission.RESULTS_READ):
        raise AccessDenied("core.not_permitted")
    return _results(span, scope, actor, now=now)


def own_figures(actor: Actor, quarter: Quarter, organisation: int, *, now: datetime) -> Mapping[str, Amount]:
    """Of the own committee, for its report upward. Of families as they stood when the month began, and without those
    behind which fewer than five stand, or which beside the figures of the year would give such a number away."""
    if actor.organisation_id != organisation:
        raise AccessDenied("core.not_permitted")
    scope = Scope(Part.COMMITTEE, str(organisation))
    found, year = gathered(quarter.span, projects={}, now=now).within(scope), year_span(quarter.year)
    settled = _settled(year, {}, now=now)
    years = Years(settled.lines, settled.bodies, _every(offered.known(year)))
    told = {}
    for code, one in catalogue.indicators().items():
        if _unset(one, settled.lines):
            continue
        if not one.families:
            told[code] = counted((line for line in found.lines if one.counts(line)), one.measure)
        elif years.may_tell(one, quarter, organisation):
            inside = (line for line in settled.within(scope).lines if one.counts(line) and line.on in quarter.span)
            told[code] = counted(inside, one.measure)
    return told


def public_results(actor: Actor | None, span: Span, scope: Scope, *, now: datetime) -> Results:
    """For everybody, whoever asks: nothing of families is exact below five."""
    del actor
    return _results(span, scope, None, now=now)


@dataclass(frozen=True, slots=True)
class _Counting:
    """`own`: the lines of the files the actor may open. `settled`: as they stood when the month began; a number that
    moves from one day to the next would tell that somebody was noted. `years`: what may be shown of each."""

    span: Span
    found: Found
    settled: Found
    own: Found
    years: Years

    def figure(self, one: Indicator, scope: Scope) -> tuple[Figure, bool]:
        """And whether it is exact because all its records may be opened."""
        lines = [line for line in self.found.within(scope).lines if one.counts(line)]
        amount = counted(lines, one.measure)
        if not one.families:
            return Figure(amount), True
        if _unset(one, self.found.lines):
            return UNSET, False
        own = [line for line in self.own.within(scope).lines if one.counts(line)]
        if lines and behind(own) == behind(lines):
            return Figure(amount), True
        then = counted((line for line in self.settled.within(scope).lines if one.counts(line)), one.measure)
        return (Figure(then), False) if self._may_show(one, scope) else (HIDDEN, False)

    def _may_show(self, one: Indicator, scope: Scope) -> bool:
        years = self.span.years
        return bool(years) and all(scope in self.years.shown(one, year) for year in years)


def _results(span: Span, scope: Scope, actor: Actor | None, *, now: datetime) -> Results:
    known = offered.known(span)
    title = offered.of(scope, known)
    found = gathered(span, projects=known.projects, now=now)
    own = _own(actor, span, known.projects, now=now)
    settled = _settled(span, known.projects, now=now)
    counting = _Counting(span, found, settled, own, Years(settled.lines, found.bodies, _every(known)))
    targets = _targets(span, found.within(scope).bodies)
    return Results(
        span=span,
        scope=scope,
        scope_title=title,
        results={code: _result(one, counting, scope, targets) for code, one in catalogue.indicators().items()},
        lines=_lines(counting, scope, now) if scope.part != Part.COMMITTEE else (),
        whole_years=bool(span.years),
        public=actor is None,
    )


def _unset(one: Indicator, lines: Iterable[Line]) -> bool:
    """Whether nobody can say it: what it rests on was not set."""
    return bool(one.unset_by) and any(line.of == one.of and line.codes.get("state") == "unset" for line in lines)


def _every(known: offered.Known) -> list[Scope]:
    return [Scope(Part(part), of) for part, _, of in (code.partition(":") for code in known.scopes)]


def _settled(span: Span, projects: Mapping[str, str], *, now: datetime) -> Found:
    begun = datetime.combine(clock.day_of(now).replace(day=1), time.min, tzinfo=BISHKEK)
    return gathered(span, projects=projects, now=now, settled=begun)


def _own(actor: Actor | None, span: Span, projects: Mapping[str, str], *, now: datetime) -> Found:
    if actor is None or not actor.may(Permission.FAMILY_NOTE):
        return Found((), ())
    subjects = cases.subjects(actor, now=now, most=OPENED)
    return gathered(span, projects=projects, now=now, subjects=subjects[:OPENED])


def _result(one: Indicator, counting: _Counting, scope: Scope, targets: Mapping[str, int]) -> Result:
    figure, exact = counting.figure(one, scope)
    lines = [line for line in counting.found.within(scope).lines if one.counts(line)]
    divisions = tuple(_division(one, by, lines) for by in one.by) if not one.families else ()
    records = len(lines) if figure.amount is not None else None
    return Result(one, figure, records, exact, divisions, targets.get(one.target))


def _division(one: Indicator, by: str, lines: Sequence[Line]) -> Division:
    parts = []
    for code, title in labels.of(one.of, by).items():
        inside = [line for line in lines if line.codes.get(by) == code]
        if inside:
            parts.append(Share(code, title, Figure(counted(inside, one.measure))))
    return Division(by, str(labels.BY[by]), tuple(parts))


def _lines(counting: _Counting, scope: Scope, now: datetime) -> tuple[CommitteeLine, ...]:
    found = counting.found.within(scope)
    span = counting.span
    over = [one for one in span.quarters if one.span.last < now.date()]
    sent = quarters_sent([body.organisation for body in found.bodies])
    made = [_line(body, counting, over, sent, found) for body in found.bodies]
    return tuple(sorted(made, key=lambda one: (one.oblast, one.name)))


def _line(
    body: Body, counting: _Counting, over: Sequence[Quarter], sent: Mapping[int, set[Quarter]], found: Found
) -> CommitteeLine:
    scope = Scope(Part.COMMITTEE, str(body.organisation))
    told = sent.get(body.organisation, set())
    work = (line for line in found.lines if line.organisation == body.organisation)
    return CommitteeLine(
        organisation=body.organisation,
        name=offered.name(body.organisation),
        oblast=offered.oblast(body.place),
        figures={code: counting.figure(catalogue.get(code), scope)[0] for code in BESIDE},
        sent=tuple(sorted(told & set(over))),
        missing=tuple(one for one in over if one not in told),
        working=any(line.of not in ("committee", "member") for line in work),
    )


def _targets(span: Span, bodies: Sequence[Body]) -> Mapping[str, int]:
    """Of own work alone, over the whole years of the span."""
    inside = {body.organisation for body in bodies}
    found: dict[str, int] = defaultdict(int)
    for year in span.years:
        for one in committees.targets(year):
            if one.organisation in inside:
                found[str(one.target)] += one.count
    return found
