"""The papers of an enrolment: the referral he takes along, and the certificate. Neither knows anything of the case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import translation

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.papers import printing
from kalka.papers.printing import Value
from kalka.programmes import labels, selectors, shown
from kalka.programmes.selectors import Page
from kalka.ui import writing


def paper(actor: Actor, enrolment_id: UUID, *, kind: str, lang: str, now: datetime) -> bytes:
    """AccessDenied for a kind that is not there; refuses a certificate before he has finished. Leaves the read entry
    `programmes.page`."""
    if kind not in KINDS:
        raise AccessDenied("programmes.unknown")
    page = selectors.page(actor, enrolment_id, now=now)
    if kind == "certificate" and not page.finished:
        sessions, modules = page.left
        raise DomainError("programmes.not_finished", sessions=sessions, modules=modules)
    with translation.override(lang):
        return printing.render(f"programme_{kind}", lang, KINDS[kind](page, lang, now), now=now)


def _referral(page: Page, lang: str, now: datetime) -> dict[str, Value]:
    return {
        **_shared(page, lang, now),
        "ground": str(labels.GROUNDS[page.line.ground]),
        "basis": shown.basis(page.basis),
        "sent": writing.day(page.line.on),
    }


def _certificate(page: Page, lang: str, now: datetime) -> dict[str, Value]:
    there = page.line.came.modules
    return {
        **_shared(page, lang, now),
        "attended": shown.far(page.line, page.pack),
        "modules": [one.titles[lang] for code, one in page.pack.modules.items() if code in there],
        "finished": writing.day(page.line.last_at),
    }


def _shared(page: Page, lang: str, now: datetime) -> dict[str, Value]:
    runs = directory.organisation(page.line.runs_at)
    return {
        "code": show_ref(page.line.ref),
        "name": page.line.name,
        "programme": page.pack.titles[lang],
        "organisation": runs.name(lang) if runs else "",
        "printed": writing.day(now),
    }


KINDS: Mapping[str, Callable[[Page, str, datetime], dict[str, Value]]] = {
    "referral": _referral,
    "certificate": _certificate,
}
