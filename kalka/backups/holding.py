"""Which keys streams of the folder were made before a moment: they still hold what was destroyed since."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kalka.backups import folder
from kalka.backups.rules import KEYS_DAYS


@dataclass(frozen=True, slots=True)
class Held:
    """`seen`: the folder could be looked into. `streams` were made before; the youngest of them may go at `until`, when
    a newer pair stands beside it and the next backup prunes."""

    seen: bool
    streams: int
    until: datetime | None


def of(to: Path | None, moment: datetime) -> Held:
    """Copies that were carried elsewhere are not known here."""
    if to is None or not to.is_dir():
        return Held(False, 0, moment + timedelta(days=KEYS_DAYS))
    older = [pair.at for pair in folder.pairs(to) if pair.at <= moment and (to / pair.keys.name).exists()]
    return Held(True, len(older), max(older) + timedelta(days=KEYS_DAYS) if older else None)
