"""Makes the faces of one picture unreadable, in a process of its own with little memory and little time.

Standard input: a picture that was made anew already, without metadata. Standard output: how many faces were found, a
line end, and a JPEG. Arguments: places to make unreadable as well, "row-column" of a grid, then its rows and columns.
Every face is replaced by a few large spots of its mean colours: nothing of the features is left to be sharpened again.
"""

import io
import os
import resource
import sys
from collections.abc import Iterable
from typing import Any

MEMORY = 1200 * 1024 * 1024  # of addresses; what is really used stays below 300 MB
SECONDS = 10
REFUSED = 3
SIDE = 1600  # pixels of the longer side of what is kept
SPOTS = 4  # a face becomes so many by so many
WIDER = 0.35  # of the face: hair, chin and ears tell as well
CASCADES = ("haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml")

Box = tuple[int, int, int, int]  # left, top, right, bottom


def limit() -> None:
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENCV_LOG_LEVEL="SILENT")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def faces(image: Any) -> list[Box]:
    """By three cascades, the profile also mirrored. Rather too many than too few: a spot too much harms nobody."""
    import cv2
    import numpy

    cv2.setNumThreads(1)
    folder: str = cv2.data.haarcascades  # type: ignore[attr-defined]  # the stubs leave it out
    grey = cv2.equalizeHist(numpy.asarray(image.convert("L")))
    least = max(20, min(grey.shape) // 40)
    found: list[Box] = []
    for name in CASCADES:
        cascade = cv2.CascadeClassifier(f"{folder}{name}")
        if cascade.empty():
            raise RuntimeError
        sides = (False, True) if "profile" in name else (False,)
        for mirrored in sides:
            seen = cv2.flip(grey, 1) if mirrored else grey
            for x, y, w, h in cascade.detectMultiScale(seen, 1.1, 3, minSize=(least, least)):
                left = image.width - x - w if mirrored else x
                found.append((int(left), int(y), int(left + w), int(y + h)))
    return apart(found)


def apart(boxes: Iterable[Box]) -> list[Box]:
    """One for each face: boxes that lie over one another become one that holds them all."""
    found: list[Box] = []
    for box in boxes:
        over = [one for one in found if _meet(one, box)]
        found = [one for one in found if one not in over]
        whole = [box, *over]
        found.append(
            (min(b[0] for b in whole), min(b[1] for b in whole), max(b[2] for b in whole), max(b[3] for b in whole))
        )
    return found


def _meet(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return wide > 0 and high > 0 and wide * high > smaller / 3


def hide(image: Any, box: Box, wider: float) -> None:
    from PIL import Image

    dx, dy = int((box[2] - box[0]) * wider), int((box[3] - box[1]) * wider)
    left, top = max(0, box[0] - dx), max(0, box[1] - dy)
    right, bottom = min(image.width, box[2] + dx), min(image.height, box[3] + dy)
    part = image.crop((left, top, right, bottom))
    spots = part.resize((SPOTS, SPOTS), Image.Resampling.BOX)
    image.paste(spots.resize(part.size, Image.Resampling.NEAREST), (left, top))


def place(image: Any, row: int, column: int, rows: int, columns: int) -> Box:
    return (
        image.width * column // columns,
        image.height * row // rows,
        image.width * (column + 1) // columns,
        image.height * (row + 1) // rows,
    )


def made_unreadable(data: bytes, marks: list[tuple[int, int]], rows: int, columns: int) -> tuple[int, bytes]:
    from PIL import Image

    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.thumbnail((SIDE, SIDE))
    found = [] if marks else faces(image)  # what is marked comes after what was found
    for box in found:
        hide(image, box, WIDER)
    for row, column in marks:
        hide(image, place(image, row, column, rows, columns), 0.1)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return len(found), out.getvalue()


def main(said: list[str]) -> None:
    rows, columns = int(said[-2]), int(said[-1])
    marks = [(int(one.split("-")[0]), int(one.split("-")[1])) for one in said[:-2]]
    found, picture = made_unreadable(sys.stdin.buffer.read(), marks, rows, columns)
    sys.stdout.buffer.write(b"%d\n" % found + picture)


if __name__ == "__main__":
    limit()
    try:
        main(sys.argv[1:])
    except Exception:  # whatever a decoder stumbles over: the words of it may hold what is in the picture
        sys.exit(REFUSED)
