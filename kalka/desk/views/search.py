from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.refs import show_ref
from kalka.desk import looking
from kalka.desk.forms import AskMoreForm, MoreForm, PurposeForm, ReasonForm, SearchForm
from kalka.people import services, spending
from kalka.ui.forms import Form
from kalka.ui.http import Request


def search(request: Request) -> HttpResponse:
    """By number, or by name for a purpose. What was asked, and what for, is never in an address."""
    actor, now, sent = request.actor, request.now, request.POST
    if ref := looking.of_case(actor, sent.get("words", ""), now=now):
        return redirect("desk:case", ref)
    came = looking.where_from(actor, sent.dict(), now=now)
    # From the top of a page, or from a case, only a part of the form was sent: it is shown, not judged.
    whole = sent if "key" in sent else None
    initial = {"words": sent.get("words", ""), "case": came.case, "from_duty": came.duty}
    near = looking.districts()
    form = (
        SearchForm(whole, initial=initial, places=near)
        if came.given
        else PurposeForm(whole, initial=initial, places=near, duties=looking.own_duties(actor, now=now))
    )
    result = None
    if form.is_valid():
        result = form.attempt(lambda: looking.found(actor, came, form.cleaned_data, now=now))
    return _page(request, form, came, result)


def reason(request: Request, search_id: UUID) -> HttpResponse:
    """Why somebody searched in an emergency."""
    made = spending.owing(request.actor, search_id, now=request.now)
    form = ReasonForm(request.POST or None)
    if form.done(
        lambda said: services.give_search_reason(
            request.actor, id=said["key"], search_id=search_id, reason=said["reason"], now=request.now
        )
    ):
        return redirect("desk:today")
    own = made.user_id == request.actor.user_id
    shown = {"form": form, "made": made, "own": own, "now": request.now}
    return render(request, "desk/search_reason.html", shown, status=form.status)


def more(request: Request) -> HttpResponse:
    """Ask whoever leads for more searches today."""
    form = AskMoreForm(request.POST)
    if form.done(lambda said: services.ask_more_searches(request.actor, id=said["key"], now=request.now)):
        return redirect("desk:search")
    return _page(request, form, looking.For(), None)


def answer(request: Request, ask_id: UUID) -> HttpResponse:
    """Whoever leads gives more for the day, or does not."""
    ask = spending.asking(request.actor, ask_id, now=request.now)
    form = MoreForm(request.POST or None)
    if form.done(
        lambda said: services.answer_more_searches(
            request.actor, id=said["key"], ask_id=ask_id, raised=said["more"] == "yes", now=request.now
        )
    ):
        return redirect("desk:today")
    return render(request, "desk/search_more.html", {"form": form, "ask": ask, "now": request.now}, status=form.status)


def made(request: Request) -> HttpResponse:
    """What was searched for: by the office for whoever leads it, by oneself for anybody else."""
    lines = spending.searches_of_mine(request.actor, now=request.now)
    refs = looking.refs(request.actor, {line.file for line in lines}, now=request.now)
    told = [(line, show_ref(refs[line.file]) if line.file in refs else "") for line in lines]
    return render(request, "desk/searches.html", {"told": told, "leads": request.actor.leads, "now": request.now})


def _page(request: Request, form: Form, came: looking.For, result: looking.Result | None) -> HttpResponse:
    shown = {
        "form": form,
        "came": came,
        "result": result,
        "budget": spending.budget(request.actor, now=request.now),
        "ask": AskMoreForm(),
        "leads": request.actor.leads,
        "now": request.now,
    }
    return render(request, "desk/search.html", shown)
