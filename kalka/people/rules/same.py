"""When two people of two files may be one, what each side says to it, and what follows. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kalka.people.rules.names import fold

VOWELS = frozenset("aeiou")


class How(StrEnum):
    """What two people have in common."""

    PIN = "pin"
    PHONE = "phone"  # and nearly the same given name: a family has one phone
    BORN = "born"  # name and day of birth


class Side(StrEnum):
    """`FIRST` is in the older file. It is asked first, and decides whether the other is asked at all."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> "Side":
        return Side.SECOND if self is Side.FIRST else Side.FIRST


class Says(StrEnum):
    SAME = "same"
    OTHER = "other"  # two different people
    ASK = "ask"  # cannot tell: let the other side say


def sound(given: str) -> str:
    """What is left of a given name when it is written down in a hurry: the first letter and the consonants.

    Айсулуу, Айсулу and Aisuluu sound alike; so do a few names that are different, which is for a person to see.
    """
    word = fold(given)
    return word[:1] + "".join(c for c in word[1:] if c not in VOWELS)


def joined(latest: Mapping[Side, Says]) -> bool:
    """Two people are counted as one only while both sides say so."""
    return all(latest.get(side) is Says.SAME for side in Side)


def asks_next(latest: Mapping[Side, Says]) -> frozenset[Side]:
    """Whose word is waited for. Where one side says that they are different, nobody's any more.

    The second side learns of it only when the first has said that it is the same person, or that it cannot tell.
    """
    if Says.OTHER in latest.values():
        return frozenset()
    first, second = latest.get(Side.FIRST), latest.get(Side.SECOND)
    if first is None:
        return frozenset({Side.FIRST})
    waiting = set()
    if second is None or (first is Says.SAME and second is Says.ASK):
        waiting.add(Side.SECOND)
    if first is Says.ASK and second is Says.SAME:
        waiting.add(Side.FIRST)
    return frozenset(waiting)


def roots(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of people joined in pairs: everybody → one of their group, the same whatever the order of the pairs."""
    parent: dict[int, int] = {}

    def find(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        parent[high] = low
    return {one: find(one) for one in list(parent)}
