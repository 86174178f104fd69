"""The words of every refusal: one file a module, `WORDS` from the code to a message with named placeholders.

A message names each fact it shows, so a fact it does not name is never shown. Say what happened, that nothing was
lost, and what to do.
"""

from collections.abc import Mapping
from datetime import date, datetime
from importlib import import_module

from django.utils.translation import gettext_lazy as _

from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

MODULES = (
    "core",
    "lawbook",
    "instruments",
    "accounts",
    "places",
    "directory",
    "guide",
    "training",
    "access",
    "people",
    "prevention",
    "library",
    "intake",
    "shelters",
    "cases",
    "findings",
    "risk",
    "orders",
    "referrals",
    "support",
    "legalaid",
    "monitoring",
    "programmes",
    "proceedings",
    "committees",
    "families",
    "sittings",
    "results",
    "followup",
    "complaints",
    "closure",
    "oversight",
    "backups",
    "custody",
    "strongroom",
    "duties",
    "history",
    "notices",
    "files",
    "sheets",
    "jobs",
    "papers",
    "statistics",
    "api",
    "simulate",
)

UNNAMED: StrOrPromise = _("This cannot be done now. Nothing was changed. Go back to the case and try again.")


def _merged() -> dict[str, StrOrPromise]:
    merged: dict[str, StrOrPromise] = {}
    for module in MODULES:
        words: dict[str, StrOrPromise] = import_module(f"{__name__}.{module}").WORDS
        twice = merged.keys() & words.keys()
        if twice:
            raise ValueError(f"said in two files: {', '.join(sorted(twice))}")
        merged |= words
    return merged


WORDS: Mapping[str, StrOrPromise] = _merged()


def say(error: DomainError) -> str:
    """The words of a refusal in the language of the page.

    A code without words, or words that ask for a fact the refusal does not carry, say only that it cannot be done.
    """
    message = str(WORDS.get(error.code, UNNAMED))
    try:
        return message.format_map({name: _shown(fact) for name, fact in error.facts.items()})
    except (KeyError, ValueError):
        return str(UNNAMED)


def _shown(fact: object) -> str:
    if isinstance(fact, datetime):
        return writing.moment(fact, clock.now())
    if isinstance(fact, date):
        return writing.day(fact)
    if isinstance(fact, int) and not isinstance(fact, bool):
        return writing.number(fact)
    return str(fact)
