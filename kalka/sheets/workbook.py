"""A workbook's bytes to a grid of cells. What is measured is what is parsed, and the parser runs in a cage."""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kalka.core.errors import DomainError
from kalka.sheets.cells import Above, Cell
from kalka.sheets.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

MAX_UNPACKED = 20_000_000
MAX_RATIO = 100
MAX_PARTS = 1_000
SECONDS = 20
_PIECE = 65_536


def grid_of(data: bytes) -> list[list[Cell | Above]]:
    """The first visible sheet from A1 on. Refuses bombs, locked and broken files."""
    if data.startswith(b"PK"):
        data = _repacked(data)
    child = [sys.executable, "-I", str(Path(__file__).with_name("child.py")), str(MAX_ROWS), str(MAX_CELLS)]
    try:
        done = subprocess.run(child, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _too_many_cells() from None
    if done.returncode:
        raise _too_many_cells()
    said = json.loads(done.stdout)
    if "refused" in said:
        raise _too_many_cells() if said["refused"] == "sheets.too_many_cells" else DomainError(said["refused"])
    return [[_cell(cell) for cell in row] for row in said["grid"]]


def _too_many_cells() -> DomainError:
    return DomainError("sheets.too_many_cells", columns=MAX_COLUMNS, cells=MAX_CELLS)


def _cell(cell: Any) -> Cell | Above:
    if isinstance(cell, dict) and "above" in cell:
        value = _cell(cell["above"])
        assert not isinstance(value, Above)
        return Above(value)
    if isinstance(cell, dict):
        said: str = cell["day"]
        return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)
    plain: Cell = cell
    return plain


def _repacked(data: bytes) -> bytes:
    """The same workbook unpacked within the limits: a header that lies about its sizes reaches nobody."""
    out = io.BytesIO()
    left = min(MAX_UNPACKED, len(data) * MAX_RATIO)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as plain:
            names = packed.namelist()
            if "xl/workbook.xml" not in names:
                raise DomainError("sheets.kind")
            if len(names) > MAX_PARTS or len(set(names)) < len(names):
                raise DomainError("sheets.broken")
            for part in packed.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    left = _copy(packed, plain, part, left)
    # the last three: packed in a way the library does not read, under a password, with an offset outside the file
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise DomainError("sheets.broken") from None
    return out.getvalue()


def _copy(packed: zipfile.ZipFile, plain: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    with packed.open(part) as source, plain.open(part.filename, "w") as target:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise DomainError("sheets.unpacks_too_large", megabytes=MAX_UNPACKED // 1_000_000, ratio=MAX_RATIO)
            target.write(piece)
    return left
