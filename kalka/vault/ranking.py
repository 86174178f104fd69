"""Who shares the most three-letter pieces with what is asked. Pure, over lists of numbers.

The rarest pieces are read first and as many as there is room for; of a word so many that one edit cannot have changed
them all. Whoever shares enough of what was read is somebody to look at, the one with the rarest pieces first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import log2

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Lists = Callable[[Iterable[int]], dict[int, Numbers]]
Counts = Callable[[int], int]

ROOM = 600_000  # numbers read for one question
FILTER = 150_000  # a filter that more pass narrows too little to be read
REACH = 4  # pieces next to each other that one edit may change
SLIP = 1_000.0  # more than all pieces together weigh
SHIFT = 11
PLACES = 1 << (32 - SHIFT)


@dataclass(frozen=True, slots=True)
class Asked:
    """`words`: of each word its pieces in order. `filters`: of each at least one token must be held. `slips`: of each
    word how many of its pieces somebody may lack; where it is not said, all."""

    words: Sequence[Sequence[int]]
    filters: Sequence[Sequence[int]] = ()
    slips: Sequence[int] = ()


def candidates(asked: Asked, count: Counts, lists: Lists, *, among: Numbers | None = None) -> Numbers:
    """Numbers, those that share the most and the rarest first. `among`: of these alone."""
    chosen = chosen_of(asked.words, count)
    if not chosen:
        return np.empty(0, np.uint32)
    filters = [one for one in asked.filters if sum(map(count, one)) <= FILTER]
    held = lists([*chosen, *(token for one in filters for token in one)])
    most = max(map(count, chosen)) + 2
    read = [
        _Read(held[token], log2(2 * most / (count(token) + 1)), [token in word for word in asked.words])
        for token in chosen
    ]
    found = _sharing(read, asked.slips, among)
    for tokens in filters:
        found = _holding(found, [held[token] for token in tokens])
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A token that was read: the rarer, the more it weighs. `words`: for each word whether it is a piece of it."""

    numbers: Numbers
    weight: float
    words: list[bool]


def chosen_of(words: Sequence[Sequence[int]], count: Counts) -> list[int]:
    """The tokens to read: per word two that no single edit changes both, then whatever is rarest."""
    needed = {token for word in words for token in _apart(word, count)}
    chosen, room = list(needed), ROOM - sum(map(count, needed))
    for token in sorted({token for word in words for token in word} - needed, key=count):
        room -= count(token)
        if room < 0:
            break
        chosen.append(token)
    return chosen


def _apart(word: Sequence[int], count: Counts, reach: int = REACH) -> list[int]:
    """The rarest, and the rarest of those that lie too far from it to be changed with it."""
    first = min(range(len(word)), key=lambda at: count(word[at]))
    far = [at for at in range(len(word)) if abs(at - first) >= reach]
    return [word[first], *([word[min(far, key=lambda at: count(word[at]))]] if far else [])]


def _sharing(read: Sequence[_Read], slips: Sequence[int], among: Numbers | None) -> Numbers:
    """Who holds half of what was read, or as much as one edit leaves, and of each word what a slip in it must leave;
    the likeliest first.

    Counted by the upper bits of the numbers first, which takes no sorting: several share a place there, so that too
    many are left, and of those few it is counted who they are.
    """
    lists = [one.numbers for one in read]
    if among is not None:
        inside = np.zeros(PLACES, bool)
        inside[among >> SHIFT] = True
        lists = [numbers[inside[numbers >> SHIFT]] for numbers in lists]
    places = [numbers >> SHIFT for numbers in lists]
    counted = np.zeros(PLACES, np.uint8)
    for one in places:
        counted[one] += 1
    least = max(1, min((len(read) + 1) // 2, len(read) - REACH))
    few = counted >= least
    left = [numbers[few[one]] for numbers, one in zip(lists, places, strict=True)]
    numbers, where, shared = np.unique(np.concatenate(left), return_inverse=True, return_counts=True)
    enough = shared >= least
    if among is not None:
        enough &= np.isin(numbers, among)
    token = np.repeat(np.arange(len(read)), [len(one) for one in left])
    weight = np.bincount(where, np.array([one.weight for one in read])[token], len(numbers))
    wrong = np.zeros(len(numbers), np.int32)
    for lacking, slip in zip_longest(_lacking(read, token, where, len(numbers)), slips, fillvalue=len(read)):
        enough &= lacking <= slip
        wrong += lacking > 0
    kept = np.flatnonzero(enough)
    likely = (weight - SLIP * np.maximum(wrong - 1, 0))[kept]  # one slip is likelier than two
    return numbers[kept[np.argsort(-likely, kind="stable")]]


def _lacking(
    read: Sequence[_Read], token: NDArray[np.intp], where: NDArray[np.intp], many: int
) -> Iterator[NDArray[np.float64]]:
    """For each word, how many of its pieces that were read each of them lacks."""
    for pieces in np.array([one.words for one in read]).T:
        yield pieces.sum() - np.bincount(where, pieces[token], many)


def _holding(found: Numbers, lists: Sequence[Numbers]) -> Numbers:
    """Those of the found that are in one of the lists."""
    inside = np.zeros(len(found), bool)
    for numbers in lists:
        inside |= np.isin(found, numbers)
    return found[inside]
