"""What may be attached: told by the content, never by the name or by what the browser says."""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from kalka.core.errors import DomainError

LIMIT = 20_000_000  # bytes of one upload, all its files together
LIMIT_MB = LIMIT // 1_000_000
NAME_LENGTH = 120
UNPACKED = 100_000_000  # a document that would unpack to more is a bomb,
RATIO = 100  # and so is one that would unpack to so many times itself
PARTS = 4_000


class Media(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    TEXT = "text"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Served:
    content_type: str
    suffix: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
SERVED = {
    Media.JPEG: Served("image/jpeg", "jpg"),
    Media.PNG: Served("image/png", "png"),
    Media.PDF: Served("application/pdf", "pdf"),
    Media.TEXT: Served("text/plain", "txt"),
    Media.DOCX: Served(f"{_OFFICE}.wordprocessingml.document", "docx"),
    Media.XLSX: Served(f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
}
ACCEPT = ".jpg,.jpeg,.png,.pdf,.txt,.docx,.xlsx"

_PROGRAM = re.compile(r"\s*(#!|%!|\{\\rtf|MZ)", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(!doctype|\?xml|html|head|body|svg|script|iframe|object|embed|math)\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Characters that make a name look like another: «exe.jpg» written from right to left.
_DISGUISE = re.compile("[\x00-\x1f\x7f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_MACROS = ("vbaproject.bin", "activex", "oleobject", "embeddings/")


def check(content: bytes) -> Media:
    """The kind of the content. Refuses what is empty, too large or not of an allowed kind."""
    if not content:
        raise DomainError("files.empty", field="file")
    if len(content) > LIMIT:
        raise too_large()
    kind = sniff(content)
    if kind is None:
        raise DomainError("files.kind_refused", field="file")
    return kind


def too_large() -> DomainError:
    return DomainError("files.too_large", field="file", limit=LIMIT_MB)


def sniff(content: bytes) -> Media | None:
    if content.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return Media.PNG
    if content.startswith(b"%PDF-"):
        return Media.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return Media.TEXT if _is_text(content) else None


def shown_name(given: str) -> str:
    """The name as it may be shown again: no folders, nothing invisible, no more than a line."""
    last = PurePosixPath(given.replace("\\", "/")).name
    return " ".join(_DISGUISE.sub("", last).split())[:NAME_LENGTH]


def _office(content: bytes) -> Media | None:
    """Only the table of contents is read: nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return None  # no archive, or one packed in a way nobody packs a document: it is not taken for one
    names = {part.filename.casefold() for part in parts}
    most = min(UNPACKED, RATIO * len(content))
    if len(parts) > PARTS or sum(part.file_size for part in parts) > most or "[content_types].xml" not in names:
        return None
    if any(macro in name for name in names for macro in _MACROS):
        return None
    if "word/document.xml" in names:
        return Media.DOCX
    return Media.XLSX if "xl/workbook.xml" in names else None


def _is_text(content: bytes) -> bool:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not (_CONTROLS.search(text) or _PROGRAM.match(text) or _MARKUP.search(text))
