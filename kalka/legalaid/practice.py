"""The internal hours of legal aid, read strictly from data."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from kalka.core.datafile import Fields, read

PRACTICE = Path(__file__).parent / "practice.yaml"


@cache
def back_after() -> timedelta:
    """After how long without an answer a request goes back to whoever asked."""
    body = Fields(read(PRACTICE), PRACTICE.name)
    body.one_of("standing", ("internal",))
    hours = body.positive("back_after_hours")
    body.close()
    return timedelta(hours=hours)
