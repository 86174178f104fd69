from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from kalka.backups import folder
from kalka.backups.folder import Pair, Receiving, Sealed
from kalka.backups.head import DATA, KEYS, Head

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def a_head(**more) -> Head:
    told = {
        "kind": DATA,
        "pair": "0" * 32,
        "at": NOW,
        "engine": "sqlite",
        "migrations": (("core", "0001_initial"),),
        "rows": {"cases_case": 3},
        "position": 7,
        "link": "ab",
        "root": "cd",
    }
    return Head(**told | more)


def a_pair(place: Path, at: datetime) -> Pair:
    """Two streams with their manifest, as a backup leaves them."""
    receiving, streams = Receiving(place), {}
    for kind in (DATA, KEYS):
        name, content = folder.name_of(kind, at), f"{kind} {at}".encode()
        with receiving.part(name) as file:
            file.write(content)
        streams[kind] = Sealed(name, len(content), sha256(content).hexdigest())
    pair = Pair(at, streams[DATA], streams[KEYS])
    receiving.publish(pair)
    return pair
