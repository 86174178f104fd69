"""Our Merkle tree against a second one that others wrote: the same roots, the same proofs, each believes the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle.core import _inclusion_path_layout
from pymerkle.proof import ConsistencyProof, InclusionProof, MerkleProof

from kalka.core import tree

LARGEST = 70
ENTRIES = [f"entry {n}".encode() for n in range(LARGEST)]
LEAVES = [tree.leaf(one) for one in ENTRIES]
THEIRS = InmemoryTree(algorithm="sha256")
THEIRS.append_entries(ENTRIES)

two_sizes = st.tuples(st.integers(1, LARGEST), st.integers(1, LARGEST)).map(sorted)


def roots(low: int, high: int) -> bytes:
    return tree.root_of(LEAVES[low:high])


def as_the_rfc_has_it(theirs: ConsistencyProof, old: int) -> list[bytes]:
    """They go down to a leaf where RFC 6962 stops at a whole subtree, and repeat an old root that it leaves out."""
    path, inside = theirs.path, theirs.subset.index(1)
    begins = [] if old & (old - 1) == 0 else [path[inside]]
    if old == theirs.size:
        return []
    if not inside:
        return [*begins, *path[1:]]
    folded = MerkleProof("sha256", True, old, theirs.rule[: inside - 1] or [0], path[:inside]).compute_root()
    return [*begins, folded, *path[inside + 1 :]]


def test_requirement_51_the_root_of_every_size_is_the_one_of_the_other_tree():
    frontier = tree.Frontier()
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert frontier.root() == THEIRS.get_root(size) == roots(0, size)
        frontier = tree.Frontier(size, frontier.packed)
    assert len(frontier.packed) == tree.HASH * LARGEST.bit_count()
    assert tree.Frontier().root() == tree.EMPTY == THEIRS.get_root(0)


@given(two_sizes)
def test_requirement_51_what_we_prove_is_contained_the_other_tree_believes(sizes):
    index, size = sizes[0] - 1, sizes[1]
    path = tree.inclusion(index, size, roots)
    assert [LEAVES[index], *path] == THEIRS.prove_inclusion(index + 1, size).path
    rule, _ = _inclusion_path_layout(index + 1, size)
    InclusionProof("sha256", True, size, index + 1, rule, [LEAVES[index], *path]).verify(
        LEAVES[index], THEIRS.get_root(size), index=index + 1, size=size
    )
    assert tree.includes(LEAVES[index], index, size, path, roots(0, size))


@given(two_sizes)
def test_requirement_51_what_we_prove_goes_on_is_what_the_other_tree_proves(sizes):
    old, size = sizes
    theirs, path = THEIRS.prove_consistency(old, size), tree.consistency(old, size, roots)
    theirs.verify(roots(0, old), roots(0, size), prior_size=old, later_size=size)
    assert path == as_the_rfc_has_it(theirs, old)
    assert tree.continues(old, size, roots(0, old), roots(0, size), path)


@given(two_sizes, st.data())
def test_no_changed_proof_is_believed(sizes, data):
    old, size = sizes
    path = tree.consistency(old, size, roots)
    other = bytes(32)
    assert not tree.continues(old, size, other, roots(0, size), path)
    assert not tree.continues(old, size, roots(0, old), other, path)
    assert not tree.continues(old, size, roots(0, old), roots(0, size), [*path, other])
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        spoiled = [*path[:at], other, *path[at + 1 :]]
        assert not tree.continues(old, size, roots(0, old), roots(0, size), spoiled)
        assert not tree.continues(old, size, roots(0, old), roots(0, size), path[:-1])


@given(two_sizes, st.data())
def test_no_changed_place_is_believed(sizes, data):
    index, size = sizes[0] - 1, sizes[1]
    path = tree.inclusion(index, size, roots)
    elsewhere = data.draw(st.integers(0, size - 1))
    assert tree.includes(LEAVES[index], elsewhere, size, path, roots(0, size)) == (elsewhere == index)
    assert not tree.includes(bytes(32), index, size, path, roots(0, size))
    assert not tree.includes(LEAVES[index], index, size, [*path, bytes(32)], roots(0, size))
    assert not tree.includes(LEAVES[index], size, size, path, roots(0, size))


def test_sizes_that_do_not_fit_are_refused():
    for wrong in (lambda: tree.Frontier(3, LEAVES[0]), lambda: tree.inclusion(5, 5, roots)):
        with pytest.raises(ValueError):
            wrong()
    with pytest.raises(ValueError):
        tree.consistency(6, 5, roots)
    assert not tree.continues(6, 5, b"", b"", [])
    assert tree.continues(0, 5, tree.EMPTY, roots(0, 5), []) and not tree.continues(0, 5, LEAVES[0], roots(0, 5), [])
