from io import BytesIO

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.backups import head, sealing
from kalka.backups.sealing import Stream
from kalka.backups.tests.factories import a_head
from kalka.core.errors import DomainError

AIDA, BAKYT = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()


def refusal(of, *given) -> str:
    with pytest.raises(DomainError) as refused:
        of(*given)
    return refused.value.code


@pytest.mark.parametrize("given", [[], [""], ["# nobody"], ["age1short"], [str(AIDA)], ["ssh-ed25519 AAAA"]])
def test_only_public_keys_are_recipients(given):
    wanted = "backups.recipient_unusable" if given and given[0][:1] not in {"", "#"} else "backups.no_recipient"
    assert refusal(sealing.recipients, given) == wanted


@pytest.mark.parametrize(
    "given",
    ["", "# AGE-SECRET-KEY", str(AIDA.to_public()), "AGE-SECRET-KEY-1", "\0"],
    ids=["nothing", "a remark", "a public key", "a beginning", "no text"],  # a key drawn anew names no test
)
def test_only_secret_keys_open(given):
    assert refusal(sealing.identities, given) == "backups.identity_unusable"


def test_a_recipient_named_twice_is_one():
    assert len(sealing.recipients([str(AIDA.to_public())] * 2 + [f" {BAKYT.to_public()}\n"])) == 2


@given(st.lists(st.binary(max_size=40_000), max_size=6))
def test_what_was_sealed_in_pieces_comes_back_whole_for_each_keeper(blocks):
    out = BytesIO()
    written = sealing.seal(blocks, out, [AIDA.to_public(), BAKYT.to_public()])
    assert written.size == len(out.getvalue()) and out.getvalue().startswith(b"age-encryption.org/v1\n")
    for keeper in (AIDA, BAKYT):
        assert pyrage.decrypt(out.getvalue(), [keeper]) == b"".join(blocks)


def test_what_reading_or_writing_raised_is_raised():
    def broken():
        yield b"x" * 100_000
        raise DomainError("backups.dump_failed")

    assert refusal(sealing.seal, broken(), BytesIO(), [AIDA.to_public()]) == "backups.dump_failed"
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError) as error:
        sealing.seal([b"x" * 500_000], full, [AIDA.to_public()])
    assert error.value.errno == 28


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "one.age"
    with path.open("wb") as file:
        sealing.seal([a_head().line(), b"a" * 200_000, b"\nend"], file, [AIDA.to_public()])
    return path


def test_a_stream_knows_its_head_and_pours_the_rest(sealed):
    stream, out = Stream(sealed, [BAKYT, AIDA]), BytesIO()
    stream.pour(out.write)
    assert stream.head == head.read(a_head().line()) and stream.head.kind == "data"
    assert out.getvalue() == b"a" * 200_000 + b"\nend"


def test_every_cut_is_noticed(sealed, tmp_path):
    whole = sealed.read_bytes()
    short = tmp_path / "short.age"
    for length in (*range(0, 700, 7), *range(700, len(whole), 9_973), len(whole) - 1):
        short.write_bytes(whole[:length])
        found = refusal(lambda: Stream(short, [AIDA]).pour(lambda _block: None))
        assert found in {"backups.altered", "backups.not_a_backup"}, length


def test_what_the_sink_raises_comes_through(sealed):
    def full(_block: bytes) -> None:
        raise DomainError("backups.disk_full")

    assert refusal(Stream(sealed, [AIDA]).pour, full) == "backups.disk_full"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{}\n", "backups.not_a_backup"),
        (b"[1]\n", "backups.not_a_backup"),
        (b"\xff\n", "backups.not_a_backup"),
        (b'{"kalka": 2}\n', "backups.newer_version"),
        (a_head().line().replace(b'"pair"', b'"pear"'), "backups.not_a_backup"),
        (b"x" * (head.LONGEST + 9), "backups.not_a_backup"),
        (b"no end", "backups.not_a_backup"),
    ],
)
def test_a_head_of_another_kind_is_refused(tmp_path, line, code):
    with (tmp_path / "one.age").open("wb") as file:
        sealing.seal([line], file, [AIDA.to_public()])
    assert refusal(Stream, tmp_path / "one.age", [AIDA]) == code
