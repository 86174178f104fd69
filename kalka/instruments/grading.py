"""How an edition turns answers into a level, read from its file."""

from collections.abc import Mapping

from kalka.core.datafile import Fields, refuse
from kalka.instruments import conditions
from kalka.instruments.shape import Band, Grading, Insufficient, Item, Rule

Groups = Mapping[str, tuple[str, ...]]


def grading(top: Fields, items: Mapping[str, Item], groups: Groups, levels: tuple[str, ...]) -> Grading:
    found = Grading(
        computed=flag(top, "computed", True),
        weights=_weights(top, items),
        bands=tuple(_band(row, levels) for row in rows(top, "bands")),
        rules=tuple(_rule(row, levels, groups) for row in rows(top, "rules")),
        base=top.one_of("base", levels) if "base" in top else None,
        eligibility=tuple(conditions.parse_fact(row, top.where) for row in listed(top, "eligibility")),
        insufficient=_insufficient(top, levels),
        prorate=flag(top, "prorate", False),
        conflicts=_conflicts(top, items),
        disabled=frozenset(known(top, "disabled_by_policy", items)),
    )
    _whole(found, top.where)
    return found


def _whole(found: Grading, where: str) -> None:
    ids = [rule.id for rule in found.rules]
    if len(set(ids)) < len(ids):
        refuse(where, "two rules have the same id")
    if found.bands and not found.weights:
        refuse(where, "bands without weights")
    if not found.computed and (found.rules or found.weights):
        refuse(where, "an edition that is never computed has no rules and no weights")
    if found.prorate and (found.insufficient is None or found.insufficient.missing_over is None):
        refuse(where, "proration needs a limit of missing answers")


def _weights(top: Fields, items: Mapping[str, Item]) -> dict[str, int]:
    if "sum" in top:
        top.one_of("sum", ("all",))
        return dict.fromkeys(items, 1)
    if "weights" not in top:
        return {}
    weights = Fields(top.raw("weights"), f"{top.where}: weights")
    if set(weights.names()) != set(items):
        refuse(weights.where, "each item has one weight")
    return {code: weights.take(code, int) for code in weights.names()}


def _band(row: Fields, levels: tuple[str, ...]) -> Band:
    found = Band(
        level=row.one_of("level", levels),
        low=row.maybe("min", int),
        high=row.maybe("max", int),
        when=conditions.parse_fact(row.raw("only_if"), row.where) if "only_if" in row else None,
        percent=row.maybe("percent", int),
    )
    row.close()
    if found.low is None and found.high is None:
        refuse(row.where, "a band has a min or a max")
    return found


def _rule(row: Fields, levels: tuple[str, ...], groups: Groups) -> Rule:
    found = Rule(
        id=row.take("id", str),
        when=conditions.parse(row.raw("when"), groups, row.where),
        level=row.one_of("level", levels) if "level" in row else None,
        actions=row.strings("actions") if "actions" in row else (),
    )
    row.close()
    if found.level is None and not found.actions:
        refuse(row.where, f"rule {found.id} does nothing")
    return found


def _insufficient(top: Fields, levels: tuple[str, ...]) -> Insufficient | None:
    if "insufficient" not in top:
        return None
    row = Fields(top.raw("insufficient"), f"{top.where}: insufficient")
    found = Insufficient(
        percent_over=row.maybe("unanswered_percent_gt", int),
        missing_over=row.maybe("unanswered_count_gt", int),
        floor=row.one_of("protective_floor", levels) if "protective_floor" in row else None,
        redo_within_hours=row.maybe("redo_within_hours", int),
    )
    row.close()
    if (found.percent_over is None) == (found.missing_over is None):
        refuse(row.where, "one limit: a percentage or a count")
    return found


def _conflicts(top: Fields, items: Mapping[str, Item]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for pair in listed(top, "conflicts"):
        if not isinstance(pair, list) or len(pair) != 2 or not all(code in items for code in pair):
            refuse(top.where, "a conflict is a pair of items")
        pairs.append((str(pair[0]), str(pair[1])))
    return tuple(pairs)


def rows(top: Fields, key: str) -> tuple[Fields, ...]:
    return tuple(Fields(row, f"{top.where}: {key}") for row in listed(top, key))


def listed(top: Fields, key: str) -> list[object]:
    return top.take(key, list) if key in top else []


def flag(row: Fields, key: str, usual: bool) -> bool:
    return row.take(key, bool) if key in row else usual


def known(row: Fields, key: str, items: Mapping[str, Item]) -> tuple[str, ...]:
    codes = row.strings(key) if key in row else ()
    if unknown := [code for code in codes if code not in items]:
        refuse(row.where, f"{key} names {', '.join(unknown)}, which are no items")
    return codes
