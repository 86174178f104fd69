from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.statistics import selectors, services
from kalka.statistics.forms import ReleaseForm
from kalka.statistics.rules import ReleaseState
from kalka.ui.http import Request


def release(request: Request) -> HttpResponse:
    """Begin a release, and see how far it is. It goes on while nobody looks."""
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        begun = form.attempt(lambda: services.make_release(request.actor, id=form.cleaned_data["key"], now=request.now))
        if begun is not None:
            return redirect("statistics:release")
    found = selectors.releases(request.actor, now=request.now)
    context = {
        "form": form,
        "releases": found,
        "making": next((one for one in found if one.state is ReleaseState.MAKING), None),
        "now": request.now,
    }
    return render(request, "statistics/release.html", context)
