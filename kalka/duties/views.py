from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.duties import selectors, services
from kalka.duties.forms import FinishForm, HandOverForm, WaiveForm
from kalka.duties.kinds import KINDS
from kalka.ui.forms import Form
from kalka.ui.http import Request


def finish(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method != "POST" and not page.standing:
        return redirect("desk:today")
    form = FinishForm(request.POST or None)
    if _done(
        form, lambda: services.finish_duty(request.actor, id=form.cleaned_data["key"], duty_id=duty_id, now=request.now)
    ):
        return redirect("desk:today")
    return render(request, "duties/finish.html", {"page": page, "form": form}, status=form.status)


def waive(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method != "POST" and not page.standing:
        return redirect("desk:today")
    if request.method != "POST" and KINDS[page.line.kind].answered:
        return redirect(page.line.url)
    form = WaiveForm(request.POST or None)
    if _done(
        form,
        lambda: services.waive_duty(
            request.actor,
            id=form.cleaned_data["key"],
            duty_id=duty_id,
            reason=form.cleaned_data["reason"],
            now=request.now,
        ),
    ):
        return redirect("desk:today")
    return render(request, "duties/waive.html", {"page": page, "form": form}, status=form.status)


def hand_over(request: Request, duty_id: UUID) -> HttpResponse:
    page = selectors.duty_page(request.actor, duty_id, now=request.now)
    if request.method != "POST" and not page.standing:
        return redirect("desk:today")
    form = HandOverForm(request.POST or None, posts=[(str(post.id), post.label()) for post in page.others])
    if _done(
        form,
        lambda: services.hand_over(
            request.actor,
            id=form.cleaned_data["key"],
            duty_id=duty_id,
            to_post=int(form.cleaned_data["to_post"]),
            reason=form.cleaned_data["reason"],
            now=request.now,
        ),
    ):
        return redirect("desk:today")
    return render(request, "duties/hand_over.html", {"page": page, "form": form}, status=form.status)


def _done(form: Form, do: Callable[[], object]) -> bool:
    return form.is_valid() and form.attempt(do) is not None


def oversee(request: Request) -> HttpResponse:
    late = selectors.overdue_by_organisation(request.actor, now=request.now)
    return render(request, "duties/oversee.html", {"late": late, "now": request.now})
