"""Papers filled in, and read back."""

import io
from datetime import UTC, datetime

from pypdf import PdfReader
from pypdf.generic import StreamObject

from kalka.papers import packs, printing

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
LETTERS = "Ңң Өө Үү Ёё Ыы"


def filled(name: str, **said: object) -> dict[str, object]:
    needs = packs.pack(name).needs
    return {field: f"{field} {LETTERS}" if kind == "text" else [LETTERS] for field, kind in needs.items()} | said


def printed(name: str = "order", lang: str = "ky", **said: object) -> bytes:
    return printing.render(name, lang, filled(name, **said), now=NOW)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """As a reader sees it: one space is one space."""
    return " ".join(" ".join(pages(pdf)).split())


def everything(pdf: bytes) -> bytes:
    """Every byte a careful reader could find: the file, its streams unpacked, its texts, its metadata."""
    reader = PdfReader(io.BytesIO(pdf))
    found = [pdf, text(pdf).encode(), repr(reader.metadata).encode()]
    for number in range(1, int(reader.trailer["/Size"])):
        body = reader.get_object(number)
        found.append(repr(body).encode())
        if isinstance(body, StreamObject):
            found.append(body.get_data())
    return b"\n".join(found)
