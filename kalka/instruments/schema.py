"""The strict shape of an edition file. Whatever it does not know, it refuses."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from kalka.core.datafile import LANGUAGES, Fields, parse, refuse
from kalka.instruments import conditions
from kalka.instruments.grading import Groups, flag, grading, known, rows
from kalka.instruments.result import Result
from kalka.instruments.shape import (
    ANSWERS,
    STATUSES,
    Alert,
    Approval,
    Edition,
    GoldenCase,
    HumanRating,
    Item,
    Level,
    Words,
)

CODE = re.compile(r"[A-Z][A-Z0-9_]*")
LEVEL = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
NO_RISK = ("none", "no", "no_risk", "safe", "zero")
ALERTS = ("medical_referral", "victim_safety", "child_protection", "prompt")
BANNERED = ("demonstration", "frame", "screening", "empty")  # what each of their pages must say of them
MOST_LEVELS = 5  # measures and visits know no scale beyond it
EXPECTABLE = tuple(field.name for field in fields(Result))


def edition(content: bytes, where: str) -> Edition:
    """Refuses with `datafile.refused`, naming the place and the problem."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        refuse(where, "cannot be read as a text file")
    top = Fields(parse(text, where), where)
    status = top.one_of("status", STATUSES)
    worded = status not in ("reference", "empty")
    levels, items = _levels(top, worded), _items(top, worded)
    groups, names = _groups(top, items), tuple(level.code for level in levels)
    found = Edition(
        id=top.take("id", str),
        version=top.take("version", str),
        status=status,
        digest=hashlib.sha256(content).hexdigest(),
        title=top.words("title"),
        banner=top.words("banner") if status in BANNERED else None,
        approval=_approval(top) if status == "official" else None,
        source=top.take("source", str),
        enabled=top.take("enabled", bool),
        answer_values=top.strings("answer_values") if "answer_values" in top else ANSWERS,
        levels=levels,
        items=items,
        grading=grading(top, items, groups, names),
        alerts=tuple(_alert(row, groups) for row in rows(top, "alerts")),
        outcomes=_outcomes(top, items),
        period_hours=_periods(top, names),
        human_rating=_human(top),
        cases=tuple(_case(row, items) for row in rows(top, "cases")),
    )
    top.close()
    (_empty if status == "empty" else _filled)(found, where)
    return found


def _filled(found: Edition, where: str) -> None:
    graded = found.grading.computed
    if not found.items or not found.cases:
        refuse(where, "an edition needs items and golden cases")
    if found.enabled and not 2 <= len(found.levels) <= MOST_LEVELS:
        refuse(where, f"an edition in use has 2 to {MOST_LEVELS} levels")
    if graded and not (found.grading.rules or found.grading.bands):
        refuse(where, "nothing grades the answers")
    if (graded or found.enabled) and found.answer_values != ANSWERS:
        refuse(where, "a computed edition, or one in use, takes the common answers")
    if graded == (found.status == "frame") and found.status not in ("official", "reference"):
        refuse(where, "a frame leaves the level to people, and a screen does not")


def _empty(found: Edition, where: str) -> None:
    if found.items or found.levels or found.cases or found.enabled:
        refuse(where, "an empty slot holds nothing and is not enabled")


def _levels(top: Fields, worded: bool) -> tuple[Level, ...]:
    found = []
    for row in rows(top, "levels"):
        code = row.take("code", str)
        if not LEVEL.fullmatch(code) or code in NO_RISK:
            refuse(row.where, f"{code} cannot be the name of a level")
        title: Words = row.words("title") if worded or "title" in row else dict.fromkeys(LANGUAGES, code)
        found.append(Level(code, title))
        row.close()
    if len({level.code for level in found}) < len(found):
        refuse(top.where, "a level twice")
    return tuple(found)


def _items(top: Fields, worded: bool) -> dict[str, Item]:
    inner = Fields(top.raw("items") if "items" in top else {}, f"{top.where}: items")
    return {code: _item(code, Fields(inner.raw(code), f"{inner.where}: {code}"), worded) for code in inner.names()}


def _item(code: str, row: Fields, worded: bool) -> Item:
    if not CODE.fullmatch(code):
        refuse(row.where, "a code is capitals and digits")
    found = Item(
        code=code,
        text=row.words("text") if worded or "text" in row else None,
        help=row.words("help") if worded or "help" in row else None,
        gist=row.maybe("gist", str) or "",
        auto_filled=flag(row, "auto_filled", False),
    )
    row.close()
    return found


def _groups(top: Fields, items: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    """Named sets; every code is its own set and `all` is the whole form."""
    named = Fields(top.raw("groups"), f"{top.where}: groups") if "groups" in top else Fields({}, top.where)
    groups = {code: (code,) for code in items} | {"all": tuple(items)}
    for name in named.names():
        if name in groups:
            refuse(named.where, f"{name} is already a name")
        groups[name] = known(named, name, items)
    return groups


def _alert(row: Fields, groups: Groups) -> Alert:
    when = conditions.parse(row.raw("when"), groups, row.where)
    found = Alert(row.take("id", str), row.one_of("kind", ALERTS), when)
    row.close()
    return found


def _outcomes(top: Fields, items: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    if "outcomes" not in top:
        return {}
    row = Fields(top.raw("outcomes"), f"{top.where}: outcomes")
    return {name: known(row, name, items) for name in row.names()}


def _periods(top: Fields, levels: tuple[str, ...]) -> dict[str, int]:
    if "period_hours" not in top:
        return {}
    row = Fields(top.raw("period_hours"), f"{top.where}: period_hours")
    if set(row.names()) != set(levels):
        refuse(row.where, "each level has one period")
    return {level: row.take(level, int) for level in row.names()}


def _approval(top: Fields) -> Approval:
    row = Fields(top.raw("approval"), f"{top.where}: approval")
    found = Approval(
        act=row.take("act", str),
        act_date=row.take("date", date),
        valid_from=row.take("valid_from", date),
        approved_by=row.take("approved_by", str),
    )
    row.close()
    return found


def _human(top: Fields) -> HumanRating | None:
    if "human_rating" not in top:
        return None
    row = Fields(top.raw("human_rating"), f"{top.where}: human_rating")
    found = HumanRating(
        values=row.strings("values"),
        opinions=row.strings("opinions") if "opinions" in row else (),
        reason_required=row.take("reason_required", bool),
        trained_rater_required=row.take("trained_rater_required", bool),
    )
    row.close()
    return found


def _case(row: Fields, items: Mapping[str, Item]) -> GoldenCase:
    """`marked` lists the codes answered yes: the word itself is a trap as a YAML key."""
    given = Fields(row.raw("answers") if "answers" in row else {}, row.where)
    answers = {code: given.take(code, str) for code in given.names()}
    answers |= dict.fromkeys(known(row, "marked", items), "yes")
    facts = Fields(row.raw("context") if "context" in row else {}, row.where)
    expect = Fields(row.raw("expect"), row.where)
    if unknown := set(expect.names()) - set(EXPECTABLE):
        refuse(row.where, f"a case cannot expect {', '.join(sorted(unknown))}")
    found = GoldenCase(
        name=row.take("name", str),
        default=row.take("default", str),
        answers=answers,
        context={name: facts.raw(name) for name in facts.names()},
        expect={name: expect.raw(name) for name in expect.names()},
    )
    row.close()
    return found
