"""The attack a thief of the search tables would make, who has another sample of the same population's names.

Whatever repeats in the rows is taken for a token: it is ranked by how often it stands there, matched with the commonest
three-letter pieces of the other sample, and the match is mended by which of them stand together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

CHUNK = 16  # bytes; digests and addresses are of this length
MOST = 160  # of the commonest
ROUNDS = 25
Matrix = NDArray[np.float64]


def guesses(rows: Sequence[bytes], known: Sequence[Iterable[str]]) -> dict[bytes, str]:
    """For every piece of the rows that is worth a guess, which token it is."""
    seen = [{row[at : at + CHUNK] for at in range(0, len(row) - CHUNK + 1, CHUNK)} for row in rows]
    theirs, ours = _commonest(seen, [len(row) for row in rows]), _commonest([set(one) for one in known])
    size = min(len(theirs), len(ours))
    theirs, ours = theirs[:size], ours[:size]
    a, b = _together(seen, theirs), _together([set(one) for one in known], ours)
    match = _matched(a, b)
    return {piece: ours[match[at]] for at, piece in enumerate(theirs)}


def recovered(guessed: Mapping[bytes, str], truth: Mapping[bytes, str], counts: Mapping[bytes, int]) -> float:
    """Of all the tokens of all names, the part whose piece was guessed right."""
    right = sum(counts[piece] for piece, token in guessed.items() if truth.get(piece) == token)
    return right / sum(counts.values())


def _commonest(documents, lengths=()):  # type: ignore[no-untyped-def]  # of bytes or of words
    """By how often; of one number, by the length of the row and by its place, should those give something away."""
    counts: Counter = Counter()
    best: dict = {}
    for place, document in enumerate(documents):
        for one in document:
            counts[one] += 1
            best.setdefault(one, (-(lengths[place] if lengths else 0), place))
    return sorted(counts, key=lambda one: (-counts[one], best[one]))[:MOST]


def _together(documents, tokens) -> Matrix:  # type: ignore[no-untyped-def]  # as above
    """How often two stand together, of all documents; how often one does, where it meets itself."""
    places = {token: at for at, token in enumerate(tokens)}
    held = np.zeros((len(documents), len(tokens)))
    for at, document in enumerate(documents):
        for one in document:
            if one in places:
                held[at, places[one]] = 1
    return np.sqrt(held.T @ held / max(1, len(documents)))


def _matched(a: Matrix, b: Matrix) -> NDArray[np.intp]:
    """By the sorted company each keeps, which no order of the tokens changes; then by the company itself."""
    ranked_a, ranked_b = -np.sort(-a, axis=1), -np.sort(-b, axis=1)
    alone = 4 * (np.diag(a)[:, None] - np.diag(b)[None, :]) ** 2
    match = assigned(_distance(ranked_a, ranked_b) + alone)
    for _ in range(ROUNDS):
        better = assigned(_distance(a[:, np.argsort(match)], b) + alone)
        if np.array_equal(better, match):
            break
        match = better
    return match


def _distance(a: Matrix, b: Matrix) -> Matrix:
    return ((a**2).sum(1)[:, None] + (b**2).sum(1)[None, :] - 2 * a @ b.T).clip(0)


def assigned(cost: Matrix) -> NDArray[np.intp]:
    """The cheapest pairing of all rows with all columns: the Hungarian method, by shortest augmenting paths."""
    size = len(cost)
    rows, columns = np.zeros(size + 1), np.zeros(size + 1)
    owner = np.zeros(size + 1, int)  # of a column; 0 is nobody
    for row in range(1, size + 1):
        owner[0], at = row, 0
        least, way, used = np.full(size + 1, np.inf), np.zeros(size + 1, int), np.zeros(size + 1, bool)
        while owner[at]:
            used[at] = True
            free = ~used[1:]
            cheaper = cost[owner[at] - 1] - rows[owner[at]] - columns[1:]
            closer = free & (cheaper < least[1:])
            least[1:][closer], way[1:][closer] = cheaper[closer], at
            following = 1 + int(np.argmin(np.where(free, least[1:], np.inf)))
            step = least[following]
            rows[owner[used]] += step
            columns[used] -= step
            least[~used] -= step
            at = following
        while at:
            owner[at], at = owner[way[at]], way[at]
    match = np.zeros(size, int)
    match[owner[1:] - 1] = np.arange(size)
    return match
