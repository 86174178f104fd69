"""What no law sets: for how long a receipt tells anything."""

from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields

FILE = Path(__file__).with_name("practice.yaml")


@cache
def receipt_days() -> int:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> int:
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    days = body.positive("receipt_days")
    body.close()
    return days
