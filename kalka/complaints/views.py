from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.complaints import documents, labels, selectors, services
from kalka.complaints.forms import CallForm, OutcomeForm, PaperForm, ReplyForm
from kalka.complaints.selectors import PaperPage
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref, show_ref
from kalka.papers.packs import LANGUAGES
from kalka.ui.http import Request


def call_new(request: Request, ref: str) -> HttpResponse:
    page = selectors.note_page(request.actor, ref, now=request.now)
    form = CallForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.note_call(
            request.actor, id=said["key"], case_ref=page.case_ref, told=form.call(), now=request.now
        )
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "complaints/call_new.html", {"page": page, "form": form})


def call(request: Request, ref: str, part: UUID) -> HttpResponse:
    page = selectors.call_page(request.actor, ref, part, now=request.now)
    form = ReplyForm(request.POST or None, now=request.now, watches=page.watches)
    if form.done(
        lambda said: services.reply(
            request.actor, id=said["key"], case_ref=ref, call_id=part, told=form.reply(), now=request.now
        )
    ):
        return redirect("desk:case", page.line.case_ref)
    context = {
        "page": page,
        "form": form,
        "now": request.now,
        "may_answer": request.actor.may(Permission.CALL_ANSWER),
        "what": labels.TIMELINE[f"complaints.call_{page.line.what}"],
        "by": labels.BY[page.line.by],
    }
    return render(request, "complaints/call.html", context)


def paper_new(request: Request, ref: str) -> HttpResponse:
    choices = {
        "orders": selectors.order_choices(request.actor, ref, now=request.now),
        "posts": selectors.against_choices(request.actor, ref, now=request.now),
    }
    form = PaperForm(request.POST or None, now=request.now, **choices)
    known = read_ref(ref)
    if form.is_valid():
        filed = form.attempt(
            lambda: services.file_paper(
                request.actor, id=form.cleaned_data["key"], case_ref=known, told=form.paper(), now=request.now
            )
        )
        if filed is not None:
            return redirect("complaints:paper", known, filed.pk)
    context = {"form": form, "ref": known, "shown_ref": show_ref(known)}
    return render(request, "complaints/paper_new.html", context)


def paper(request: Request, ref: str, part: UUID) -> HttpResponse:
    """Where it stands; for whoever is asked, the answer."""
    page = selectors.paper_page(request.actor, ref, part, now=request.now)
    form = OutcomeForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.answer_paper(
            request.actor,
            id=said["key"],
            case_ref=page.case_ref,
            addressee_id=part,
            told=form.outcome(),
            now=request.now,
        )
    ):
        return redirect("complaints:paper", page.case_ref, page.id)
    # Answered meanwhile, in another window: what was typed is given back all the same.
    shown = {**_shown(request, page, form), "answers": page.own or (part if form.is_bound else None)}
    return render(request, "complaints/paper.html", shown, status=form.status)


def printed(request: Request, ref: str, part: UUID, lang: str) -> HttpResponse:
    """The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("complaints.unknown")
    pdf = documents.paper(request.actor, ref, part, lang=lang, now=request.now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="paper-{lang}.pdf"'
    return response


def _shown(request: Request, page: PaperPage, form: OutcomeForm) -> dict[str, object]:
    return {
        "page": page,
        "form": form,
        "now": request.now,
        "kind": labels.KINDS[page.kind],
        "ground": labels.GROUNDS.get(page.ground, ""),
        "asked": [(one, labels.PARTS[one.part], labels.OUTCOMES.get(one.how, "")) for one in page.asked],
        "calls": [(one, labels.WHAT[one.what]) for one in page.calls],
        "may_print": request.actor.may(Permission.PAPER_FILE) and page.whole,
        "may_case": request.actor.may(Permission.CASE_READ) and page.whole,
    }
