"""One referral: for whoever sent it, and for whoever was asked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied
from kalka.referrals import labels, selectors, services, shown
from kalka.referrals.forms import StepForm
from kalka.referrals.rules.referral import Step
from kalka.referrals.views.task import Task, show
from kalka.ui.http import Request


def received(request: Request) -> HttpResponse:
    found = selectors.inbox(request.actor, now=request.now)
    rows = [shown.row(line, request.now, received=True) for line in found]
    return render(request, "referrals/received.html", {"rows": rows, "now": request.now})


def answer(request: Request, referral: UUID) -> HttpResponse:
    page = selectors.received_page(request.actor, referral, now=request.now)
    context = {**shown.referral(page, request.now), "received": True}
    return render(request, "referrals/referral.html", context)


def reply(request: Request, referral: UUID, step: str) -> HttpResponse:
    line = selectors.get_received(request.actor, referral, now=request.now)
    form = StepForm(request.POST or None, to=_step(step))
    if form.done(
        lambda said: services.answer(
            request.actor, id=said["key"], referral_id=referral, told=form.step(), now=request.now
        )
    ):
        return redirect("referrals:answer", referral)
    back = reverse("referrals:answer", args=[referral])
    return show(request, form, _task(form.to), back=back, where=labels.need(line.code))


def referral(request: Request, ref: str, referral: UUID) -> HttpResponse:
    page = selectors.referral_page(request.actor, ref, referral, now=request.now)
    context = {**shown.referral(page, request.now), "received": False}
    return render(request, "referrals/referral.html", context)


def step(request: Request, ref: str, referral: UUID, step: str) -> HttpResponse:
    line = selectors.get_referral(request.actor, ref, referral, now=request.now)
    form = StepForm(request.POST or None, to=_step(step))
    if form.done(
        lambda said: services.note_step(
            request.actor, id=said["key"], case_ref=ref, referral_id=referral, told=form.step(), now=request.now
        )
    ):
        return redirect("referrals:referral", line.case_ref, line.pk)
    back = reverse("referrals:referral", args=[line.case_ref, line.pk])
    return show(request, form, _task(form.to), back=back, where=labels.need(line.code))


def _step(word: str) -> Step:
    """A word of the address that no form answers leads nowhere."""
    if word not in labels.ACTIONS:
        raise AccessDenied("referrals.unknown")
    return Step(word)


def _task(to: Step) -> Task:
    return Task(labels.ACTIONS[to], _("Write it down"))
