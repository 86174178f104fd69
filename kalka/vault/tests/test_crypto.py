"""A sealed value opens only where it was sealed, whole, under its own key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.vault import crypto

KEY = bytes(range(32))


@given(st.binary(max_size=3000), st.binary(max_size=40))
def test_what_is_sealed_opens_in_its_context(data, context):
    assert crypto.unseal(KEY, crypto.seal(KEY, data, context), context) == data


@given(st.binary(max_size=200), st.data())
def test_a_flipped_bit_is_refused(data, draw):
    sealed = bytearray(crypto.seal(KEY, data, b"row"))
    bit = draw.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(crypto.Refused):
        crypto.unseal(KEY, bytes(sealed), b"row")


def test_every_truncation_is_refused():
    sealed = crypto.seal(KEY, b"Aigul", b"row")
    for length in range(len(sealed)):
        with pytest.raises(crypto.Refused):
            crypto.unseal(KEY, sealed[:length], b"row")


def test_moved_to_another_row_or_key_it_does_not_open():
    sealed = crypto.seal(KEY, b"Aigul", b"row 1")
    with pytest.raises(crypto.Refused):
        crypto.unseal(KEY, sealed, b"row 2")
    with pytest.raises(crypto.Refused):
        crypto.unseal(bytes(32), sealed, b"row 1")


def test_lengths_show_only_buckets():
    assert {len(crypto.seal(KEY, b"x" * n, b"")) for n in range(29)} == {1 + 12 + 32 + 16}
    large = range(1024, 5121, 1024)
    assert {len(crypto.padded(b"x" * n)) for n in range(0, 5000, 7)} == {32, 64, 128, 256, 512, *large}


def test_the_same_words_never_give_the_same_bytes():
    assert len({crypto.seal(KEY, b"Aigul", b"") for _ in range(2000)}) == 2000


def test_a_wrapped_key_opens_in_its_place_alone():
    wrapped = crypto.wrap(KEY, 3, b"k" * 32, b"case|narrative")
    assert (len(wrapped), crypto.wrapped_version(wrapped)) == (79, 3)
    assert crypto.unwrap(KEY, wrapped, b"case|narrative") == b"k" * 32
    with pytest.raises(crypto.Refused):
        crypto.unwrap(KEY, wrapped, b"other|narrative")
    renumbered = wrapped[:1] + b"\0\4" + wrapped[3:]
    with pytest.raises(crypto.Refused):
        crypto.unwrap(KEY, renumbered, b"case|narrative")


def test_a_wrapped_key_is_committed_to():
    wrapped = bytearray(crypto.wrap(KEY, 1, b"k" * 32, b"case"))
    wrapped[-1] ^= 1
    with pytest.raises(crypto.Refused):
        crypto.unwrap(KEY, bytes(wrapped), b"case")
