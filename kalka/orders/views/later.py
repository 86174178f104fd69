from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kalka.orders import selectors, services
from kalka.orders.forms import BreachForm, CompleteForm, ExtendForm, RevokeForm, ServeForm
from kalka.orders.selectors import OrderLine
from kalka.orders.views.task import Task, show
from kalka.ui.forms import Form
from kalka.ui.http import Request

COMPLETE = Task(_("Complete the order"), _("Save the number"), _("The number and who issued it, as on the paper."))
SERVE = Task(
    _("Service of the order"), _("Write it down"), _("Also when the person was not found: every attempt counts.")
)
EXTEND = Task(
    _("Extend the order"), _("Write the extension down"), _("It was extended elsewhere and is registered here.")
)
REVOKE = Task(
    _("Revoke the order"),
    _("Write the revocation down"),
    _("A reconciliation or a withdrawn complaint revokes nothing. Write down who had the power to end it and did."),
)
BREACH = Task(
    _("The order was broken"),
    _("Write the breach down"),
    _("The inspector and who supervises are told at once, and the risk is to be assessed again."),
)


def complete(request: Request, ref: str, order: UUID) -> HttpResponse:
    line = selectors.order_line(request.actor, ref, order, now=request.now)
    form = CompleteForm(request.POST or None, authorities=selectors.authority_choices(request.actor))
    return _step(
        request,
        line,
        form,
        COMPLETE,
        lambda id: services.complete_number(
            request.actor, id=id, case_ref=ref, order_id=order, told=form.told(), now=request.now
        ),
    )


def serve(request: Request, ref: str, order: UUID) -> HttpResponse:
    line = selectors.order_line(request.actor, ref, order, now=request.now)
    form = ServeForm(request.POST or None, now=request.now, initial=_seen(line))
    return _step(
        request,
        line,
        form,
        SERVE,
        lambda id: services.serve_order(
            request.actor,
            id=id,
            case_ref=ref,
            order_id=order,
            told=form.service(),
            seen=form.cleaned_data["seen"],
            now=request.now,
        ),
    )


def extend(request: Request, ref: str, order: UUID) -> HttpResponse:
    line = selectors.order_line(request.actor, ref, order, now=request.now)
    authorities = selectors.authority_choices(request.actor)
    form = ExtendForm(request.POST or None, now=request.now, authorities=authorities, initial=_seen(line))
    return _step(
        request,
        line,
        form,
        EXTEND,
        lambda id: services.extend_order(
            request.actor,
            id=id,
            case_ref=ref,
            order_id=order,
            told=form.extension(),
            seen=form.cleaned_data["seen"],
            now=request.now,
        ),
    )


def revoke(request: Request, ref: str, order: UUID) -> HttpResponse:
    line = selectors.order_line(request.actor, ref, order, now=request.now)
    form = RevokeForm(request.POST or None, now=request.now, initial=_seen(line))
    return _step(
        request,
        line,
        form,
        REVOKE,
        lambda id: services.revoke_order(
            request.actor,
            id=id,
            case_ref=ref,
            order_id=order,
            told=form.revocation(),
            seen=form.cleaned_data["seen"],
            now=request.now,
        ),
    )


def breach(request: Request, ref: str, order: UUID) -> HttpResponse:
    line = selectors.order_line(request.actor, ref, order, now=request.now)
    form = BreachForm(request.POST or None, now=request.now)
    return _step(
        request,
        line,
        form,
        BREACH,
        lambda id: services.record_breach(
            request.actor, id=id, case_ref=ref, order_id=order, told=form.breach(), now=request.now
        ),
    )


def _seen(line: OrderLine) -> dict[str, str]:
    return {"seen": line.version}


def _step(request: Request, line: OrderLine, form: Form, task: Task, do: Callable[[UUID], object]) -> HttpResponse:
    """Asked, done, and back to the order."""
    if form.is_valid() and form.attempt(lambda: do(form.cleaned_data["key"])) is not None:
        return redirect("orders:order", line.ref, line.id)
    return show(request, line.ref, form, task, line)
