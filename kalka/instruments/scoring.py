"""Score the answers to an edition. No instrument is known to this code.

Only `yes` scores. What was not answered is never a no: `level_max` is the level were all of it yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kalka.core.errors import DomainError
from kalka.instruments.conditions import Facts
from kalka.instruments.result import Raised, Result
from kalka.instruments.shape import Edition, GoldenCase, Insufficient
from kalka.instruments.sheet import Sheet, ordered, possible, sheet_of


@dataclass(frozen=True, slots=True)
class _Grade:
    level: str | None
    by_rules: str | None
    score: int | None
    rules: tuple[str, ...]
    actions: tuple[str, ...]
    reasons: frozenset[str]


def score(edition: Edition, answers: Mapping[str, str], context: Facts, default: str = "not_asked") -> Result:
    """`default` stands for every item not answered; `context` holds facts of the case, among them `reached_level`.

    Refuses with `instruments.slot_is_empty`, `.unknown_item`, `.unknown_answer`, `.unknown_level`.
    """
    sheet = sheet_of(edition, answers, context, default)
    if excluded := _excluded(sheet):
        return _ungraded(sheet, "ineligible", excluded)
    if not edition.grading.computed:
        return _judged(sheet)
    return _graded(sheet)


def raise_only(edition: Edition, computed: str | None, judged: str) -> str:
    """A person may only raise what the form says. Refuses with `instruments.judgement_lowers`."""
    if edition.rank(judged) < edition.rank(computed):
        raise DomainError("instruments.judgement_lowers", computed=computed, judged=judged)
    return judged


def failures(edition: Edition) -> tuple[str, ...]:
    """The names of the golden cases that this scorer does not meet."""
    return tuple(case.name for case in edition.cases if not _meets(edition, case))


def _meets(edition: Edition, case: GoldenCase) -> bool:
    found = score(edition, case.answers, case.context, case.default).as_json()
    return all(found[name] == wanted for name, wanted in case.expect.items())


def _excluded(sheet: Sheet) -> tuple[str, ...]:
    """Facts that rule the edition out. A fact that is not known does not; it is flagged."""
    conditions = sheet.edition.grading.eligibility
    known = [c for c in conditions if sheet.facts.get(c.fact) is not None]
    return tuple(c.fact for c in known if c.met(frozenset(), sheet.facts, False) is None)


def _grade(sheet: Sheet, yes: frozenset[str], widest: bool = False) -> _Grade:
    edition, grading = sheet.edition, sheet.edition.grading
    met = [(rule, codes) for rule in grading.rules if (codes := rule.when.met(yes, sheet.facts, widest)) is not None]
    by_rules = edition.higher(None, *(rule.level for rule, _ in met))
    points = _points(sheet, yes, prorate=grading.prorate and not widest)
    banded = _banded(sheet, points, widest)
    level = edition.higher(grading.base, by_rules, banded)
    reasons = [codes for rule, codes in met if rule.level in (level, None)]
    if banded is not None and banded == level:
        reasons.append(frozenset(code for code in yes if grading.weights[code]))
    actions = dict.fromkeys(action for rule, _ in met for action in rule.actions)
    fired = tuple(rule.id for rule, _ in met)
    return _Grade(level, by_rules, points, fired, tuple(actions), frozenset[str]().union(*reasons))


def _points(sheet: Sheet, yes: frozenset[str], prorate: bool) -> int | None:
    """The sum of weights; prorated to the items answered, halves upwards."""
    weights = sheet.edition.grading.weights
    if not weights:
        return None
    raw = sum(weights[code] for code in yes)
    answered = sheet.applicable - len(sheet.open)
    if not prorate or not sheet.open or not answered:
        return raw
    return (2 * raw * sheet.applicable + answered) // (2 * answered)


def _banded(sheet: Sheet, points: int | None, widest: bool) -> str | None:
    """The last band that holds the score and whose condition is met."""
    found = None
    for band in sheet.edition.grading.bands:
        inside = points is not None and (band.low is None or points >= band.low)
        inside = inside and (band.high is None or (points or 0) <= band.high)
        if inside and (band.when is None or band.when.met(frozenset(), sheet.facts, widest) is not None):
            found = band.level
    return found


def _graded(sheet: Sheet) -> Result:
    edition = sheet.edition
    now, most = _grade(sheet, sheet.yes), _grade(sheet, possible(sheet), widest=True)
    lack = _lack(sheet)
    if lack:
        answered = now.level if lack.floor else now.by_rules
        level = edition.higher(answered, lack.floor, _kept(sheet, None))
    else:
        level = edition.higher(now.level, _kept(sheet, most.level))
    level_max = edition.higher(level, most.level)
    return Result(
        status="insufficient" if lack else "scored",
        level=level,
        level_max=level_max,
        score=None if lack and not lack.floor else now.score,
        score_max=most.score,
        rules=now.rules,
        flags=_flags(sheet, now, level, level_max, lack),
        reasons=ordered(sheet, now.reasons),
        would_change=_would_change(sheet, level, level_max),
        outcomes=_outcomes(sheet),
        actions=now.actions,
        alerts=_alerts(sheet),
        period_hours=_period(edition, level, level_max, lack),
    )


def _judged(sheet: Sheet) -> Result:
    """People set the level. Where too little was answered, the floor holds and anything is possible."""
    edition, found, lack = sheet.edition, _ungraded(sheet, "not_computed", ()), _lack(sheet)
    if lack is None:
        return found
    level = edition.higher(lack.floor, _kept(sheet, None))
    kept = ("level_kept",) if edition.rank(level) > edition.rank(lack.floor) else ()
    return replace(
        found,
        status="insufficient",
        level=level,
        level_max=edition.levels[-1].code,
        flags=found.flags + kept,
        period_hours=lack.redo_within_hours,
    )


def _lack(sheet: Sheet) -> Insufficient | None:
    limit = sheet.edition.grading.insufficient
    if limit is None:
        return None
    if limit.percent_over is not None:
        over = len(sheet.open) * 100 > limit.percent_over * sheet.applicable
    else:
        over = len(sheet.open) > (limit.missing_over or 0)
    return limit if over else None


def _kept(sheet: Sheet, level_max: str | None) -> str | None:
    """A level reached before is not lowered by what is missing today. `level_max` None: nothing bounds it."""
    reached = sheet.facts.get("reached_level")
    if reached is None or not sheet.open:
        return None
    if not isinstance(reached, str):
        raise DomainError("instruments.unknown_level", level=reached)
    edition = sheet.edition
    return reached if level_max is None else min(reached, level_max, key=edition.rank)


def _would_change(sheet: Sheet, level: str | None, level_max: str | None) -> tuple[str, ...]:
    """The unanswered items that would raise the level alone; if none would, those that would together."""
    edition = sheet.edition
    if edition.rank(level_max) <= edition.rank(level):
        return ()
    could = sheet.open & possible(sheet)
    alone = {c for c in could if edition.rank(_grade(sheet, sheet.yes | {c}).level) > edition.rank(level)}
    return ordered(sheet, frozenset(alone or could & _grade(sheet, possible(sheet), widest=True).reasons))


def _flags(
    sheet: Sheet, now: _Grade, level: str | None, level_max: str | None, lack: Insufficient | None
) -> tuple[str, ...]:
    edition, grading = sheet.edition, sheet.edition.grading
    unknown = any(sheet.facts.get(condition.fact) is None for condition in grading.eligibility)
    own = {
        "eligibility_unchecked": unknown,
        "prorated": grading.prorate and bool(sheet.open) and not lack,
        "level_kept": edition.rank(level) > edition.rank(edition.higher(now.level, lack.floor if lack else None)),
        "level_may_be_higher": edition.rank(level_max) > edition.rank(level),
    }
    ids = tuple(alert.id for alert in _alerts(sheet))
    return ids + now.actions + sheet.warnings + tuple(name for name, raised in own.items() if raised)


def _alerts(sheet: Sheet) -> tuple[Raised, ...]:
    met = [a for a in sheet.edition.alerts if a.when.met(sheet.yes, sheet.facts, False) is not None]
    return tuple(Raised(alert.id, alert.kind) for alert in met)


def _outcomes(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {name: tuple(c for c in codes if c in sheet.yes) for name, codes in sheet.edition.outcomes.items()}


def _period(edition: Edition, level: str | None, level_max: str | None, lack: Insufficient | None) -> int | None:
    """The shortest period of the levels that are still possible."""
    span = edition.levels[max(edition.rank(level), 0) : edition.rank(level_max) + 1]
    hours = [edition.period_hours[one.code] for one in span if one.code in edition.period_hours]
    hours += [lack.redo_within_hours] if lack and lack.redo_within_hours else []
    return min(hours, default=None)


def _ungraded(sheet: Sheet, status: str, reasons: tuple[str, ...]) -> Result:
    alerts = _alerts(sheet)
    return Result(
        status=status,
        level=None,
        level_max=None,
        score=None,
        score_max=None,
        rules=(),
        flags=tuple(alert.id for alert in alerts) + sheet.warnings,
        reasons=reasons,
        would_change=(),
        outcomes=_outcomes(sheet),
        actions=(),
        alerts=alerts,
        period_hours=None,
    )
