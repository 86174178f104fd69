"""Русский. Hours and minutes are shortened where the look shortens them; days are declined."""

from datetime import date

MONTHS = tuple("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split())
_GENITIVE = tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split())
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
YESTERDAY, TODAY, TOMORROW = "вчера", "сегодня", "завтра"
DECIMAL, GROUP, PER_CENT = ",", "\u00a0", "\u00a0%"
_SHORT = {"minute": "мин", "hour": "ч"}


def form(count: int, forms: tuple[str, str, str]) -> str:
    """The form that goes with the count: 1 день, 2 дня, 5 дней."""
    last, tens = count % 10, count % 100
    if last == 1 and tens != 11:
        return forms[0]
    if 2 <= last <= 4 and not 12 <= tens <= 14:
        return forms[1]
    return forms[2]


def day(on: date) -> str:
    return f"{day_short(on)} {on.year}\u00a0г."


def day_short(on: date) -> str:
    return f"{on.day}\u00a0{_GENITIVE[on.month - 1]}"


def month(on: date) -> str:
    return f"{MONTHS[on.month - 1]} {on.year}\u00a0г."


def year(number: int) -> str:
    return f"{number}\u00a0год"


def span(count: int, unit: str) -> str:
    if unit == "day":
        return f"{count}\u00a0{form(count, ('день', 'дня', 'дней'))}"
    return f"{count}\u00a0{_SHORT[unit]}"


def late(count: int, unit: str) -> str:
    return f"опоздание {span(count, unit)}"


def left(count: int, unit: str) -> str:
    verb = "остался" if unit == "day" and form(count, ("1", "2", "5")) == "1" else "осталось"
    return f"{verb} {span(count, unit)}"


def over(written: str, number: int) -> str:
    return f"более {written}"


def least(written: str, number: int) -> str:
    return f"не менее {written}"
