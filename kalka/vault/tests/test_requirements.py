"""Requirements 3, 5, 6 and 7 of what is kept confidential at rest, each by its number."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kalka.vault import crypto
from kalka.vault.crypto import Refused

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
NAMES = ["A", "Айгүл", "Токтосунова Гүлнара", "ი" * 9, "علي" * 4, "🕊" * 6, "x" * 28]


def refusals(attempts) -> set[tuple[type, str, tuple]]:
    """What each raised: its class, its words, what it carries. Empty where something opened."""
    seen = set()
    for attempt in attempts:
        try:
            attempt()
        except Exception as error:
            seen.add((type(error), str(error), error.args))
        else:
            return set()
    return seen


@pytest.mark.parametrize("size", [0, 1, 27, 28, 29, 60, 500, 508, 509, 2000])
def test_requirement_3_every_flipped_bit_and_every_prefix_fails_with_one_and_the_same_exception(size):
    sealed = crypto.seal(KEY, os.urandom(size), b"row")
    step = 1 if len(sealed) < 400 else 7
    flipped = [
        bytes([*sealed[:at], sealed[at] ^ 1 << bit, *sealed[at + 1 :]])
        for at in range(0, len(sealed), step)
        for bit in range(8)
    ]
    cut = [sealed[:length] for length in range(len(sealed))]
    long = [sealed + b"\0", sealed + sealed]
    spoiled = flipped + cut + long
    assert refusals(lambda one=one: crypto.unseal(KEY, one, b"row") for one in spoiled) == {(Refused, "", ())}


def test_requirement_3_every_flipped_bit_and_every_prefix_of_a_wrapped_key_too():
    wrapped = crypto.wrap(KEY, 3, OTHER, b"case|note")
    flipped = [
        bytes([*wrapped[:at], wrapped[at] ^ 1 << bit, *wrapped[at + 1 :]])
        for at in range(len(wrapped))
        for bit in range(8)
    ]
    spoiled = flipped + [wrapped[:length] for length in range(len(wrapped))] + [wrapped + b"\0"]
    assert refusals(lambda one=one: crypto.unwrap(KEY, one, b"case|note") for one in spoiled) == {(Refused, "", ())}


def distinct_nonces(count: int) -> int:
    """By the real random numbers of the machine, under one key."""
    cut = slice(1, 1 + crypto.NONCE)
    return len({crypto.seal(KEY, b"Aigul", b"row")[cut] for _ in range(count)})


def test_requirement_5_no_nonce_comes_twice():
    assert distinct_nonces(20_000) == 20_000


@pytest.mark.deep
def test_requirement_5_no_nonce_comes_twice_in_a_million():
    assert distinct_nonces(1_000_000) == 1_000_000


def test_requirement_5_the_same_words_saved_twice_are_other_bytes_all_through():
    one, other = (crypto.seal(KEY, "Айгүл".encode(), b"row") for _ in range(2))
    assert len(one) == len(other) and sum(a == b for a, b in zip(one[1:], other[1:], strict=True)) < 12


def test_requirement_6_a_length_tells_the_bucket_alone():
    around = 1 + crypto.NONCE + crypto.TAG
    buckets = {32, 64, 128, 256, 512, *range(1024, 20_481, 1024)}
    seen = {len(crypto.seal(KEY, bytes(size), b"")) - around for size in range(20_000)[::13]}
    assert seen <= buckets and {32, 64, 128, 256, 512, 1024} <= seen
    assert len({len(crypto.seal(KEY, name.encode(), b"")) for name in NAMES if len(name.encode()) < 29}) == 1


def multiplied(a: int, b: int) -> int:
    """In the field of GCM, the first bit the highest."""
    product = 0
    for bit in range(127, -1, -1):
        if b >> bit & 1:
            product ^= a
        a = a >> 1 ^ (0xE1 << 120 if a & 1 else 0)
    return product


def inverse(a: int) -> int:
    result, power = 1 << 127, a
    for bit in range(128):
        if bit:
            result = multiplied(result, power)
        power = multiplied(power, power)
    return result


def two_faced(keys: tuple[bytes, bytes], nonce: bytes, context: bytes) -> bytes:
    """Ciphertext and tag that plain AES-GCM opens under both keys: the equation of the two tags is linear in one free
    block, so anybody who has both keys can solve it."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    def block(key: bytes, data: bytes) -> int:
        made = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return int.from_bytes(made.update(data), "big")

    hashes = [block(key, bytes(16)) for key in keys]
    masks = [block(key, nonce + b"\0\0\0\1") for key in keys]
    padded = context + bytes(-len(context) % 16)
    fixed = [int.from_bytes(os.urandom(16), "big")]  # the first block of the ciphertext; the second is free
    lengths = (len(context) * 8) << 64 | 32 * 8
    known = []
    for h, mask in zip(hashes, masks, strict=True):
        state = 0
        for at in range(0, len(padded), 16):
            state = multiplied(state ^ int.from_bytes(padded[at : at + 16], "big"), h)
        state = multiplied(state ^ fixed[0], h)
        # tag = ((state ^ free)·h ^ lengths)·h ^ mask
        square = multiplied(h, h)
        known.append((multiplied(state, square) ^ multiplied(lengths, h) ^ mask, square))
    free = multiplied(known[0][0] ^ known[1][0], inverse(known[0][1] ^ known[1][1]))
    tag = known[0][0] ^ multiplied(free, known[0][1])
    return b"".join(part.to_bytes(16, "big") for part in (fixed[0], free, tag))


def test_requirement_7_a_ciphertext_made_for_two_keys_is_rejected():
    """AES-GCM alone opens it under both; a key under two key-encryption keys would be two keys."""
    nonce, version = os.urandom(crypto.NONCE), 1
    context = crypto._wrap_context(version, b"case|note")
    body = two_faced((KEY, OTHER), nonce, context)
    opened = [AESGCM(outer).decrypt(nonce, body, context) for outer in (KEY, OTHER)]
    assert opened[0] != opened[1] and len(opened[0]) == crypto.KEY, "the forgery is a real one"
    for promised in (crypto.commitment(opened[0]), crypto.commitment(opened[1])):
        blob = crypto.head(version) + nonce + body + promised
        accepted = []
        for outer in (KEY, OTHER):
            try:
                accepted.append(crypto.unwrap(outer, blob, b"case|note"))
            except Refused:
                continue
        assert len(accepted) == 1
