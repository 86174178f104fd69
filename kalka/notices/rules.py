"""What a message may say, and how often it is tried. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

LANGUAGES = ("ky", "ru", "en")
TRIES = 8
AT_ONCE = 50
KEPT_WAITING = timedelta(hours=72)  # a message that found no safe hour by then is dropped
LEASE = timedelta(minutes=5)  # after this another delivery may try what one was lost with
SAME_FOR = timedelta(hours=12)  # the same alert within this is one, until it is read
SHOWN_FOR = timedelta(days=30)
LONGEST = 140
_HOLE = re.compile(r"[{}<>%$\[\]\d@#/]")


class Way(StrEnum):
    """By what somebody chose to be told. The codes are those of the channels nobody may use for a person."""

    SMS = "sms"
    TELEGRAM = "messenger"
    MAIL = "mail"
    NOTHING = "none"


STOP = frozenset({"stop", "стоп"})  # one word, in both scripts
INVITED_FOR = timedelta(days=7)
_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[a-z0-9.-]{3,120}", re.IGNORECASE)


def is_stop(words: str) -> bool:
    """The word alone, however it is written."""
    said = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c for c in said if c.isalpha()) in STOP


def invited_by(words: str) -> str:
    """The code in what somebody sent to the bot: alone, or after the word its button sends. Empty where none is."""
    first, _space, rest = words.strip().partition(" ")
    return (rest if first == "/start" else words).strip()[:20]


def check_address(way: str, address: str) -> None:
    """Refuses a way that is not offered; an address that is none; one that comes from the bot alone."""
    if way not in (Way.SMS, Way.MAIL, Way.NOTHING):
        raise DomainError("notices.way_unknown", field="way")
    fits = _ADDRESS.fullmatch(address) if way == Way.MAIL else not address
    if not fits:
        raise DomainError("notices.address_unfit", field="address")


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
