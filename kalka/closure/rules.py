"""Why a case may be closed, and why not yet."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from enum import StrEnum

from kalka.cases.rules import Saying
from kalka.core.blockers import Blocker
from kalka.core.errors import DomainError

SHORTEST, LONGEST = 10, 2000
ASSESS_WITHIN = timedelta(hours=24)  # after a case is opened again; an internal rule


class Reason(StrEnum):
    """Why a case is closed. That somebody took a word back is none of them."""

    SAFE = "safe"  # everything was done and the danger has passed
    MOVED = "moved"  # another territory has the case now
    TWICE = "twice"  # the same case was opened twice
    NO_VIOLENCE = "no_violence"  # it was looked into, and it was no family violence
    DIED = "died"


class Again(StrEnum):
    """Why a closed case is opened again. A new incident opens it by itself."""

    ASKED = "asked"
    NEW_FACTS = "new_facts"
    MISTAKE = "mistake"


NEVER = frozenset(str(saying) for saying in Saying)


def check_closing(reason: str, word: str) -> None:
    """Refuses with `closure.not_a_reason` what never closes a case, and a closing without words."""
    if reason in NEVER:
        raise DomainError("closure.not_a_reason", field="reason")
    _known(reason, list(Reason))
    _enough(word)


def check_reopening(why: str, word: str) -> None:
    _known(why, list(Again))
    _enough(word)


def ensure_done(blockers: Sequence[Blocker]) -> None:
    """Refuses with `closure.still_open` and how much is open; the page lists it."""
    if blockers:
        raise DomainError("closure.still_open", number=len(blockers))


def _known(code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("closure.unknown_reason", field="reason")


def _enough(word: str) -> None:
    if len(word.strip()) < SHORTEST:
        raise DomainError("closure.word_too_short", field="word", least=SHORTEST)
    if len(word) > LONGEST:
        raise DomainError("closure.word_too_long", field="word", most=LONGEST)
