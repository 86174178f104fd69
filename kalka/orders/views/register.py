from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.orders import selectors, services
from kalka.orders.forms import RegisterForm
from kalka.orders.views.task import Task, show
from kalka.ui.http import Request

TASK = Task(
    _("Register a protection order"),
    _("Register the order"),
    _("The order was issued elsewhere. Write it down as it stands on the paper."),
    _("Whom it protects, other conditions, other days"),
)


def register(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    form = RegisterForm(
        request.POST or None,
        now=request.now,
        authorities=selectors.authority_choices(request.actor),
        respondents=selectors.respondent_choices(request.actor, ref, now=request.now),
        protected=selectors.protected_choices(request.actor, ref, now=request.now),
    )
    if form.is_valid():
        made = form.attempt(
            lambda: services.register_order(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told(), now=request.now
            )
        )
        if made:
            return redirect("orders:order", case.ref, made.pk)
    return show(request, case.ref, form, TASK)
