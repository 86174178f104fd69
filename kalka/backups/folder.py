"""The folder of backups: which pairs stand in it, how one comes in whole or not at all, how old ones go.

Only files that a manifest of ours names are ever removed, and unfinished ones by their name.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from kalka.backups import rules
from kalka.backups.head import DATA, KEYS
from kalka.backups.rules import STAMP, Stored
from kalka.backups.workroom import held, private, settle, settle_folder
from kalka.core.errors import DomainError

MANIFEST = re.compile(r"kalka-(\d{8}T\d{6}Z)\.json")
PART = re.compile(r"\.kalka-(data-|keys-)?\d{8}T\d{6}Z\.(age|json)\.part")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One stream as it was written."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pair:
    at: datetime
    data: Sealed
    keys: Sealed

    @property
    def manifest(self) -> str:
        return f"kalka-{self.at:{STAMP}}.json"


def name_of(kind: str, at: datetime) -> str:
    return f"kalka-{kind}-{at:{STAMP}}.age"


@contextmanager
def receiving(folder: Path, data: Path) -> Iterator["Receiving"]:
    """Alone in the folder; what a killed run left goes first. Refuses a folder that is missing, or lies in `data`."""
    if not folder.is_dir():
        raise DomainError("backups.folder_missing")
    if folder.resolve().is_relative_to(data.resolve()):
        raise DomainError("backups.folder_in_data")
    with held(folder):
        sweep(folder)
        try:
            yield Receiving(folder)
        finally:
            sweep(folder)


def sweep(folder: Path) -> None:
    for left in folder.iterdir():
        if PART.fullmatch(left.name):
            left.unlink()


class Receiving:
    """Writes under names that nobody takes for a backup, then gives all of them their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def part(self, name: str) -> Iterator[BinaryIO]:
        if (self.folder / name).exists():
            raise DomainError("backups.already_there", name=name)
        with private(self._part(name)) as file:
            yield file
            settle(file)

    def publish(self, pair: Pair) -> None:
        """The manifest first: a stream that stood there without one would never expire."""
        with self.part(pair.manifest) as file:
            file.write(json.dumps(asdict(pair) | {"at": pair.at.isoformat()}, indent=1).encode() + b"\n")
        for name in (pair.manifest, pair.keys.name, pair.data.name):
            self._part(name).replace(self.folder / name)
        settle_folder(self.folder)

    def _part(self, name: str) -> Path:
        return self.folder / f".{name}.part"


def pairs(folder: Path) -> list[Pair]:
    """Every pair that a manifest tells of, oldest first, whether or not its streams are still there."""
    found = (_read(path) for path in sorted(folder.iterdir()) if MANIFEST.fullmatch(path.name))
    return [pair for pair in found if pair is not None]


def is_whole(folder: Path, pair: Pair) -> bool:
    """Both streams are there in their full length. Whether they are unaltered, a drill tells."""
    paths = ((folder / one.name, one.size) for one in (pair.data, pair.keys))
    return all(path.is_file() and path.stat().st_size == size for path, size in paths)


def newest(folder: Path) -> Pair:
    """Refuses where none is whole."""
    if not folder.is_dir():
        raise DomainError("backups.folder_missing")
    whole = [pair for pair in pairs(folder) if is_whole(folder, pair)]
    if not whole:
        raise DomainError("backups.none_there")
    return max(whole, key=lambda pair: pair.at)


def prune(folder: Path, now: datetime, *, data_days: int) -> int:
    """Remove what has expired. Returns how many streams went."""
    known = pairs(folder)
    expired = rules.expired(_stored(folder, known), now, data_days=data_days)
    removed = 0
    for pair in known:
        gone = {pair.keys.name: pair.at in expired.keys, pair.data.name: pair.at in expired.data}
        for name, goes in gone.items():
            if goes and (folder / name).is_file():
                (folder / name).unlink()
                removed += 1
        if not any((folder / name).exists() for name in gone):
            (folder / pair.manifest).unlink()
    settle_folder(folder)
    return removed


def _stored(folder: Path, known: Sequence[Pair]) -> list[Stored]:
    return [Stored(pair.at, is_whole(folder, pair)) for pair in known]


def _read(path: Path) -> Pair | None:
    """None for a file that is not ours, whatever it is called: no name in it leads anywhere but beside itself."""
    try:
        said = json.loads(path.read_text("utf-8"))
        at = datetime.fromisoformat(said["at"]).astimezone(UTC)
        pair = Pair(at, Sealed(**said["data"]), Sealed(**said["keys"]))
    except (ValueError, KeyError, TypeError):
        return None
    named = (pair.manifest, pair.data.name, pair.keys.name)
    return pair if named == (path.name, name_of(DATA, at), name_of(KEYS, at)) else None
