from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.orders import documents, selectors, shown
from kalka.orders.forms import LookupForm
from kalka.papers.packs import LANGUAGES
from kalka.ui.http import Request
from kalka.ui.words import say


def listing(request: Request) -> HttpResponse:
    found = selectors.register(request.actor, now=request.now, after=_uuid(request.GET.get("after", "")))
    context = {
        "rows": [shown.row(entry) for entry in found.entries],
        "elsewhere": selectors.in_no_case(request.actor, now=request.now),
        "may_watch": found.may_watch,
        "following": f"{reverse('orders:list')}?after={found.following}" if found.following else "",
    }
    return render(request, "orders/list.html", context)


def lookup(request: Request) -> HttpResponse:
    """Asked by POST and answered on the same page: a number or a name never stands in an address."""
    form = LookupForm(request.POST or None, by_person=selectors.may_ask_by_person(request.actor))
    asked = form.is_valid()
    found = selectors.check(request.actor, form.asked(), now=request.now) if asked else ()
    elsewhere = selectors.listed_elsewhere(request.actor, form.asked(), now=request.now) if asked else ()
    context = {"form": form, "asked": asked, "found": [shown.found(one) for one in found], "elsewhere": elsewhere}
    return render(request, "orders/lookup.html", context, status=form.status)


def order(request: Request, ref: str, order: UUID) -> HttpResponse:
    return _page(request, ref, order)


def _page(request: Request, ref: str, order: UUID, *, problem: str = "") -> HttpResponse:
    page = selectors.order_page(request.actor, ref, order, now=request.now)
    context = {**shown.page(page), "problem": problem, "ref": page.line.ref, "shown_ref": show_ref(page.line.ref)}
    return render(request, "orders/order.html", context)


def paper(request: Request, ref: str, order: UUID, kind: str, lang: str) -> HttpResponse:
    """The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("orders.unknown")
    try:
        pdf = documents.paper(request.actor, ref, order, kind=kind, lang=lang, now=request.now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _page(request, ref, order, problem=say(refusal))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="paper-{lang}.pdf"'
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
