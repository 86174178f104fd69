"""The scanner finds what it is to find: otherwise its silence says nothing."""

import base64
import gzip
import json
import random
import unicodedata
import urllib.parse
import zlib

import pytest

from tests.security.markers import CYRILLIC, DIGITS, LATIN, Marker, found

NOISE = random.Random(7).randbytes(20_000)
CODED = {
    "utf-8": str.encode,
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 the other way round": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX": lambda text: text.encode().hex().upper().encode(),
    "address": lambda text: urllib.parse.quote_plus(text).encode(),
    "json": lambda text: json.dumps({"a": text}).encode(),
    "taken apart": lambda text: unicodedata.normalize("NFD", text).encode(),
    "capitals": lambda text: text.upper().encode(),
    "small": lambda text: text.lower().encode(),
    "backwards": lambda text: text[::-1].encode(),
    "python": lambda text: repr(text.encode()).encode(),
    "zlib": lambda text: zlib.compress(text.encode() * 3),
    "gzip": lambda text: gzip.compress(text.encode() * 3),
    "entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    **{f"base64 after {n}": lambda text, n=n: base64.b64encode(b"x" * n + text.encode() + b"yz") for n in range(3)},
    **{f"url base64 after {n}": lambda text, n=n: base64.urlsafe_b64encode(b"x" * n + text.encode()) for n in range(3)},
    **{
        f"base64 of utf-16 after {n}": lambda text, n=n: base64.b64encode(b"x" * n + text.encode("utf-16-le"))
        for n in range(3)
    },
}


@pytest.mark.parametrize("how", CODED)
@pytest.mark.parametrize("stem", [CYRILLIC, LATIN, DIGITS])
def test_a_planted_canary_is_found_however_it_is_written(stem, how):
    assert found(NOISE + CODED[how](f"a {stem} 017") + NOISE)


def test_noise_and_other_words_are_no_canary():
    assert found(NOISE) == []
    assert found(json.dumps({"what": "Кундуз 555 835 09, Qzvanaryk"}).encode() + zlib.compress(NOISE)) == []


def test_every_canary_holds_a_stem_of_each_script_that_fits():
    marker = Marker()
    assert all(stem in marker.word("report") for stem in (CYRILLIC, LATIN, DIGITS))
    assert LATIN in marker.word("pin", 20) and len(marker.word("pin", 20)) <= 20
    assert DIGITS in marker.telephone("phone")
    assert len(set(marker.drawn)) == 6
