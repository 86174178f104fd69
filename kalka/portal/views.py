import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from config.logs import log
from kalka.accounts.asking import address_of
from kalka.core import clock, memory
from kalka.core.errors import DomainError
from kalka.guide import selectors as guide
from kalka.guide.feed import document
from kalka.guide.tables import tables
from kalka.intake import receipts
from kalka.portal.finding import FIRST, finder
from kalka.ui.http import Request
from kalka.ui.problems import problem

LABELS = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
LONGEST_REPORT = 10_000  # bytes; what browsers send is a tenth of it


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    label: str
    url: str
    current: bool


def start(request: HttpRequest, language: str = FIRST) -> HttpResponse:
    """One page, there also while the database is not. Its language is in the address, so that nothing is left on the
    phone: no cookie, no storage."""
    return _answer(
        request,
        language,
        "portal/start.html",
        "portal:start",
        lambda: {name: _url(f"portal:{name}", language) for name in ("find", "receipt")},
    )


def find(request: Request, language: str = FIRST) -> HttpResponse:
    """Who helps nearby."""
    asked = request.GET
    with memory.together():
        return _answer(
            request,
            language,
            "portal/find.html",
            "portal:find",
            lambda: {
                "page": finder(asked.get("p", ""), asked.get("n", ""), now=request.now),
                "start": _url("portal:start", language),
            },
        )


@csrf_exempt
def receipt(request: HttpRequest, language: str = FIRST) -> HttpResponse:
    """Whether something told is written down, by a number. The number comes in the body alone: an address stands in
    logs. A forged post reads what its maker could read; so there is no token, and no cookie for one."""
    return _answer(
        request,
        language,
        "portal/receipt.html",
        "portal:receipt",
        lambda: {"here": _url("portal:receipt", language), "start": _url("portal:start", language), **_asked(request)},
    )


def _asked(request: HttpRequest) -> dict[str, object]:
    if request.method != "POST":
        return {}
    try:
        heard = receipts.ask(request.POST.get("code", ""), address=address_of(request), now=clock.now())
    except DomainError as refusal:
        return {"minutes": refusal.facts["minutes"]}
    return {"heard": heard.value}


def feed(request: Request) -> HttpResponse:
    """The whole directory, for whoever wants to show it elsewhere (HSDS 3.0)."""
    today = clock.day_of(request.now)
    with memory.together():
        body = document(guide.everything(today=today), today=today)
    return HttpResponse(body, content_type="application/json")


def feed_tables(request: Request) -> HttpResponse:
    with memory.together():
        packed = tables(guide.everything(today=clock.day_of(request.now)))
    response = HttpResponse(packed, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="services.zip"'
    return response


def _answer(
    request: HttpRequest, language: str, template: str, name: str, shown: Callable[[], dict[str, object]]
) -> HttpResponse:
    if language not in LABELS:
        return problem(404)
    with translation.override(language):
        about = {"languages": _languages(language, name, request), "LANGUAGE_CODE": language}
        response = render(request, template, {**about, **shown()})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _languages(current: str, name: str, request: HttpRequest) -> list[Language]:
    """The same page in each; what was chosen is chosen there too."""
    chosen = f"?{request.GET.urlencode()}" if request.GET else ""
    return [Language(code, label, _url(name, code) + chosen, code == current) for code, label in LABELS.items()]


def _url(name: str, language: str) -> str:
    return reverse(name) if language == FIRST else reverse(f"{name}_in", args=[language])


@csrf_exempt  # sent by browsers themselves, which know of no token; nothing is written but a line of the log
def refused(request: HttpRequest) -> HttpResponse:
    """What a browser refused to load or run, as the policy asks it to say. Of it only the name of the rule is kept:
    the rest is addresses, and what an address tells belongs into no log."""
    log.warning("refused", code=_rule(request.body if len(request.body) <= LONGEST_REPORT else b""))
    return HttpResponse(status=204)


def _rule(said: bytes) -> str:
    try:
        name = json.loads(said)["csp-report"]["effective-directive"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "unreadable"
    rule = name.removesuffix("-elem").removesuffix("-attr") if isinstance(name, str) else ""
    return rule if rule in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] else "other"
