"""References that never meet: a number is shuffled among all there are, the same way for the same seed."""

from hashlib import blake2b

from kalka.core.refs import LENGTH, LETTERS

HALF = 25  # bits: ten letters of five bits are two halves
ROUNDS = 6


def reference(seed: int, number: int) -> str:
    """A reference for every number below 2**50, and no two alike (a Feistel network: every round can be undone)."""
    left, right = number >> HALF & (1 << HALF) - 1, number & (1 << HALF) - 1
    for turn in range(ROUNDS):
        left, right = right, left ^ _mixed(seed, turn, right)
    value = left << HALF | right
    return "".join(LETTERS[value >> 5 * place & 31] for place in range(LENGTH))


def _mixed(seed: int, turn: int, half: int) -> int:
    said = blake2b(b"%d|%d|%d" % (seed, turn, half), digest_size=8).digest()
    return int.from_bytes(said, "big") & (1 << HALF) - 1
