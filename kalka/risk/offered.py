"""Which editions this installation offers, and their words in the language of the page."""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from kalka.core.errors import DomainError
from kalka.instruments import editions
from kalka.instruments.shape import Edition

DEFAULT = "KG-DEMO"  # until an official form is put in


@cache
def offered() -> tuple[Edition, ...]:
    """The newest edition of every form that may be used; the default one first."""
    newest = [editions.latest(name) for name in editions.names()]
    enabled = [edition for edition in newest if edition.enabled]
    first = default().id
    return tuple(sorted(enabled, key=lambda edition: (edition.id != first, edition.id)))


@cache
def empty_slots() -> tuple[Edition, ...]:
    """Places kept for prescribed forms whose text is not here."""
    newest = [editions.latest(name) for name in editions.names()]
    return tuple(edition for edition in newest if edition.status == "empty")


@cache
def default() -> Edition:
    """The official form, as soon as there is one."""
    newest = [editions.latest(name) for name in editions.names()]
    official = [edition for edition in newest if edition.status == "official" and edition.enabled]
    return official[0] if official else editions.latest(DEFAULT)


def edition(instrument: str, version: str = "") -> Edition:
    """One that may be used. Refuses with `risk.form_not_offered`, an empty slot with `risk.form_not_loaded`."""
    if any(slot.id == instrument for slot in empty_slots()):
        raise DomainError("risk.form_not_loaded", field="form")
    found = next((one for one in offered() if one.id == instrument and version in ("", one.version)), None)
    if found is None:
        raise DomainError("risk.form_not_offered", field="form")
    return found


def used(instrument: str, version: str, digest: str) -> Edition:
    """The edition an earlier record was made with. Refuses with `risk.form_changed` when its file is another by now."""
    found = editions.edition(instrument, version)
    if found.digest != digest:
        raise DomainError("risk.form_changed")
    return found


def lang() -> str:
    return (get_language() or "ky")[:2]


def words(texts: Mapping[str, str] | None) -> str:
    return texts[lang()] if texts else ""


def name(found: Edition) -> str:
    """How a page names an edition: KG-DEMO, 1."""
    return f"{found.id}, {found.version}"
