"""What the index knows somebody by: three letters of each part of a name at a time, in the folded form in which Kyrgyz,
Russian and Latin spellings meet; the year of birth, the sex, and the district. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from kalka.people.rules.names import fold, tokens

EDGE = "_"  # no folded word holds it
REACH = 5  # trigrams that one slip can change: two letters exchanged touch four, and «ие» is folded into one
WIDER = re.compile("sh|ch|ts|iu|ia|h")  # sounds that may be a letter of their own, or fold with the one before


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in their order."""
    return tuple(folded for word in tokens(text) if (folded := fold(word)))


def trigrams(word: str) -> tuple[str, ...]:
    """Of a folded word, in order, its edges marked: as many as it has letters."""
    edged = f"{EDGE}{word}{EDGE}"
    return tuple(edged[at : at + 3] for at in range(len(word)))


def slips(word: str) -> int:
    """How many trigrams of a folded word one slip in it can change, whichever alphabet it was made in."""
    return REACH + len(WIDER.findall(word))


def said_of(
    names: Iterable[str], *, years: Iterable[int] = (), sex: str = "", places: Iterable[str] = ()
) -> frozenset[str]:
    """Every token of a person. `years`: the one of birth, or those an age allows. `places`: the district and what it
    lies in."""
    grams = {gram for name in names for word in words(name) for gram in trigrams(word)}
    return frozenset({*grams, *map(year_token, years), *filter(None, [sex_token(sex)]), *map(place_token, places)})


def year_token(year: int) -> str:
    return f"born {year}"


def sex_token(sex: str) -> str:
    """Empty where it is not known."""
    return f"sex {sex}" if sex in {"f", "m", "other"} else ""


def place_token(code: str) -> str:
    return f"place {code}"


def years_of(birth_date: str | None, birth_year: int | None, age: int | None, told_on: date) -> tuple[int, ...]:
    """An age alone leaves two years."""
    if birth_date:
        return (int(birth_date[:4]),)
    if birth_year:
        return (birth_year,)
    return (told_on.year - age, told_on.year - age - 1) if age is not None else ()
