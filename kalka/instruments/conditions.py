"""What a rule may ask. Every condition can only become truer when one more answer is yes."""

from collections.abc import Mapping
from dataclasses import dataclass

from kalka.core.datafile import Fields, refuse

Facts = Mapping[str, object]
Met = frozenset[str] | None
"""The codes that met a condition, or None where it is not met; a condition on facts is met by no code."""


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many of these are yes."""

    codes: tuple[str, ...]
    at_least: int

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        found = yes & frozenset(self.codes)
        return found if len(found) >= self.at_least else None


@dataclass(frozen=True, slots=True)
class Declared:
    """Someone said so, for example the officer believes that there is danger. Not said is not true."""

    fact: str

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        return frozenset() if facts.get(self.fact) is True else None


@dataclass(frozen=True, slots=True)
class Among:
    """A fact of the case is one of these. What is not known may be so: it counts towards the highest possible level."""

    fact: str
    values: tuple[str, ...]

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        value = facts.get(self.fact)
        return frozenset() if value in self.values or (possible and value is None) else None


@dataclass(frozen=True, slots=True)
class Reaches:
    """A number known from the register, or an age, is at least so large. Not known is not reached."""

    fact: str
    at_least: int

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        value = facts.get(self.fact)
        return frozenset() if type(value) is int and value >= self.at_least else None


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple["Condition", ...]

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        found = [part.met(yes, facts, possible) for part in self.parts]
        codes = [part for part in found if part is not None]
        return frozenset[str]().union(*codes) if len(codes) == len(found) else None


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Condition", ...]

    def met(self, yes: frozenset[str], facts: Facts, possible: bool) -> Met:
        codes = [found for part in self.parts if (found := part.met(yes, facts, possible)) is not None]
        return frozenset[str]().union(*codes) if codes else None


FactCondition = Declared | Among | Reaches
Condition = Count | Declared | Among | Reaches | Every | Either


def parse(body: object, groups: Mapping[str, tuple[str, ...]], where: str) -> Condition:
    """`groups` names sets of items; the group `all` and every single code are among them."""
    row = Fields(body, where)
    if "all" in row:
        found: Condition = Every(_parts(row, "all", groups))
    elif "any" in row:
        found = Either(_parts(row, "any", groups))
    elif "item" in row:
        found = Count(_codes(row.take("item", str), groups, where), 1)
    elif "any_yes" in row:
        found = Count(_codes(row.raw("any_yes"), groups, where), 1)
    elif "count" in row:
        codes = _codes(row.raw("count"), groups, where)
        found = Count(codes, row.take("gt", int) + 1 if "gt" in row else row.take("ge", int))
        if not 0 < found.at_least <= len(codes):
            refuse(where, "a count that can never be met or always is")
    else:
        found = _fact(row)
    row.close()
    return found


def parse_fact(body: object, where: str) -> FactCondition:
    row = Fields(body, where)
    found = _fact(row)
    row.close()
    return found


def _fact(row: Fields) -> FactCondition:
    name = row.take("context", str)
    if "in" in row:
        return Among(name, row.strings("in"))
    if "ge" in row:
        return Reaches(name, row.take("ge", int))
    if row.take("is", bool) is not True:
        refuse(row.where, "is: true is the only declaration")
    return Declared(name)


def _parts(row: Fields, key: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[Condition, ...]:
    parts = row.take(key, list)
    if not parts:
        refuse(row.where, f"{key} is empty")
    return tuple(parse(part, groups, row.where) for part in parts)


def _codes(asked: object, groups: Mapping[str, tuple[str, ...]], where: str) -> tuple[str, ...]:
    names = [asked] if isinstance(asked, str) else asked
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n in groups for n in names):
        refuse(where, f"{asked!r} names no items")
    return tuple(dict.fromkeys(code for name in names for code in groups[name]))
