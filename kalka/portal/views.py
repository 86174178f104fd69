from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from kalka.ui.problems import problem

LABELS = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
FIRST = "ky"


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
