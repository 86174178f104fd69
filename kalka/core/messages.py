"""The translated texts, compiled where they lie: git keeps what people read, not what machines read."""

import os
from pathlib import Path

import polib


def compile_all(locale: Path) -> list[Path]:
    """Compile every .po that is newer than its .mo. Returns what was written. Safe while serving."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        half = mo.with_suffix(f".{os.getpid()}")
        polib.pofile(str(po)).save_as_mofile(str(half))
        os.replace(half, mo)
        written.append(mo)
    return written
