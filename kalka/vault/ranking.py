"""Who shares the most three-letter pieces with what is asked. Pure, over lists of numbers.

The rarest pieces are read first and as many as there is room for; of a word so many that one edit cannot have changed
them all. Whoever shares enough of what was read is somebody to look at, the one with the rarest pieces first.

One slip changes pieces that lie next to each other: whoever lacks the first and the last of a word, and has one between
them that is far from both, is somebody else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import log2

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Lists = Callable[[Iterable[int]], dict[int, Numbers]]
Counts = Callable[[int], int]

ROOM = 400_000  # numbers read for one question
FILTER = 150_000  # a filter that more pass narrows too little to be read
REACH = 4  # pieces next to each other that one edit may change
SLIP = 1_000.0  # more than all pieces together weigh
NOT_THERE = -1
SHIFT = 11
PLACES = 1 << (32 - SHIFT)


@dataclass(frozen=True, slots=True)
class Asked:
    """`words`: of each word its pieces in order. `filters`: of each at least one token must be held. `slips`: of each
    word among how many pieces next to each other lie those somebody may lack; where it is not said, among all."""

    words: Sequence[Sequence[int]]
    filters: Sequence[Sequence[int]] = ()
    slips: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Those that share the most and the rarest first; the first `nearer` have a slip in one word at most. That the last
    piece of a word is lacking is none: the word asked may be the beginning of theirs."""

    numbers: Numbers
    nearer: int


def candidates(asked: Asked, count: Counts, lists: Lists, *, among: Numbers | None = None) -> Ranked:
    """`among`: of these alone."""
    chosen = chosen_of(asked.words, count)
    if not chosen:
        return Ranked(np.empty(0, np.uint32), 0)
    filters = [one for one in asked.filters if sum(map(count, one)) <= FILTER]
    held = lists([*chosen, *(token for one in filters for token in one)])
    most = max(map(count, chosen)) + 2
    read = [
        _Read(held[token], log2(2 * most / (count(token) + 1)), [_place(token, word) for word in asked.words])
        for token in chosen
    ]
    found = _sharing(read, asked, among)
    for tokens in filters:
        found = _holding(found, [held[token] for token in tokens])
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A token that was read: the rarer, the more it weighs. `at`: for each word where it stands in it, or NOT_THERE."""

    numbers: Numbers
    weight: float
    at: list[int]


def _place(token: int, word: Sequence[int]) -> int:
    """Where it stands first: a piece that is there twice is held or lacking as one."""
    return word.index(token) if token in word else NOT_THERE


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


def _sharing(read: Sequence[_Read], asked: Asked, among: Numbers | None) -> Ranked:
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
    token = np.repeat(np.arange(len(read)), [len(one) for one in left])
    holds = np.zeros((len(numbers), len(read)), bool)
    holds[where, token] = True
    enough = shared >= least
    if among is not None:
        enough &= np.isin(numbers, among)
    return _ranked(numbers[enough], holds[enough], read, asked)


def _ranked(numbers: Numbers, holds: Flags, read: Sequence[_Read], asked: Asked) -> Ranked:
    possible, wrong = np.ones(len(numbers), bool), np.zeros(len(numbers), np.int32)
    for at, (word, slip) in enumerate(zip_longest(asked.words, asked.slips, fillvalue=PLACES)):
        assert not isinstance(word, int)  # there are no more slips than words
        place = np.array([one.at[at] for one in read])
        lacks = ~holds & (place != NOT_THERE)
        last = np.where(lacks, place, NOT_THERE).max(axis=1)
        first = np.where(lacks, place, PLACES).min(axis=1)
        possible &= last - first < slip
        wrong += (lacks & (place < len(word) - 1)).any(axis=1)
    likely = holds @ np.array([one.weight for one in read]) - SLIP * np.maximum(wrong - 1, 0)
    kept = np.flatnonzero(possible)
    order = kept[np.argsort(-likely[kept], kind="stable")]
    return Ranked(numbers[order], int((wrong[kept] <= 1).sum()))


def _holding(found: Ranked, lists: Sequence[Numbers]) -> Ranked:
    """Those of the found that are in one of the lists."""
    inside = np.zeros(len(found.numbers), bool)
    for numbers in lists:
        inside |= np.isin(found.numbers, numbers)
    return Ranked(found.numbers[inside], int(inside[: found.nearer].sum()))
