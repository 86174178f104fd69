"""What no law sets: how long a photo waits for a word."""

from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).with_name("practice.yaml")


@cache
def photo_waits_days() -> int:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> int:
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    days = body.take("photo_waits_days", int)
    body.close()
    if days < 1:
        refuse(FILE.name, "photo_waits_days must be above 0")
    return days
