from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.papers.packs import LANGUAGES
from kalka.proceedings import documents, selectors, shown
from kalka.proceedings.rules import How
from kalka.ui.http import Request
from kalka.ui.words import say


def listing(request: Request) -> HttpResponse:
    """Of the cases the actor works on or oversees. `refused`: only those that were not taken up."""
    ended = How.REFUSED if request.GET.get("ended") == How.REFUSED else ""
    found, following = selectors.register(
        request.actor, now=request.now, after=_uuid(request.GET.get("after", "")), ended=ended
    )
    more = f"{reverse('proceedings:list')}?after={following}{'&ended=refused' if ended else ''}" if following else ""
    context = {"rows": [shown.entry(one) for one in found], "following": more, "ended": ended}
    return render(request, "proceedings/list.html", context)


def case(request: Request, ref: str) -> HttpResponse:
    page = selectors.case_page(request.actor, ref, now=request.now)
    return render(request, "proceedings/case.html", shown.case(page, request.now))


def proceeding(request: Request, ref: str, proceeding: UUID) -> HttpResponse:
    return _page(request, ref, proceeding)


def _page(request: Request, ref: str, proceeding: UUID, *, problem: str = "") -> HttpResponse:
    page = selectors.proceeding_page(request.actor, ref, proceeding, now=request.now)
    context = {**shown.proceeding(page), "problem": problem, "shown_ref": show_ref(page.line.ref)}
    return render(request, "proceedings/proceeding.html", context)


def paper(request: Request, ref: str, proceeding: UUID, lang: str) -> HttpResponse:
    """The report its ground asks for. The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("proceedings.unknown")
    try:
        pdf = documents.report(request.actor, ref, proceeding, lang=lang, now=request.now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _page(request, ref, proceeding, problem=say(refusal))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="report-{lang}.pdf"'
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
