"""The thresholds, read so strictly that a wrong one stops the start."""

from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields
from kalka.oversight.rules import Limits

FILE = Path(__file__).with_name("patterns.yaml")


@cache
def limits() -> Limits:
    body = Fields(datafile.read(FILE), FILE.name)
    night, again, no_hits = (Fields(body.raw(name), f"{FILE.name}: {name}") for name in ("night", "again", "no_hits"))
    found = Limits(
        night_from=night.take("from_hour", int),
        night_until=night.take("until_hour", int),
        night_files=night.take("files", int),
        again_times=again.take("times", int),
        again_days=again.take("days", int),
        no_hits_searches=no_hits.take("searches", int),
        no_hits_hours=no_hits.take("hours", int),
        search=no_hits.take("search", str),
    )
    for part in (night, again, no_hits):
        part.take("source", str)
        part.close()
    body.close()
    return found
