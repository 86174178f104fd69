"""Out to the provider and back. It may answer by a form that another site sends: what was begun is found again by a
short cookie of its own, for the session's never travels with such a form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from kalka.accounts import guard, outside, selectors, services
from kalka.accounts.forms import KeyForm
from kalka.accounts.views.cookies import address_of, asked_for, give, speak, where
from kalka.accounts.views.passkeys import site
from kalka.core import clock
from kalka.core.errors import AccessDenied, DomainError
from kalka.ui.http import Request
from kalka.ui.words import say

MINUTES = 10 * 60


def begin(request: HttpRequest) -> HttpResponse:
    if not outside.configured():
        raise AccessDenied("accounts.no_such_step")
    now = clock.now()
    try:
        guard.begun(address_of(request), now=now)
        back = site(request).origin + reverse("accounts:outside_back")
        begun = outside.begin(back=back, wanted=asked_for(request), now=now)
    except DomainError as refusal:
        return render(request, "accounts/outside.html", {"problem": say(refusal)})
    response = redirect(begun.address)
    response.set_cookie(
        settings.STATE_COOKIE,
        begun.cookie,
        max_age=MINUTES,
        secure=settings.HTTPS,
        httponly=True,
        samesite="None" if settings.HTTPS else "Lax",  # without HTTPS no browser takes the other
        path="/",
    )
    return response


@csrf_exempt  # its own state is what proves that this browser began it
def back(request: HttpRequest) -> HttpResponse:
    """A page of ours, not a redirect: only what begins here brings the session's cookie along."""
    if not outside.configured():
        raise AccessDenied("accounts.no_such_step")
    told = request.POST if request.method == "POST" else request.GET
    code, state, issuer = (told.get(name, "")[:4000] for name in ("code", "state", "iss"))
    now = clock.now()
    try:
        came = outside.finish(
            request.COOKIES.get(settings.STATE_COOKIE, ""), code=code, state=state, issuer=issuer, now=now
        )
        opened = services.sign_in_outside(came, second_factor_required=not settings.DEMO, now=now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        response = render(request, "accounts/outside.html", {"problem": say(refusal)})
    else:
        on = where(request, opened, wanted=came.wanted)
        response = render(request, "accounts/outside.html", {"on": on})
        give(response, opened.token)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            speak(response, opened.language)
    response.delete_cookie(settings.STATE_COOKIE)
    return response


def name(request: Request) -> HttpResponse:
    """One's own: what was proposed, agreed to or ended."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        agreed = request.POST.get("do") == "agree"
        services.answer_outside_name(request.actor, agreed=agreed, now=request.now)
        return redirect("desk:me")
    shown = {"form": form, "state": selectors.my_outside_name(request.actor)}
    return render(request, "accounts/outside_name.html", shown)
