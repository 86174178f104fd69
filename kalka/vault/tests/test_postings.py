"""Bytes of the index: one length whatever is in them, bound to their place."""

import pytest

from kalka.core.refs import new_id
from kalka.vault.crypto import Refused
from kalka.vault.postings import ADDRESS, CAPACITY, TOKENS, DeltaKey, Key, number_of, span_of, token_of

ONE, OTHER = Key(b"1" * 32), Key(b"2" * 32)


def numbers(count: int) -> bytes:
    return b"".join(n.to_bytes(4, "little") for n in range(count))


@pytest.mark.parametrize("count", [0, 1, 2, CAPACITY])
def test_a_block_gives_back_what_it_holds_and_is_always_as_long(count):
    address = ONE.address(7, 0)
    sealed = ONE.seal_block(address, numbers(count))
    assert ONE.open_block(address, sealed) == numbers(count)
    assert len(sealed) == len(ONE.seal_block(address, numbers(5)))


def test_more_than_a_block_holds_is_refused():
    with pytest.raises(ValueError, match="more than a block holds"):
        ONE.seal_block(ONE.address(7, 0), numbers(CAPACITY + 1))


def test_a_block_opens_at_its_own_address_under_its_own_key_alone():
    address = ONE.address(7, 0)
    sealed = ONE.seal_block(address, numbers(3))
    altered = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, where, data in [
        (ONE, ONE.address(7, 1), sealed),
        (OTHER, address, sealed),
        (ONE, address, altered),
        (ONE, address, b""),
        (ONE, address, b"\2" + sealed[1:]),
    ]:
        with pytest.raises(Refused):
            key.open_block(where, data)


def test_addresses_of_tokens_parts_and_keys_are_all_different():
    found = {
        *(key.address(token, part) for key in (ONE, OTHER) for token in range(9) for part in range(9)),
        *(key.directory_address(part) for key in (ONE, OTHER) for part in range(9)),
    }
    assert len(found) == 2 * (81 + 9) and {len(one) for one in found} == {ADDRESS}


def test_what_was_gathered_opens_under_its_number_alone():
    sealed = ONE.seal_part(3, b"pairs")
    assert ONE.open_part(3, sealed) == b"pairs"
    with pytest.raises(Refused):
        ONE.open_part(4, sealed)


@pytest.mark.parametrize(("count", "rows"), [(0, 1), (1, 1), (TOKENS, 1), (TOKENS + 1, 2), (3 * TOKENS, 3)])
def test_a_row_of_the_delta_is_as_long_for_a_short_name_as_for_a_long_one(count, rows):
    key = DeltaKey(b"3" * 32)
    found = key.rows(9, range(count))
    assert len(found) == rows and {len(one) for one in found} == {len(key.rows(1, ())[0])}
    opened = [key.open(one) for one in found]
    assert {number for number, _tokens in opened} == {9}
    assert sorted(token for _number, tokens in opened for token in tokens) == list(range(count))


def test_the_number_of_an_id_leads_back_to_it():
    for _ in range(50):
        one = new_id()
        first, last = span_of(number_of(one))
        assert first <= one <= last and number_of(first) == number_of(last) == number_of(one)


def test_a_token_is_the_same_every_time_and_says_nothing_of_its_key():
    assert token_of("_as") == token_of("_as") != token_of("asa")
    assert "secret" not in repr(Key(b"s" * 32)) and "ssss" not in repr(Key(b"s" * 32))
