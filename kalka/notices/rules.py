"""What a message may say, and how often it is tried. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

LANGUAGES = ("ky", "ru", "en")
TRIES = 8
AT_ONCE = 50
KEPT_WAITING = timedelta(hours=72)  # a message that found no safe hour by then is dropped
LEASE = timedelta(minutes=5)  # after this another delivery may try what one was lost with
SAME_FOR = timedelta(hours=12)  # the same alert within this is one, until it is read
SHOWN_FOR = timedelta(days=30)
LONGEST = 140
_HOLE = re.compile(r"[{}<>%$\[\]\d@#/]")


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"


def telling_words(text: str, stems: Iterable[str]) -> list[str]:
    """The words of a text that say what it is about."""
    folded = unicodedata.normalize("NFC", text.casefold())
    return [stem for stem in stems if _pattern(stem).search(folded)]


def is_plain(text: str) -> bool:
    """Short, without figures, links, or a place where something could be put in."""
    return bool(text.strip()) and len(text) <= LONGEST and not _HOLE.search(text)


def wait_after(tries: int) -> timedelta:
    """1, 2, 4, … minutes, at most an hour."""
    minutes: int = 2 ** min(max(tries - 1, 0), 6)
    return min(timedelta(minutes=minutes), timedelta(hours=1))


def _pattern(stem: str) -> re.Pattern[str]:
    word = re.escape(stem.casefold().rstrip("*"))
    return re.compile(rf"(?<!\w){word}" if stem.endswith("*") else rf"(?<!\w){word}(?!\w)")
