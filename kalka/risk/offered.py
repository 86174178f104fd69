"""Which editions this installation offers, and their words in the language of the page."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

from kalka.core.errors import DomainError
from kalka.instruments import editions
from kalka.instruments.shape import Edition
from kalka.risk import installed

FRAME = "SPJ"  # until an official form is put in: people judge, and no form pretends to know
TRAINING = "demonstration"  # a form to learn on: offered where people learn, and there it comes first


def offered() -> tuple[Edition, ...]:
    """The newest edition of every form that may be used; the default one first."""
    first = default().id
    usable = [one for one in installed.newest() if one.enabled and (one.status != TRAINING or settings.TRAINING_FORMS)]
    return tuple(sorted(usable, key=lambda one: (one.id != first, one.status == "screening", one.id)))


def empty_slots() -> tuple[Edition, ...]:
    """Places kept for prescribed forms whose text is not here."""
    return tuple(one for one in installed.newest() if one.status == "empty")


def default() -> Edition:
    """The official form, as soon as there is one."""
    newest = installed.newest()
    wanted = ["official", TRAINING] if settings.TRAINING_FORMS else ["official"]
    found = [one for status in wanted for one in newest if one.status == status and one.enabled]
    return found[0] if found else editions.latest(FRAME)


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
    found = installed.edition(instrument, version)
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
