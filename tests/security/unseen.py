"""What somebody who may not see a file can tell by asking for it: one that is a stranger's, one that a wall stands
before, and one that does not exist."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from uuid import UUID

from django.urls import reverse

from config.policy import POLICY
from kalka.directory.roles import ROLES
from tests.matrix.test_matrix import EVERYBODYS, api_path, path_of
from tests.matrix.world import World

NOBODYS = {
    "ref": "ZZZZZZZZZZ",
    "user": 999_999,
    "post_id": 999_999,
    "holding_id": 999_999,
    "kind": "respondent",
    "monitoring:step step": "signal",
    "sittings:minutes kind": "pdf",
    "programmes:paper kind": "referral",
    "lang": "ky",
    "number": 1,
}
Addresses = Sequence[tuple[str, tuple[str, ...]]]
UNSEEN = ("foreign", "walled", "unknown")
LIKELIEST = ("social_worker", "police_inspector", "window_coordinator")


def reader_of(name: str, method: str) -> str:
    """A role that may ask this of its own files, and does not see everybody's: whoever may not is turned away before
    anything is looked for."""
    needed = POLICY[name].methods[method]
    may = [role for role in (*LIKELIEST, *sorted(ROLES)) if needed is None or needed in ROLES[role].permissions]
    return next(role for role in may if (name, role) not in EVERYBODYS)


def about_a_file(addresses: Addresses) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each address of them that names a file, and each method it has."""
    for name, parts in addresses:
        if POLICY[name].about:
            yield from ((name, parts, method) for method in POLICY[name].methods)


def page_of(name: str, parts: tuple[str, ...], world: World, relation: str, role: str) -> str:
    if relation != "unknown":
        return path_of(name, parts, world, relation, role)
    given = {part: NOBODYS.get(f"{name} {part}", NOBODYS.get(part, UUID(int=0))) for part in parts}
    return reverse(name, kwargs=given)


def program_page_of(name: str, parts: tuple[str, ...], world: World, relation: str) -> str:
    return api_path(name, parts, world, "" if relation == "unknown" else relation)


def interleaved(
    ways: dict[str, Callable[[], object]], times: int, clock: Callable[[], float], seed: int = 17
) -> dict[str, list[float]]:
    """How long each took, in turns of changing order: what slows the machine down slows all of them down."""
    drawn, took = random.Random(seed), {name: list[float]() for name in ways}
    for turn in range(times + 5):
        for name in drawn.sample(sorted(ways), len(ways)):
            begun = clock()
            ways[name]()
            if turn >= 5:  # the first ones fill what is remembered
                took[name].append(clock() - begun)
    return took


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """By how much the medians differ, as a part of the smaller one."""
    fast, slow = sorted((median(one), median(other)))
    return slow / fast - 1


def told_by_one_answer(one: Sequence[float], other: Sequence[float]) -> float:
    """Mann and Whitney: how often somebody guesses right who is given one time of each, from 0.5 to 1."""
    known = sorted(other)
    above = sum((bisect_left(known, each) + bisect_right(known, each)) / 2 for each in one)
    share = above / (len(one) * len(known))
    return max(share, 1 - share)
