import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from config.logs import log
from kalka.ui.problems import problem

LABELS = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
FIRST = "ky"
LONGEST_REPORT = 10_000  # bytes; what browsers send is a tenth of it


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    label: str
    url: str
    current: bool


def start(request: HttpRequest, language: str = FIRST) -> HttpResponse:
    """One page. Its language is in the address, so that nothing is left on the phone: no cookie, no storage."""
    if language not in LABELS:
        return problem(404)
    with translation.override(language):
        response = render(request, "portal/start.html", {"languages": _languages(language), "LANGUAGE_CODE": language})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _languages(current: str) -> list[Language]:
    return [
        Language(
            code,
            label,
            reverse("portal:start") if code == FIRST else reverse("portal:start_in", args=[code]),
            code == current,
        )
        for code, label in LABELS.items()
    ]


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
