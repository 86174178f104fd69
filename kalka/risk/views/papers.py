"""The papers as bytes, and never a name: not in the address, not in the name of the file."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse

from kalka.core.errors import AccessDenied
from kalka.papers.packs import LANGUAGES
from kalka.risk import documents
from kalka.ui.http import Request


def paper(request: Request, ref: str, assessment: UUID, lang: str) -> HttpResponse:
    return _pdf(lang, lambda: documents.court(request.actor, ref, assessment, lang=lang, now=request.now))


def leaflet(request: Request, ref: str, lang: str) -> HttpResponse:
    return _pdf(lang, lambda: documents.leaflet(request.actor, ref, lang=lang, now=request.now))


def _pdf(lang: str, make: Callable[[], bytes]) -> HttpResponse:
    if lang not in LANGUAGES:
        raise AccessDenied("risk.unknown")
    response = HttpResponse(make(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="paper-{lang}.pdf"'
    return response
