from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, DomainError
from kalka.results import files, offered, selectors, shown
from kalka.results.info import Results
from kalka.results.rules import Scope, Span, read_scope, read_span, year_span
from kalka.ui.http import Request
from kalka.ui.words import say

LANGUAGES = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
FIRST = "ky"


def page(request: Request) -> HttpResponse:
    """Without a scope in the address: one's own committee, for whoever sits in one."""
    span, scope, problem = _asked(request)
    if "scope" not in request.GET:
        scope = offered.own_scope(request.actor)
    found = selectors.results(request.actor, span, scope, now=request.now)
    return render(request, "results/page.html", _context(request, found, problem))


def open_page(request: Request, language: str = FIRST) -> HttpResponse:
    """For everybody, signed in or not, whole years alone. No cookie is set."""
    if language not in LANGUAGES:
        raise AccessDenied("results.unknown_language")
    today = day_of(request.now)
    scope = _scope(request)
    with translation.override(language):
        span = shown.open_span(request.GET.get("year", ""), today)
        found = selectors.public_results(None, span, scope, now=request.now)
        context = _context(request, found, "") | {
            "LANGUAGE_CODE": language,
            "here": reverse("results:open_in", args=[language]),
            "languages": _ways(language),
            "spans": shown.open_spans(span, today),
        }
        response = render(request, "results/open.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _ways(current: str) -> list[dict[str, object]]:
    return [
        {"code": code, "label": label, "url": reverse("results:open_in", args=[code]), "current": code == current}
        for code, label in LANGUAGES.items()
    ]


def file(request: Request, ending: str) -> HttpResponse:
    span, scope, problem = _asked(request)
    if problem or ending not in files.KINDS:
        raise AccessDenied("results.unknown_file")
    found = selectors.results(request.actor, span, scope, now=request.now)
    kind = files.KINDS[ending]
    response = HttpResponse(kind.make(found, now=request.now), content_type=kind.type)
    response["Content-Disposition"] = f'attachment; filename="{files.name(found)}.{ending}"'
    return response


def _asked(request: Request) -> tuple[Span, Scope, str]:
    """What the address asks for; where it cannot be read, the whole of this year, and why."""
    today, scope = day_of(request.now), _scope(request)
    try:
        return read_span(request.GET.get("since", ""), request.GET.get("until", ""), today=today), scope, ""
    except DomainError as refusal:
        return year_span(today.year), scope, say(refusal)


def _scope(request: Request) -> Scope:
    try:
        return read_scope(request.GET.get("scope", ""))
    except DomainError as refusal:
        raise AccessDenied(refusal.code) from refusal


def _context(request: Request, found: Results, problem: str) -> dict[str, object]:
    return {
        "results": found,
        "sections": shown.sections(found, request.actor),
        "lines": shown.lines(found),
        "totals": shown.totals(found),
        "scopes": offered.choices(found.span),
        "years": shown.years(found, day_of(request.now)),
        "files": shown.files_of(found),
        "period": shown.period(found),
        "complete": shown.complete(found),
        "hidden_words": files.hidden_words(),
        "problem": problem,
    }
