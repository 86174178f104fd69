"""The first line of a stream: what it is, of which moment, how much must come back, under which root key it was made.

The line and what follows it are sealed together; nothing of it stands beside the file.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from kalka.core import root
from kalka.core.errors import DomainError

FORMAT = 1
LONGEST = 1_000_000
DATA, KEYS = "data", "keys"


@dataclass(frozen=True, slots=True)
class Head:
    kind: str  # data or keys
    pair: str  # drawn at random, the same in both
    at: datetime
    engine: str
    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]  # by table; of the tables this stream holds
    position: int  # of the record's last seal
    link: str
    root: str  # tells whether the root key is the same, not which it is
    version: str = ""
    data_sha256: str = ""  # in the keys: of the data's sealed file

    def line(self) -> bytes:
        said = asdict(self) | {"kalka": FORMAT, "at": self.at.isoformat(), "version": version("kalka")}
        return json.dumps(said, separators=(",", ":")).encode() + b"\n"

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def read(line: bytes) -> Head:
    """Raises DomainError for a stream of another kind or of a later format."""
    try:
        said: dict[str, Any] = json.loads(line)
        if said.pop("kalka") != FORMAT:
            raise DomainError("backups.newer_version")
        at, steps = datetime.fromisoformat(said.pop("at")), said.pop("migrations")
        return Head(at=at, migrations=tuple((app, name) for app, name in steps), **said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DomainError("backups.not_a_backup") from None


def root_mark(pair: str) -> str:
    """The same root key gives the same mark for a pair; the mark gives nothing away of the key."""
    return hmac.digest(root.derive("backups|root"), pair.encode(), "sha256")[:16].hex()
