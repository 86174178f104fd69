"""A box opens with one private key, whole, in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.vault import boxes
from kalka.vault.crypto import Refused

PRIVATE, PUBLIC = boxes.pair()


@given(st.binary(max_size=2000), st.binary(max_size=40))
def test_what_is_sealed_opens_in_its_context(data, context):
    assert boxes.unseal(PRIVATE, boxes.seal(PUBLIC, data, context), context) == data


def test_every_flipped_bit_and_every_truncation_is_refused():
    box = boxes.seal(PUBLIC, b"Aigul", b"row")
    spoiled = [bytes([*box[:at], box[at] ^ 1 << bit, *box[at + 1 :]]) for at in range(len(box)) for bit in range(8)]
    cut = [box[:length] for length in range(len(box))]
    opened = []
    for one in spoiled + cut + [box + b"\0"]:
        try:
            opened.append(boxes.unseal(PRIVATE, one, b"row"))
        except Refused:
            continue
    # The highest bit of a public key of X25519 says nothing; the key that is derived takes the bytes as they are.
    assert opened == []


def test_another_key_and_another_place_do_not_open_it():
    box = boxes.seal(PUBLIC, b"Aigul", b"row 1")
    for private, context in ((boxes.pair()[0], b"row 1"), (PRIVATE, b"row 2")):
        with pytest.raises(Refused):
            boxes.unseal(private, box, context)


def test_a_key_of_small_order_is_refused():
    with pytest.raises(Refused):
        boxes.unseal(PRIVATE, bytes([1]) + bytes(32) + bytes(48), b"")


def test_the_same_words_give_other_bytes_of_one_length():
    made = {boxes.seal(PUBLIC, b"x" * size, b"") for size in [*range(28), 5, 5, 5]}
    assert len(made) == 31 and len({len(one) for one in made}) == 1
