"""A picture without what was told beside it and without anybody's face: made by two processes in a cage.

What finding misses: faces turned away or half covered, small ones far behind, those in bad light. It finds things that
are no faces as well. So whoever brings the picture is shown what is left of it, can mark more, and where nobody was
found must say that nobody can be recognised.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kalka.core.errors import DomainError
from kalka.files import rules as files
from kalka.files.cleaning import cleaned
from kalka.files.rules import Media
from kalka.prevention.rules import COLUMNS, ROWS

SECONDS = 40  # by the wall, on a busy machine; of the processor the child has ten
PICTURES = (Media.JPEG, Media.PNG)


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    found: int
    jpeg: bytes


def without_faces(content: bytes) -> Picture:
    """Refuses `prevention.no_picture` for what is no picture, `files.not_shown` for what cannot be made anew."""
    media = files.check(content)
    if media not in PICTURES:
        raise DomainError("prevention.no_picture", field="file")
    return _child(cleaned(media, content))


def with_marks(jpeg: bytes, marks: Sequence[tuple[int, int]]) -> bytes:
    """A picture made before, with more places of its grid made unreadable."""
    return _child(jpeg, *(f"{row}-{column}" for row, column in marks)).jpeg


def _child(content: bytes, *marks: str) -> Picture:
    child = [sys.executable, "-I", str(Path(__file__).with_name("child.py")), *marks, str(ROWS), str(COLUMNS)]
    try:
        done = subprocess.run(child, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DomainError("files.not_shown", field="file") from None
    found, _line, jpeg = done.stdout.partition(b"\n")
    if done.returncode or not jpeg or not found.isdigit():
        raise DomainError("files.not_shown", field="file")
    return Picture(int(found), jpeg)
