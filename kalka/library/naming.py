"""The word list of names, read strictly from `names.yaml`."""

from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).parent / "names.yaml"


@cache
def names() -> frozenset[str]:
    """In small letters; of a family as a man and as a woman bears it."""
    body = Fields(datafile.parse(FILE.read_text("utf-8"), FILE.name), FILE.name)
    given, family = (body.take(key, list) for key in ("given", "family"))
    body.close()
    if not all(isinstance(one, str) and one for one in (*given, *family)):
        refuse(FILE.name, "names are words")
    return frozenset(one.casefold() for one in (*given, *family, *(f"{one}а" for one in family)))
