from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.followup import documents, labels, selectors, services
from kalka.followup.forms import CorrectionForm, SaidForm, VisitForm
from kalka.followup.rules import NewVisit
from kalka.followup.selectors import EntryLine
from kalka.papers.packs import LANGUAGES
from kalka.places import selectors as places
from kalka.ui.forms import Form
from kalka.ui.http import Request


def visit(request: Request, ref: str) -> HttpResponse:
    page = selectors.visit_page(request.actor, ref, now=request.now)
    form = VisitForm(request.POST or None, order_runs=page.order_runs, now=request.now)
    if _done(
        form,
        lambda: services.log_visit(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=page.case_ref,
            told=_told(form),
            now=request.now,
        ),
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "followup/visit.html", {"page": page, "form": form})


def correct(request: Request, ref: str, visit_id: UUID) -> HttpResponse:
    line = selectors.visit_line(request.actor, ref, visit_id, now=request.now)
    form = CorrectionForm(request.POST or None, now=request.now)
    if _done(
        form,
        lambda: services.correct_visit(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=line.case_ref,
            visit_id=visit_id,
            text=form.cleaned_data["told"],
            now=request.now,
        ),
    ):
        return redirect("desk:case", line.case_ref)
    return render(request, "followup/correct.html", {"line": line, "form": form, "now": request.now})


def printed(request: Request, ref: str, visit_id: UUID, lang: str) -> HttpResponse:
    """The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("followup.unknown")
    pdf = documents.paper(request.actor, ref, visit_id, lang=lang, now=request.now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="visit-{lang}.pdf"'
    return response


def said(request: Request, ref: str, visit_id: UUID) -> HttpResponse:
    page = selectors.said_page(request.actor, ref, visit_id, now=request.now)
    form = SaidForm(request.POST or None, now=request.now)
    if form.done(
        lambda given: services.record_said(
            request.actor,
            id=given["key"],
            case_ref=page.line.case_ref,
            visit_id=visit_id,
            told=form.said_by_her(),
            now=request.now,
        )
    ):
        return redirect("desk:case", page.line.case_ref)
    return render(request, "followup/said.html", {"page": page, "form": form, "now": request.now})


def entries(request: Request) -> HttpResponse:
    """What was written down of visits: what is odd about it, and who was not found."""
    found = selectors.entries(request.actor, now=request.now)
    posts = directory.posts({one.post_id for one in found.lines if one.post_id})
    context = {
        "odd": [_shown(one, posts) for one in found.odd],
        "missed": [_shown(one, posts) for one in found.not_found],
        "whole": len(found.lines),
        "now": request.now,
    }
    return render(request, "followup/entries.html", context)


def route(request: Request) -> HttpResponse:
    stops = selectors.route(request.actor, now=request.now)
    shown = [(stop, places.name(stop.place) if stop.place else "") for stop in stops]
    return render(request, "followup/route.html", {"stops": shown, "now": request.now})


def _shown(line: EntryLine, posts: Mapping[int, PostInfo]) -> dict[str, object]:
    post = posts.get(line.post_id or 0)
    return {
        "line": line,
        "post": post.title() if post else "",
        "found": labels.FOUND[line.found],
        "said": labels.SAID.get(line.said, ""),
        "odd": [labels.ODD[one] for one in line.odd],
    }


def _told(form: Form) -> NewVisit:
    given = form.cleaned_data
    return NewVisit(
        visited_at=given["visited_at"],
        found=given["found"],
        kept=given.get("kept", ""),
        where=given["where"],
        told=given["told"],
        zone=given["zone"] or "",
    )


def _done(form: Form, do: Callable[[], object]) -> bool:
    return form.is_valid() and form.attempt(do) is not None
