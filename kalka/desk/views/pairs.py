from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.refs import show_ref
from kalka.desk import looking
from kalka.desk.forms import PairForm
from kalka.people import labels, pairs, services
from kalka.people.rules.same import Says
from kalka.ui.http import Request


def listed(request: Request) -> HttpResponse:
    """Where somebody may be in two files: what waits for a word, and what was said. No names."""
    lines = pairs.list_pairs(request.actor, now=request.now)
    refs = looking.refs(request.actor, {file for line in lines for file in line.files}, now=request.now)
    shown = [
        (line, [show_ref(refs[file]) for file in line.files if file in refs], labels.HOW[line.how]) for line in lines
    ]
    return render(request, "desk/pairs.html", {"lines": shown, "now": request.now})


def pair(request: Request, pair_id: UUID) -> HttpResponse:
    """Whether the person of the own file is also in another one: said with a reason, and taken back the same way."""
    page = pairs.pair_page(request.actor, pair_id, now=request.now)
    form = PairForm(request.POST or None, initial={"seen": page.version})
    if form.is_valid():
        said = form.cleaned_data
        done = form.attempt(
            lambda: services.say_of_pair(
                request.actor,
                id=said["key"],
                pair_id=pair_id,
                says=Says(said["says"]),
                reason=said["reason"],
                named=said["named"],
                seen=said["seen"],
                now=request.now,
            )
        )
        if done:
            return redirect("desk:pairs")
    refs = looking.refs(request.actor, {person.subject_id for person in page.people}, now=request.now)
    shown = {
        "form": form,
        "page": page,
        "how": labels.HOW[page.how],
        "people": [(one, refs.get(one.subject_id, ""), show_ref(refs.get(one.subject_id, ""))) for one in page.people],
        "told": [(word, labels.SAYS[word.says]) for word in page.told],
        "other": labels.OTHER_SAYS[page.other] if page.other else "",
        "both": len(page.mine) > 1,
        "now": request.now,
    }
    return render(request, "desk/pair.html", shown, status=form.status)
