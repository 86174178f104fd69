"""Dates, spans and numbers as people there write them, in the language of the page.

Grammar differs too much for a format string («23 ноября 2026 г.», «2026-жылдын 23-ноябры»), so each language has its
own small file with the same names. Days are calendar days in Bishkek. The present is always passed in.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import TypeAlias

from django.utils.translation import get_language

from kalka.core import clock
from kalka.ui.writing import en, ky, ru

Number: TypeAlias = int | float | Decimal

_TONGUES: dict[str, ModuleType] = {"ky": ky, "ru": ru, "en": en}


def tongue() -> ModuleType:
    """The language file of the page; Kyrgyz where the page has no language of ours."""
    return _TONGUES.get((get_language() or "ky")[:2], ky)


def on_day(value: date) -> date:
    """The calendar day in Bishkek of a day or a moment."""
    return clock.day_of(value) if isinstance(value, datetime) else value


def day(value: date) -> str:
    """2026-жылдын 23-ноябры · 23 ноября 2026 г. · 23 November 2026."""
    return str(tongue().day(on_day(value)))


def day_short(value: date) -> str:
    """23-ноябрь · 23 ноября · 23 November."""
    return str(tongue().day_short(on_day(value)))


def month(value: date) -> str:
    return str(tongue().month(on_day(value)))


def year(number: int) -> str:
    return str(tongue().year(number))


def weekday(value: date) -> str:
    return str(tongue().WEEKDAYS[on_day(value).weekday()])


def clock_time(value: datetime) -> str:
    return f"{value.astimezone(clock.BISHKEK):%H:%M}"


def near(value: date, now: datetime) -> str:
    """The day as seen from today: бүгүн, кече, эртең, 21-ноябрь; with the year when it is another year."""
    words, on, today = tongue(), on_day(value), clock.day_of(now)
    named = {-1: words.YESTERDAY, 0: words.TODAY, 1: words.TOMORROW}.get((on - today).days)
    return named or (day_short(on) if on.year == today.year else day(on))


def moment(value: date, now: datetime) -> str:
    """The day as seen from today, with the time when the value has one: бүгүн, 07:40."""
    return f"{near(value, now)}, {clock_time(value)}" if isinstance(value, datetime) else near(value, now)


def days(first: date, last: date) -> str:
    """A range, both ends included: 5-ноябрь – 5-декабрь; with years when they differ."""
    write = day_short if on_day(first).year == on_day(last).year else day
    return f"{write(first)} – {write(last)}"


def late(due: date, now: datetime) -> str:
    """15 саат кечикти; empty when it is not late. A due day is late from the next day on."""
    passed = _span(due, now)
    return str(tongue().late(*passed)) if passed else ""


def left(due: date, now: datetime) -> str:
    """12 күн калды; empty when nothing is left. On the due day itself a day without a time says «today»."""
    if not isinstance(due, datetime) and due == clock.day_of(now):
        return str(tongue().TODAY)
    remaining = _span(now, due) if isinstance(due, datetime) else _days(clock.day_of(now), due)
    return str(tongue().left(*remaining)) if remaining else ""


def due_words(due: date, now: datetime) -> tuple[str, str]:
    """The two lines of a duty: when it is due, and how that stands to now."""
    distance = (on_day(due) - clock.day_of(now)).days
    at = clock_time(due) if isinstance(due, datetime) else ""
    if distance in (-1, 0) and at:
        stands = late(due, now) or left(due, now)
        return at, f"{tongue().YESTERDAY}, {stands}" if distance else stands
    if distance <= 0:
        return _capital(near(due, now)), late(due, now)
    if distance > 6:
        return near(due, now), left(due, now)
    named = near(due, now) if distance == 1 else weekday(due)
    return _capital(named), f"{day_short(due)}, {at}" if at else day_short(due)


def number(value: Number) -> str:
    """13 000 · 17,5 with no-break spaces; English 13,000 · 17.5."""
    words = tongue()
    whole, _, part = f"{value:,}".partition(".")
    return whole.replace(",", words.GROUP) + (f"{words.DECIMAL}{part}" if part else "")


def bounded(value: int, bound: str = "") -> str:
    """A figure as its source gave it: 1 000, "over" 1000ден ашык, "least" кеминде 1 000."""
    if not bound:
        return number(value)
    write = tongue().over if bound == "over" else tongue().least
    return str(write(number(value), value))


def per_cent(value: Number) -> str:
    return f"{number(value)}{tongue().PER_CENT}"


def _span(start: date, end: date) -> tuple[int, str] | None:
    """From start to end in the unit a person would use: under an hour minutes, under a day hours, else days."""
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return _days(on_day(start), on_day(end))
    passed = end - start
    if passed <= timedelta(0):
        return None
    if passed < timedelta(minutes=59, seconds=30):
        return max(1, round(passed / timedelta(minutes=1))), "minute"
    if passed < timedelta(hours=23, minutes=30):
        return max(1, round(passed / timedelta(hours=1))), "hour"
    return max(1, (on_day(end) - on_day(start)).days), "day"


def _days(start: date, end: date) -> tuple[int, str] | None:
    passed = (end - start).days
    return (passed, "day") if passed > 0 else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
