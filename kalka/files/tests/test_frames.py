import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.refs import new_id
from kalka.files import frames
from kalka.files.frames import FRAME
from kalka.vault.crypto import Refused

KEY = secrets.token_bytes(32)


def sealed(content: bytes, key: bytes = KEY) -> tuple[object, list[bytes]]:
    id = new_id()
    return id, list(frames.seal(key, id, content))


@pytest.mark.parametrize("size", [1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME + 17])
def test_what_was_sealed_opens_whole(size: int) -> None:
    content = secrets.token_bytes(size)
    id, parts = sealed(content)
    assert frames.unseal(KEY, id, parts, size) == content


@pytest.mark.parametrize(
    ("size", "count"), [(1, 1), (FRAME, 1), (FRAME + 1, 2), (8 * FRAME, 8), (8 * FRAME + 1, 16), (17 * FRAME, 24)]
)
def test_the_length_is_told_in_steps_alone(size: int, count: int) -> None:
    assert frames.count(size) == count
    _, parts = sealed(b"a" * size)
    assert {len(part) for part in parts} == {1 + 12 + FRAME + 16}


def test_a_file_cut_at_any_frame_is_refused() -> None:
    content = secrets.token_bytes(5 * FRAME)
    id, parts = sealed(content)
    for kept in range(len(parts)):
        for size in (len(content), kept * FRAME):
            with pytest.raises(Refused):
                frames.unseal(KEY, id, parts[:kept], size)


def test_frames_reordered_repeated_dropped_or_added_are_refused() -> None:
    size = 3 * FRAME
    id, (a, b, c) = sealed(secrets.token_bytes(size))
    for wrong in ([b, a, c], [a, c, b], [a, a, c], [a, b, b], [b, c], [a, c], [a, b, c, c]):
        with pytest.raises(Refused):
            frames.unseal(KEY, id, wrong, size)


def test_frames_of_another_file_or_key_are_refused() -> None:
    size = 2 * FRAME
    id, mine = sealed(b"a" * size)
    other_id, theirs = sealed(b"b" * size)
    for who, parts in ((id, [mine[0], theirs[1]]), (other_id, mine)):
        with pytest.raises(Refused):
            frames.unseal(KEY, who, parts, size)
    with pytest.raises(Refused):
        frames.unseal(secrets.token_bytes(32), id, mine, size)


@given(at=st.integers(0, 1 + 12 + FRAME + 16 - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(at: int, bit: int) -> None:
    id, parts = sealed(b"secret")
    broken = bytearray(parts[0])
    broken[at] ^= 1 << bit
    with pytest.raises(Refused):
        frames.unseal(KEY, id, [bytes(broken)], 6)


def test_a_frame_cut_short_and_a_false_size_are_refused() -> None:
    id, parts = sealed(b"secret")
    for cut in (b"", parts[0][:1], parts[0][:20], parts[0][:-1]):
        with pytest.raises(Refused):
            frames.unseal(KEY, id, [cut], 6)
    for size in (-1, 5):
        with pytest.raises(Refused):
            frames.unseal(KEY, id, parts, size)
