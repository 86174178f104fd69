"""What a password may be: long, any script, never one that is guessed first. Nothing is asked of anybody outside."""

import gzip
import re
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation

from kalka.accounts import rules

WORDS = Path(__file__).with_name("guessed_first.txt")
CORE, AROUND = 5, 6  # signs of a known password, and fewer than so many before or behind it
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LEET = str.maketrans("013457@$!", "oleastasi")


def check(password: str, login: str, *, alone: bool = False) -> None:
    """Refuse what guessing finds first; `alone` is a password without a second step. Raises DomainError."""
    rules.check_password(password, login=login, guessed=_guessed, alone=alone)


def _guessed(folded: str) -> bool:
    """Whether it is a known password, or one with figures and signs around it or in the place of letters."""
    known, words = _common(), _words()
    plain = folded.translate(_LEET)
    forms = {folded, plain, _EDGES.sub("", folded), _EDGES.sub("", plain)}
    within = (form[a : len(form) - b] for form in (folded, plain) for a in range(AROUND) for b in range(AROUND))
    return any(len(part) >= CORE and part in known for part in within) or any(_made_of(form, words) for form in forms)


def _made_of(text: str, words: frozenset[str]) -> bool:
    """Nothing but words of this work and this country, with figures and signs between them."""
    pieces = [piece for piece in re.split(r"[\W\d_]+", text) if piece]
    return bool(pieces) and all(piece in words for piece in pieces)


@cache
def _common() -> frozenset[str]:
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return frozenset(line.strip() for line in file)


@cache
def _words() -> frozenset[str]:
    lines = (line.strip() for line in WORDS.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
