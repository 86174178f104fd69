"""In again with two words; and what a person is shown of it who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kalka.accounts import selectors, services
from kalka.accounts.forms import RecoverForm
from kalka.accounts.views.cookies import address_of
from kalka.core import clock
from kalka.ui.http import Request


def recover(request: HttpRequest) -> HttpResponse:
    form = RecoverForm(request.POST or None)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("login", "first", "second", "password")}
        if form.attempt(lambda: services.recover(**told, address=address_of(request), now=clock.now())):
            return redirect("accounts:sign_in")
    return render(request, "accounts/recover.html", {"form": form})


def recovery(request: Request) -> HttpResponse:
    """What was asked for in one's own name: stopped, or seen."""
    if request.method == "POST":
        done = services.stop_recovery if request.POST.get("do") == "stop" else services.see_recovery
        done(request.actor, now=request.now)
        return redirect("desk:me")
    shown = {"recoveries": selectors.my_recoveries(request.actor), "now": request.now}
    return render(request, "accounts/recovery.html", shown)
