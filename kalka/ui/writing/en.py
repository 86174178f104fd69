"""English, as written in the country: day before month, comma between thousands."""

from datetime import date

MONTHS = tuple("January February March April May June July August September October November December".split())
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YESTERDAY, TODAY, TOMORROW = "yesterday", "today", "tomorrow"
DECIMAL, GROUP, PER_CENT = ".", ",", "%"


def day(on: date) -> str:
    return f"{day_short(on)} {on.year}"


def day_short(on: date) -> str:
    return f"{on.day}\u00a0{MONTHS[on.month - 1]}"


def month(on: date) -> str:
    return f"{MONTHS[on.month - 1]} {on.year}"


def year(number: int) -> str:
    return str(number)


def span(count: int, unit: str) -> str:
    return f"{count}\u00a0{unit}{'' if count == 1 else 's'}"


def late(count: int, unit: str) -> str:
    return f"{span(count, unit)} late"


def left(count: int, unit: str) -> str:
    return f"{span(count, unit)} left"


def over(written: str, number: int) -> str:
    return f"more than {written}"


def least(written: str, number: int) -> str:
    return f"at least {written}"
