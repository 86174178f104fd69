"""The internal rule of how often to visit, read strictly from `schedule.yaml`."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.followup.rules import Asking, Schedule

FILE = Path(__file__).parent / "schedule.yaml"


@cache
def schedule() -> Schedule:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> Schedule:
    """Refuses with `datafile.refused`: a scale with a missing level, or one where more danger means fewer visits."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    scales = Fields(body.raw("days"), "days")
    if set(scales.names()) != {"2", "3", "4", "5"}:
        refuse(FILE.name, "days must hold the scales 2, 3, 4 and 5")
    days = {int(count): _scale(scales, count) for count in scales.names()}
    made = Schedule(
        days, body.positive("days_unassessed"), body.positive("hours_after_not_met"), _asking(body.raw("ask"))
    )
    body.close()
    return made


def _asking(told: object) -> Asking:
    body = Fields(told, "ask")
    within = timedelta(hours=body.positive("within_hours"))
    made = Asking(body.positive("high_every"), body.positive("other_every"), within)
    body.close()
    if made.high_every > made.other_every:
        refuse(FILE.name, "ask: more danger must not mean fewer questions")
    return made


def _scale(scales: Fields, count: str) -> tuple[int, ...]:
    days = scales.take(count, list)
    if not all(type(one) is int and one > 0 for one in days) or str(len(days)) != count:
        refuse(FILE.name, f"days {count} must hold {count} whole numbers above 0")
    if days != sorted(days, reverse=True):
        refuse(FILE.name, f"days {count}: more danger must not mean fewer visits")
    return tuple(days)
