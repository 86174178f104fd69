"""Requirement 4: an attachment that was cut, reordered, doubled or spliced is refused; nothing of it is given out."""

import os
from uuid import UUID

import pytest

from kalka.files import frames
from kalka.vault.crypto import Refused

KEY, ID, OTHER = bytes(range(32)), UUID(int=7), UUID(int=8)
CONTENT = os.urandom(3 * frames.FRAME + 99)


def refused(parts: list[bytes], size: int = len(CONTENT), id: UUID = ID) -> bool:
    try:
        frames.unseal(KEY, id, parts, size)
    except Refused:
        return True
    return False


@pytest.fixture(scope="module")
def sealed() -> list[bytes]:
    return list(frames.seal(KEY, ID, CONTENT))


def test_requirement_4_whole_it_opens(sealed):
    assert frames.unseal(KEY, ID, sealed, len(CONTENT)) == CONTENT


def test_requirement_4_cut_at_every_frame_boundary_it_is_refused_whatever_size_is_claimed(sealed):
    for kept in range(len(sealed)):
        sizes = {len(CONTENT), kept * frames.FRAME, max(0, kept * frames.FRAME - 1), 1, 0}
        assert all(refused(sealed[:kept], size) for size in sizes)
        assert all(refused(sealed[kept + 1 :], size) for size in sizes)


def test_requirement_4_cut_inside_every_frame_it_is_refused(sealed):
    for number, frame in enumerate(sealed):
        for length in (0, 1, 12, 13, 28, 29, 64, frames.FRAME, len(frame) - 16, len(frame) - 1):
            assert refused([*sealed[:number], frame[:length], *sealed[number + 1 :]])
        assert refused([*sealed[:number], frame + b"\0", *sealed[number + 1 :]])


def test_requirement_4_reordered_doubled_and_left_out(sealed):
    one, two, three, four = sealed
    for parts in ([two, one, three, four], [one, one, three, four], [one, two, two, four], [four, two, three, one]):
        assert refused(parts)
    for parts in ([one, two, three], [one, two, three, four, four], [*sealed, one], []):
        assert refused(parts)


def test_requirement_4_spliced_from_another_file_and_another_key(sealed):
    foreign, rekeyed = list(frames.seal(KEY, OTHER, CONTENT)), list(frames.seal(bytes(32), ID, CONTENT))
    again = list(frames.seal(KEY, ID, CONTENT[:-1] + b"?"))
    for number in range(len(sealed)):
        for source in (foreign, rekeyed):
            assert refused([*sealed[:number], source[number], *sealed[number + 1 :]])
        assert again[number] != sealed[number]
    assert refused(foreign) and refused(sealed, id=OTHER)


def test_requirement_4_a_claimed_size_that_is_not_the_content_s_is_refused(sealed):
    last = CONTENT[-1:] != b"\0"
    assert all(refused(sealed, size) for size in (0, 1, -1, 3 * frames.FRAME, 4 * frames.FRAME + 1))
    assert not last or refused(sealed, len(CONTENT) - 1)


def test_requirement_4_a_reader_is_given_nothing_before_the_last_frame_was_checked(sealed):
    """It is one value, not a stream: there is no place where a part could come out."""
    spoiled = [*sealed[:-1], sealed[-1][:-1] + bytes([sealed[-1][-1] ^ 1])]
    assert refused(spoiled) and not hasattr(frames.unseal(KEY, ID, sealed, len(CONTENT)), "__next__")
