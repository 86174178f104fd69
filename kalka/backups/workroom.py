"""A folder of the installation's own data in which a copy may lie for as long as it is being sealed.

Only its owner may look into it, one process at a time uses it, and whatever a killed one left goes before the next.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EWOULDBLOCK
from pathlib import Path
from typing import BinaryIO

from kalka.core.errors import DomainError

NAME = "copying"


@contextmanager
def entered(data: Path) -> Iterator[Path]:
    """The empty room. Refuses while another process is in it."""
    room = data / NAME
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(room):
        _empty(room)
        try:
            yield room
        finally:
            _empty(room)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Alone in a folder, until the end or death of this process. A disk that knows no locks is taken as it is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno == EWOULDBLOCK:
                raise DomainError("backups.busy") from None
        yield
    finally:
        os.close(handle)


def private(path: Path) -> BinaryIO:
    """A new file that nobody else may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was written too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _empty(room: Path) -> None:
    for left in room.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
