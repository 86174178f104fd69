"""Age as a band: the only thing about an age that is kept in clear."""

from datetime import date

UNKNOWN = "unknown"
_FROM = (
    (60, "60+"),
    (45, "45-59"),
    (35, "35-44"),
    (25, "25-34"),
    (18, "18-24"),
    (14, "14-17"),
    (7, "7-13"),
    (0, "0-6"),
)
BANDS = (*(band for _, band in reversed(_FROM)), UNKNOWN)
CHILD_BANDS = frozenset({"0-6", "7-13", "14-17"})
ADULT = 18


def age_band(on: date, *, birth_date: date | None = None, birth_year: int | None = None, age: int | None = None) -> str:
    """The band on a day, from the most exact thing known.

    A year alone leaves two ages. Where one of them is a child's, the person is taken for a child.
    """
    if birth_date is not None:
        age = years_between(birth_date, on)
    elif birth_year is not None:
        age = on.year - birth_year
        age = age - 1 if age == ADULT else age
    if age is None or age < 0:
        return UNKNOWN
    return next(band for first, band in _FROM if age >= first)


def years_between(birth: date, on: date) -> int:
    """Full years. Who was born on 29 February has the birthday on 1 March of other years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def child_age_passed(band: str) -> bool | None:
    """None where the age is not known."""
    return None if band == UNKNOWN else band not in CHILD_BANDS
