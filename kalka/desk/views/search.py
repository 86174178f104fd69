from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.refs import LENGTH, read_ref, show_ref
from kalka.desk.forms import SearchForm
from kalka.people import selectors as people
from kalka.ui.http import Request


def search(request: Request) -> HttpResponse:
    """By number or by name, within what the actor may see. What was asked is never in an address."""
    form = SearchForm(request.POST or None)
    hits = None
    if form.is_valid():
        words = form.cleaned_data["words"]
        ref = read_ref(words)
        if len(ref) == LENGTH and cases.knows(request.actor, ref, now=request.now):
            return redirect("desk:case", ref)
        found = people.search(request.actor, words, now=request.now)
        refs = cases.refs(request.actor, {hit.subject_id for hit in found}, now=request.now, scope=Scope.FILE)
        hits = [(hit, refs[hit.subject_id], show_ref(refs[hit.subject_id])) for hit in found if hit.subject_id in refs]
    return render(request, "desk/search.html", {"form": form, "hits": hits, "now": request.now})
