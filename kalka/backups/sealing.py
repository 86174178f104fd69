"""Streams in the age format: sealed to several recipients, any of whom opens them alone, also by the ordinary tool."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

from kalka.backups import head
from kalka.backups.head import Head
from kalka.core.errors import DomainError

Sink = Callable[[bytes], object]


def recipients(written: Iterable[str]) -> list[Recipient]:
    """Public keys, `age1…`. Refuses anything else, a secret key above all, and an empty list."""
    given = list(dict.fromkeys(one for one in map(str.strip, written) if one and not one.startswith("#")))
    if not given:
        raise DomainError("backups.no_recipient")
    try:
        return [Recipient.from_str(one) for one in given]
    except pyrage.RecipientError:
        raise DomainError("backups.recipient_unusable") from None


def identities(written: str) -> list[Identity]:
    """Secret keys as `age-keygen` writes them: one a line, comments left out."""
    given = [one for one in map(str.strip, written.splitlines()) if one and not one.startswith("#")]
    try:
        found = [Identity.from_str(one) for one in given]
    except pyrage.IdentityError:
        raise DomainError("backups.identity_unusable") from None
    if not found:
        raise DomainError("backups.identity_unusable")
    return found


class Written:
    """A file that is being written: how long it has become, and the hash of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash = file, sha256()
        self.size = 0
        self.fault: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except OSError as error:
            self.fault = error
            raise
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class _Blocks:
    """Blocks of any length, read as a file."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks: Iterator[bytes] = iter(blocks)
        self._rest = memoryview(b"")
        self.fault: Exception | None = None

    def read(self, size: int) -> bytes:
        while not self._rest:
            try:
                block = next(self._blocks, None)
            except Exception as error:
                self.fault = error
                raise
            if block is None:
                return b""
            self._rest = memoryview(block)
        part, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return part


def seal(blocks: Iterable[bytes], file: BinaryIO, to: Sequence[Recipient]) -> Written:
    """Raises what reading the blocks or writing the file raised, itself."""
    source, written = _Blocks(blocks), Written(file)
    try:
        pyrage.encrypt_io(source, written, to)
    except pyrage.EncryptError as error:
        raise source.fault or written.fault or error from None
    return written


class _Enough(Exception):
    """The head was read."""


class _Pouring:
    """The head is kept, what follows it is passed on."""

    def __init__(self, sink: Sink | None) -> None:
        self._sink, self._line = sink, b""
        self.head: Head | None = None
        self.fault: Exception | None = None

    def write(self, data: bytes) -> int:
        if self.fault is not None:  # what was refused is offered once more at the end
            raise self.fault
        try:
            self._take(bytes(data))
        except Exception as error:
            self.fault = error
            raise
        return len(data)

    def flush(self) -> None: ...

    def _take(self, data: bytes) -> None:
        if self.head is None:
            line, end, data = (self._line + data).partition(b"\n")
            self._line = line
            if len(line) > head.LONGEST:
                raise DomainError("backups.not_a_backup")
            if not end:
                return
            self.head = head.read(line)
        if self._sink is None:
            raise _Enough
        if data:
            self._sink(data)


class Stream:
    """A sealed stream and those who may open it. What `pour` gives on is only good once it has returned."""

    def __init__(self, path: Path, identities: Sequence[Identity]) -> None:
        self.path, self._identities = path, identities
        self.head = self._opened(None)

    def pour(self, sink: Sink) -> None:
        """Everything after the head. Refuses, at the end at the latest, bytes that were altered or cut."""
        self._opened(sink)

    def sha256(self) -> str:
        found = sha256()
        with self.path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
        return found.hexdigest()

    def _opened(self, sink: Sink | None) -> Head:
        pouring = _Pouring(sink)
        with self.path.open("rb") as file:
            try:
                pyrage.decrypt_io(file, pouring, self._identities)
            except Exception as error:  # our own fault comes back as it is or in pyrage's words, never told apart
                if pouring.fault is None:
                    raise _refusal(file, error) from None
                if not isinstance(pouring.fault, _Enough):
                    raise pouring.fault from None
        if pouring.head is None:
            raise DomainError("backups.not_a_backup")
        return pouring.head


def _refusal(file: BinaryIO, error: Exception) -> DomainError:
    name = Path(file.name).name
    file.seek(0)
    if not file.read(64).startswith(b"age-encryption.org/"):
        return DomainError("backups.not_a_backup")
    if "No matching keys" in str(error):
        return DomainError("backups.identity_wrong", name=name)
    return DomainError("backups.altered", name=name)
