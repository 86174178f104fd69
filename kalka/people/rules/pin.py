"""The personal number (ПИН): fourteen digits, the first for sex, then the day of birth. Doubts, never refusals."""

from datetime import date

LENGTH = 14
_SEX_OF = {"1": "f", "2": "m"}


def pin_doubts(
    pin: str,
    *,
    sex: str = "unknown",
    birth_date: date | None = None,
    birth_year: int | None = None,
    on: date,
) -> tuple[str, ...]:
    """What does not fit, as codes: people.pin_length, pin_sex, pin_day, pin_other_birth. Empty when nothing was said.

    Numbers with other first digits exist, and so do wrong entries in the register: a person is never turned away.
    """
    digits = pin.replace(" ", "")
    if not digits:
        return ()
    if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit():
        return ("people.pin_length",)
    doubts = []
    if digits[0] not in _SEX_OF or (sex in _SEX_OF.values() and _SEX_OF[digits[0]] != sex):
        doubts.append("people.pin_sex")
    born = _born(digits)
    if born is None or born > on:
        doubts.append("people.pin_day")
    elif (birth_date or born) != born or (birth_year or born.year) != born.year:
        doubts.append("people.pin_other_birth")
    return tuple(doubts)


def _born(digits: str) -> date | None:
    try:
        return date(int(digits[5:9]), int(digits[3:5]), int(digits[1:3]))
    except ValueError:
        return None
