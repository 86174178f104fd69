"""What is taken of a database at one moment: its data without the keys, and the keys, one a line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kalka.core.tree import Frontier

KEY_TABLES = ("vault_subjectkey", "vault_keyencryptionkey")
# Keys of the record that still serve: a backup that held them would bring back what the ratchet deletes.
# The index of names: made anew wherever it is missing, and in no copy, so that who is erased is in none either.
LEFT_OUT = (
    "core_auditsecret",
    "vault_indexpointer",
    "vault_indexblock",
    "vault_indexpart",
    "vault_indexdelta",
    "vault_indexgeneration",
)
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


def link_of(position: int, frontier: bytes) -> str:
    """The root of the record at its last seal."""
    return Frontier(position, frontier).root().hex()


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
