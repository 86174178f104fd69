"""Кыргызча. Month names are lower-case; suffixes are joined; a count has one form."""

from datetime import date

MONTHS = tuple("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split())
_OF_YEAR = tuple("январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры".split())
WEEKDAYS = ("дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби")
YESTERDAY, TODAY, TOMORROW = "кече", "бүгүн", "эртең"
_UNITS = {"minute": "мүнөт", "hour": "саат", "day": "күн"}
DECIMAL, GROUP, PER_CENT = ",", "\u00a0", "\u00a0%"


def day(on: date) -> str:
    return f"{on.year}-жылдын {on.day}-{_OF_YEAR[on.month - 1]}"


def day_short(on: date) -> str:
    return f"{on.day}-{MONTHS[on.month - 1]}"


def month(on: date) -> str:
    return f"{on.year}-жылдын {MONTHS[on.month - 1]}"


def year(number: int) -> str:
    return f"{number}-жыл"


def span(count: int, unit: str) -> str:
    return f"{count}\u00a0{_UNITS[unit]}"


def late(count: int, unit: str) -> str:
    return f"{span(count, unit)} кечикти"


def left(count: int, unit: str) -> str:
    return f"{span(count, unit)} калды"
