"""How names in different spellings and scripts meet: one folded form, and one edit of it.

Төлөгөнова, Тологонова, Tologonova and Tölögönova fold to the same letters. The folded form is for comparing in memory;
it is never stored and never shown.
"""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

EXACT, FOLDED, NEAR = "exact", "folded", "near"
LONG_ENOUGH = 4  # letters a word must have before one edit is forgiven
BEGINNING = 3  # letters that are enough to find a longer word by its beginning

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufie", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
    # Kyrgyz and its neighbours
    "ң": "n",
    "ө": "o",
    "ү": "u",
    "қ": "k",
    "ғ": "g",
    "ҳ": "kh",
    "һ": "kh",
    "ҷ": "j",
    "җ": "j",
    "ә": "a",
    "ұ": "u",
    "і": "i",
    "є": "e",
    "ґ": "g",
}
_LATIN = {
    "ş": "sh",
    "š": "sh",
    "ș": "sh",
    "ç": "ch",
    "č": "ch",
    "ž": "zh",
    "ı": "i",
    "ø": "o",
    "ə": "a",
    "ß": "ss",
    "æ": "ae",
    "œ": "o",
    "ŋ": "n",
    "w": "v",
    "q": "k",
    "x": "kh",
}
_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
# Spellings of one sound, the longest first; repeated until nothing changes.
_SPELLINGS = (
    ("shch", "sh"),
    ("dzh", "j"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("y", "i"),
    ("ie", "e"),
)
_DIGRAPHS = (("sh", "ш"), ("ch", "ч"), ("ts", "ц"), ("iu", "ю"), ("ia", "я"))
_DOUBLED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """The comparing form: one alphabet, no case, marks, hyphens, signs or doubled letters. Words stay apart.

    Folding what is folded changes nothing.
    """
    before, now = None, text
    while now != before:
        before, now = now, _folded_once(now)
    return now


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they were written, without case."""
    return tuple(word for word in re.split(r"[\s,;]+", text.casefold()) if word)


def match(query: str, names: Iterable[str]) -> str | None:
    """How all words of the query are found among the words of the names: EXACT, FOLDED, NEAR or None.

    A word is found by itself, by its beginning, or one edit away when it is long enough.
    """
    return Asked(query).among(names)


class Asked:
    """A query that is held against the names of many, as `match` does for one: what it knows of their words goes with
    it."""

    def __init__(self, query: str) -> None:
        self._words = tokens(query)
        self._folded: dict[str, tuple[str, str]] = {}

    def among(self, names: Iterable[str]) -> str | None:
        wanted, held = self._words, tuple(word for name in names for word in tokens(name))
        if not wanted or not held:
            return None
        if all(word in held for word in wanted):
            return EXACT
        known = [(word, *self._known(word)) for word in held]
        found = None
        for word in wanted:
            how = _nearness(word, *self._known(word), known)
            if how is None:
                return None
            found = NEAR if NEAR in (how, found) else FOLDED
        return found

    def _known(self, word: str) -> tuple[str, str]:
        """Folded, and by its sounds."""
        if word not in self._folded:
            folded = fold(word)
            self._folded[word] = folded, _sounds(folded)
        return self._folded[word]


def _nearness(word: str, wanted: str, sounds: str, held: Iterable[tuple[str, str, str]]) -> str | None:
    if not wanted:
        return None
    if any(wanted == other or (len(wanted) >= BEGINNING and other.startswith(wanted)) for _word, other, _ in held):
        return FOLDED
    near = any(_one_slip(word, other) or _one_slip(sounds, heard) for other, _folded, heard in held)
    return NEAR if near else None


def _one_slip(one: str, other: str) -> bool:
    """A word of three letters may be one of four that lacks a letter."""
    return max(len(one), len(other)) >= LONG_ENOUGH and OSA.distance(one, other, score_cutoff=1) <= 1


def _sounds(folded: str) -> str:
    """One letter a sound: a slip in ш is one slip, in whichever alphabet it was made."""
    for letters, sound in _DIGRAPHS:
        folded = folded.replace(letters, sound)
    return folded


def _folded_once(text: str) -> str:
    text = text.casefold().translate(_LETTERS)  # before marks are taken off: ş is not s
    if not (text.isascii() and text.isalpha()):  # most names are done by now
        text = _without_marks(text)
    for spelling, sound in _SPELLINGS:
        text = text.replace(spelling, sound)
    return " ".join(_DOUBLED.sub(r"\1", text).split())


def _without_marks(text: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.casefold().translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else "" for c in word) for word in text.split())
