"""Canaries: words that nobody else writes, and everything they might look like in bytes."""

import base64
import html
import json
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from kalka.people.rules.names import fold

# One stem a script; every canary holds all that fit. Й and ң can be taken apart; the digits make a telephone number.
CYRILLIC, LATIN, DIGITS = "Кундузйөңгүш", "Qzvanarykxpolu", "55583509"
STEMS = (CYRILLIC, LATIN, DIGITS)
INFLATED = 4_000_000  # bytes of one compressed stream that are looked at
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


@dataclass
class Marker:
    """Draws canaries: a new one for each question, as long as the field can take."""

    drawn: dict[str, str] = field(default_factory=dict)  # what it is about, by the canary

    def word(self, about: str, limit: int = 200) -> str:
        number = f"{len(self.drawn):03}"
        made = f"{CYRILLIC} {LATIN}{DIGITS}{number}" if limit >= 45 else f"{LATIN}{number}"
        self.drawn[made] = about
        return made

    def telephone(self, about: str) -> str:
        made = f"0{DIGITS}{len(self.drawn) % 10}"
        self.drawn[made] = about
        return made


def _spelt(stem: str) -> set[str]:
    shapes = {stem, stem.upper(), stem.lower(), stem[::-1], stem.casefold(), fold(stem)}
    return {form for shape in shapes for form in (shape, *(unicodedata.normalize(n, shape) for n in ("NFD", "NFKD")))}


def _base64(data: bytes) -> Iterator[bytes]:
    """The letters that are the same whatever stands before and after: three alignments, both alphabets."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        inner = coded[-(-before * 8 // 6) : len(data + b"\0" * before) * 8 // 6]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _written(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        yield data
        yield data.hex().encode()
        yield data.hex().upper().encode()
        yield from _base64(data)
        if encoding in {"utf-8", "cp1251"}:
            quoted = urllib.parse.quote_from_bytes(data)
            yield quoted.encode()
            yield re.sub(r"%..", lambda one: one[0].lower(), quoted).encode()
            yield repr(data)[2:-1].encode()
    escaped = json.dumps(text)[1:-1]
    yield escaped.encode()
    yield re.sub(r"\\u....", lambda one: "\\u" + one[0][2:].upper(), escaped).encode()
    yield "".join(f"&#{ord(sign)};" for sign in text).encode()
    yield "".join(f"&#x{ord(sign):x};" for sign in text).encode()
    yield html.escape(text).encode()


def forms(stem: str) -> frozenset[bytes]:
    return frozenset(one for spelt in _spelt(stem) for one in _written(spelt) if len(one) >= 8)


FORMS = frozenset(one for stem in STEMS for one in forms(stem))
# A form that holds another one is found with it.
SHORTEST = tuple(one for one in FORMS if not any(other in one for other in FORMS if other != one))


def found(data: bytes, *, inside: bool = True) -> list[bytes]:
    """The forms of a canary in these bytes, and (`inside`) in whatever compressed streams they hold."""
    hits = [one for one in SHORTEST if one in data]
    if inside:
        for stream in _inflated(data):
            hits += found(stream, inside=False)
    return hits


def _inflated(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj(wbits=47).decompress(data[match.start() :], INFLATED)
        except zlib.error:
            continue
