"""Facts of violence that have no order: the list, and why."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalka.cases import selectors as cases
from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.lawbook.book import Law
from kalka.orders import selectors, services
from kalka.orders.covering import MANDATORY
from kalka.orders.forms import NoOrderForm
from kalka.orders.forms.without import OPENING
from kalka.orders.labels_unissued import WHYS
from kalka.orders.selectors.without import Orderless
from kalka.orders.views.task import Task, show
from kalka.ui import writing
from kalka.ui.http import Request

TASK = Task(
    gettext_lazy("Why is there no order?"),
    gettext_lazy("Write it down"),
    gettext_lazy(
        "The law wants an order on every fact of violence. A reason explains why there is none yet; "
        "the order stays owed, and the fact stays on the list."
    ),
)


def without(request: Request) -> HttpResponse:
    page = selectors.without_order(request.actor, now=request.now, after=_uuid(request.GET.get("after", "")))
    context = {
        "page": page,
        "rows": [_row(request, line) for line in page.lines],
        "basis": Law(day_of(request.now)).get(MANDATORY),
        "may": request.actor.may(Permission.CASE_WORK),
        "following": f"{reverse('orders:without')}?after={page.following}" if page.following else "",
    }
    return render(request, "orders/without.html", context)


def _row(request: Request, line: Orderless) -> dict[str, object]:
    return {"line": line, "code": show_ref(line.ref), "why": WHYS.get(line.why, ""), "late": line.late(request.now)}


def no_order(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    open_facts = selectors.without_of_case(request.actor, ref, now=request.now)
    form = NoOrderForm(request.POST or None, facts=[(line.fact or OPENING, _fact(line)) for line in open_facts])
    if form.is_valid():
        said = form.attempt(
            lambda: services.explain_no_order(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.reason(), now=request.now
            )
        )
        if said:
            return redirect("orders:without")
    if request.method != "POST" and not open_facts:
        return redirect("desk:case", case.ref)
    return show(request, case.ref, form, TASK)


def _fact(line: Orderless) -> str:
    day = writing.day(line.on)
    if line.incident is None:
        return _("The case was opened on {day}").format(day=day)
    if line.month:
        return _("It happened again; of the day only the month is known: {month}").format(month=writing.month(line.on))
    return _("It happened again on {day}").format(day=day)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
