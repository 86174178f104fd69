"""The law book as it will read once an act sets what is unset today: one entry more, read by the book's own reader."""

import re
from pathlib import Path

import pytest

from kalka.lawbook import book, schema

ENTRY = """    - from: {since}
      from_confidence: verbatim
      value: {value}
      act: law-63
      article: "7"
      confidence: verbatim
      source: "An act that says so, for this test alone"
"""


def law_says(monkeypatch: pytest.MonkeyPatch, folder: Path, key: str, value: int, *, since: str) -> None:
    """From a day on, until the test ends."""
    files = sorted((book.FOLDER / "parameters").glob("*.yaml"))
    found = next(one for one in files if re.search(rf"^{re.escape(key)}:", one.read_text(), re.M))
    text = found.read_text()
    begins = re.search(rf"^{re.escape(key)}:", text, re.M)
    assert begins is not None
    after = re.compile(r"^\S", re.M).search(text, begins.end())
    at = after.start() if after else len(text)
    amended = folder / found.name
    amended.write_text(text[:at].rstrip("\n") + "\n" + ENTRY.format(since=since, value=value) + text[at:])
    read = schema.parameters([amended if one == found else one for one in files], dict(book.acts()))
    monkeypatch.setattr(book, "_book", lambda: read)
