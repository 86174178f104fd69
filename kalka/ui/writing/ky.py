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


_FROM = {1: "ден", 2: "ден", 3: "төн", 4: "төн", 5: "тен", 6: "дан", 7: "ден", 8: "ден", 9: "дан"}
_FROM_TENS = {1: "дон", 2: "дан", 3: "дан", 4: "тан", 5: "дөн", 6: "тан", 7: "тен", 8: "ден", 9: "дон"}


def over(written: str, number: int) -> str:
    """20дан ашык, 600дөн ашык, 1000ден ашык: the ending is that of the last word one says."""
    return f"{written}{_from(number)} ашык"


def least(written: str, number: int) -> str:
    return f"кеминде {written}"


def _from(number: int) -> str:
    if not number:
        return "дөн"  # нөл
    if number % 10:
        return _FROM[number % 10]
    if number % 100:
        return _FROM_TENS[number % 100 // 10]
    if number % 1000:
        return "дөн"  # жүз
    return "ден" if number % 1_000_000 else "дон"  # миң, миллион
