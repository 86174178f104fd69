from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from kalka.duties import selectors, services
from kalka.duties.forms import FinishForm, HandOverForm, WaiveForm
from kalka.ui.http import Request


def finish(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method == "GET" and not page.standing:
        return redirect("desk:today")
    form = FinishForm(request.POST or None)
    if form.is_valid() and form.attempt(
        lambda: services.finish_duty(request.actor, id=form.cleaned_data["key"], duty_id=duty_id, now=request.now)
    ):
        return redirect("desk:today")
    return render(request, "duties/finish.html", {"page": page, "form": form})


def waive(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method == "GET" and not page.standing:
        return redirect("desk:today")
    form = WaiveForm(request.POST or None)
    if form.is_valid() and form.attempt(
        lambda: services.waive_duty(
            request.actor,
            id=form.cleaned_data["key"],
            duty_id=duty_id,
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    ):
        return redirect("desk:today")
    return render(request, "duties/waive.html", {"page": page, "form": form})


def hand_over(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method == "GET" and not page.standing:
        return redirect("desk:today")
    lang = (get_language() or "ky")[:2]
    form = HandOverForm(request.POST or None, posts=[(str(post.id), post.label(lang)) for post in page.others])
    if form.is_valid() and form.attempt(
        lambda: services.hand_over(
            request.actor,
            id=form.cleaned_data["key"],
            duty_id=duty_id,
            to_post=int(form.cleaned_data["to_post"]),
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    ):
        return redirect("desk:today")
    return render(request, "duties/hand_over.html", {"page": page, "form": form})


def oversee(request: Request) -> HttpResponse:
    late = selectors.overdue_by_organisation(request.actor, now=request.now)
    return render(request, "duties/oversee.html", {"late": late, "now": request.now})
