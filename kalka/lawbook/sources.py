"""What a provision was read in, in the language of whoever reads: the book itself says it in English."""

from collections.abc import Mapping
from functools import cache

from kalka.core.datafile import Fields, read
from kalka.lawbook import book

FILE = "sources.yaml"


def told(source: str, lang: str) -> str:
    """As the book says it where nobody put it into that language."""
    return _words().get(source, {}).get(lang, source)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Refuses with `datafile.refused` a line without both languages."""
    file, found = Fields(read(book.FOLDER / FILE), FILE), {}
    for source in file.names():
        row = Fields(file.raw(source), FILE)
        found[source] = {lang: row.take(lang, str) for lang in ("ky", "ru")}
        row.close()
    return found
