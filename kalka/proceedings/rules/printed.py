"""What he may read must not say how the people he hurt are reached, or where they are. Pure."""

import re
from collections.abc import Iterable

LEAST_DIGITS, LEAST_LETTERS = 6, 6


def gives_away(words: str, known: Iterable[str]) -> bool:
    """Whether a telephone, an address, a school or a workplace that is known of them stands in words to be printed.

    However it is spaced or written; of an address also each part that has a number. It finds what was copied, not what
    was said in other words: whoever writes is told so beside the field.
    """
    letters, digits = _letters(words), _digits(words)
    return any(_in(one, letters, digits) for told in known for one in (told, *_parts(told)))


def _in(known: str, letters: str, digits: str) -> bool:
    number = _digits(known)
    if len(number) >= LEAST_DIGITS and number[-9:] in digits:
        return True
    return len(_letters(known)) >= LEAST_LETTERS and _letters(known) in letters


def _parts(told: str) -> list[str]:
    return [part for part in re.split(r"[,;\n]", told) if any(letter.isdigit() for letter in part)]


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdigit())
