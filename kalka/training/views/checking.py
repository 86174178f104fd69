from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from kalka.training import checking, shown
from kalka.ui.problems import problem

LANGUAGES = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
FIRST = "ky"
LONGEST = 60  # with spaces and hyphens between its letters


@csrf_exempt
def check(request: HttpRequest, language: str = FIRST) -> HttpResponse:
    """For anybody who holds a certificate: valid or not, for what and when. Never whose. No cookie is set.

    The code comes in the body alone: an address stands in logs. A forged post reads what its maker could read; so there
    is no token, and no cookie for one.
    """
    if language not in LANGUAGES:
        return problem(404)
    typed = request.POST.get("code", "")
    with translation.override(language):
        found = checking.check(typed) if typed and len(typed) <= LONGEST else None
        context = {
            "typed": "" if found else typed,  # given back where it was wrong
            "found": found,
            "name": found.name(language) if found else "",
            "when": shown.days(found.on, found.last) if found else "",
            "LANGUAGE_CODE": language,
            "here": reverse("training:check_in", args=[language]),
            "languages": _ways(language),
        }
        response = render(request, "training/check.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _ways(current: str) -> list[dict[str, object]]:
    return [
        {"code": code, "label": label, "url": reverse("training:check_in", args=[code]), "current": code == current}
        for code, label in LANGUAGES.items()
    ]
