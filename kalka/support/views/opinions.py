from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.support import selectors, services, shown
from kalka.support.forms import OpinionForm
from kalka.ui.http import Request
from kalka.ui.problems import problem

LANGUAGES = {"ky": "Кырг", "ru": "Рус", "en": "Eng"}
FIRST = "ky"
ANYBODY = Actor(SYSTEM_ID, frozenset({Permission.SYSTEM}))  # whoever holds a code; nothing says who


def opinions(request: Request) -> HttpResponse:
    start, last, sums = selectors.sums(request.actor, now=request.now)
    context = {"start": start, "last": last, "sums": sums, "rows": shown.opinions(sums) if sums else []}
    return render(request, "support/opinions.html", context)


def sheet(request: Request) -> HttpResponse:
    """Drawn by a press of the button and shown this once."""
    codes = services.draw_tickets(request.actor, now=request.now) if request.method == "POST" else ()
    return render(request, "support/sheet.html", {"codes": [show_ref(code) for code in codes]})


@csrf_exempt
def say(request: HttpRequest, language: str = FIRST) -> HttpResponse:
    """For her own phone: no cookie is set, no name is asked, the language is in the address.

    A forged post could do no more than spend a code its maker must know, so there is no token and no cookie for one.
    """
    if language not in LANGUAGES:
        return problem(404)
    with translation.override(language):
        form = OpinionForm(request.POST or None)
        done = form.is_valid() and form.attempt(lambda: _say(form)) is not None
        response = render(
            request, "support/say.html", {"form": form, "done": done, "LANGUAGE_CODE": language, **_ways(language)}
        )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _say(form: OpinionForm) -> bool:
    services.say_opinion(
        ANYBODY,
        id=form.cleaned_data["key"],
        code=form.cleaned_data["code"],
        answers=form.answers(),
        now=clock.now(),
    )
    return True


def _ways(current: str) -> dict[str, Any]:
    urls = {code: reverse("support:say_in", args=[code]) for code in LANGUAGES}
    return {
        "languages": [
            {"code": code, "label": label, "url": urls[code], "current": code == current}
            for code, label in LANGUAGES.items()
        ],
        "here": urls[current],
    }
