"""What no law sets: how long a photo waits for a word."""

from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields

FILE = Path(__file__).with_name("practice.yaml")


@cache
def photo_waits_days() -> int:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> int:
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    days = body.positive("photo_waits_days")
    body.close()
    return days
