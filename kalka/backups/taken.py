"""What is taken of a database at one moment: its data without the keys, and the keys, one a line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

KEY_TABLES = ("vault_subjectkey", "vault_keyencryptionkey")
SUBJECT, OUTER = b"subject", b"outer"  # the first word of a line of the keys
# Five columns: what it is, its id, whose it is (a subject, or the version), its class, the wrapped bytes in hex.
BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Taken:
    """`data` and `keys` are read once each, while the copy or the snapshot stands."""

    engine: str
    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    position: int
    link: str
    data: Callable[[], Iterable[bytes]]
    keys: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class KeyRow:
    is_subject: bool
    id: int
    of: str
    klass: str
    wrapped: bytes


def read_line(line: bytes) -> KeyRow:
    word, id, of, klass, wrapped = line.split(b"\t")
    return KeyRow(word == SUBJECT, int(id), of.decode(), klass.decode(), bytes.fromhex(wrapped.decode()))


class Lines:
    """Takes blocks of any length, gives whole lines on."""

    def __init__(self, each: Callable[[KeyRow], object]) -> None:
        self._each, self._rest = each, b""
        self.count = 0

    def __call__(self, block: bytes) -> None:
        *whole, self._rest = (self._rest + block).split(b"\n")
        for line in whole:
            self._each(read_line(line))
        self.count += len(whole)


def chunks(file: Callable[[int], bytes]) -> Iterator[bytes]:
    while block := file(BLOCK):
        yield block
