"""A Merkle tree as in RFC 6962: what is appended, its root, and the proofs that hold two of its states together."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH = 32
EMPTY = sha256(b"").digest()
# The root over the leaves from one position up to another, counted from zero, the last left out.
Roots = Callable[[int, int], bytes]


def leaf(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """All of a tree that is needed to append to it: the roots of its whole subtrees, the widest first."""

    __slots__ = ("roots", "size")

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        self.size = size
        self.roots = [packed[at : at + HASH] for at in range(0, len(packed), HASH)]
        if len(self.roots) != size.bit_count():
            raise ValueError("not the frontier of this size")

    def append(self, leaf_: bytes) -> None:
        roots, whole = self.roots, self.size
        while whole & 1:
            leaf_ = sha256(b"\1" + roots.pop() + leaf_).digest()
            whole >>= 1
        roots.append(leaf_)
        self.size += 1

    @property
    def packed(self) -> bytes:
        return b"".join(self.roots)

    def root(self) -> bytes:
        if not self.roots:
            return EMPTY
        *rest, root = self.roots
        for left in reversed(rest):
            root = node(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    frontier = Frontier()
    for one in leaves:
        frontier.append(one)
    return frontier.root()


def inclusion(index: int, size: int, roots: Roots) -> list[bytes]:
    """What leads from the leaf at `index` up to the root over `size` leaves."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(roots(middle, high))
            high = middle
        else:
            path.append(roots(low, middle))
            low = middle
    return path[::-1]


def consistency(old: int, size: int, roots: Roots) -> list[bytes]:
    """What shows that the tree of `size` begins with the one of `old`: nothing for an empty one and for itself."""
    if not 0 <= old <= size:
        raise ValueError("not an earlier size")
    if old in (0, size):
        return []
    path, low, high, whole = [], 0, size, True
    while old < high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(roots(middle, high))
            high = middle
        else:
            path.append(roots(low, middle))
            low, whole = middle, False
    if not whole:
        path.append(roots(low, high))
    return path[::-1]


def includes(leaf_: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf_
    for one in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, one)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def continues(old: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2: the tree of `size` with `root` begins with the one of `old` with `old_root`."""
    if not 0 <= old <= size:
        return False
    if old in (0, size):
        return not path and (old_root == EMPTY if old == 0 else old_root == root)
    first, *rest = [old_root, *path] if old & (old - 1) == 0 else [*path] or [b""]
    return _both(old, size, first, rest) == (old_root, root)


def _both(old: int, size: int, first: bytes, rest: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a path leads to. None for one that is too short or too long."""
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = first
    for one in rest:
        if last == 0:
            return None
        if at & 1 or at == last:
            before, after = node(one, before), node(one, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, one)
        at, last = at >> 1, last >> 1
    return (before, after) if last == 0 else None


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1
