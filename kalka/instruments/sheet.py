"""The answers to an edition, checked and sorted."""

from collections.abc import Mapping
from dataclasses import dataclass

from kalka.core.errors import DomainError
from kalka.instruments.conditions import Facts
from kalka.instruments.shape import UNANSWERED, Edition


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers sorted: yes, not answered, and how many of the items apply at all."""

    edition: Edition
    yes: frozenset[str]
    open: frozenset[str]
    applicable: int
    facts: Facts
    warnings: tuple[str, ...]


def sheet_of(edition: Edition, answers: Mapping[str, str], context: Facts, default: str) -> Sheet:
    if edition.status == "empty":
        raise DomainError("instruments.slot_is_empty", edition=edition.id)
    if unknown := sorted(set(answers) - set(edition.items)):
        raise DomainError("instruments.unknown_item", edition=edition.id, items=tuple(unknown))
    given = {code: answers.get(code, default) for code in edition.items}
    allowed = (*edition.answer_values, "not_asked")
    if wrong := sorted(code for code, value in given.items() if value not in allowed):
        raise DomainError("instruments.unknown_answer", edition=edition.id, items=tuple(wrong))
    used = {code: value for code, value in given.items() if code not in edition.grading.disabled}
    yes = frozenset(code for code, value in used.items() if value == "yes")
    lowered = _contradicted(edition, yes)
    told = {
        "conflict": bool(lowered),
        "disabled_by_policy": any(given[code] == "yes" for code in edition.grading.disabled),
    }
    return Sheet(
        edition=edition,
        yes=yes - lowered,
        open=frozenset(code for code, value in used.items() if value in UNANSWERED),
        applicable=sum(value != "na" for value in used.values()),
        facts=context,
        warnings=tuple(name for name, so in told.items() if so),
    )


def _contradicted(edition: Edition, yes: frozenset[str]) -> frozenset[str]:
    """Of two answers that exclude each other the one that weighs less does not count: doubt never lowers."""
    pairs = [pair for pair in edition.grading.conflicts if yes.issuperset(pair)]
    return frozenset(_lighter(edition, pair) for pair in pairs)


def _lighter(edition: Edition, pair: tuple[str, str]) -> str:
    return min(pair, key=lambda code: edition.grading.weights.get(code, 0))


def possible(sheet: Sheet) -> frozenset[str]:
    """The answers were everything unanswered a yes, except what would lower the score or contradict an answer."""
    grading = sheet.edition.grading
    could = sheet.yes | {code for code in sheet.open if grading.weights.get(code, 0) >= 0}
    for pair in grading.conflicts:
        if could.issuperset(pair):
            given = sheet.yes.intersection(pair)
            could -= set(pair) - given if given else {_lighter(sheet.edition, pair)}
    return could


def ordered(sheet: Sheet, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in sheet.edition.items if code in codes)
