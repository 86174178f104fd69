from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.sittings import selectors, services, shown
from kalka.sittings.forms import AddendumForm, CarryForm, ConflictForm, DecideForm
from kalka.sittings.views.task import Task, show
from kalka.ui.http import Request

DECIDE = Task(_("What is decided?"), _("Write the decision down"))
OF_CASE = _("Only the code, the measure, who answers for it and the term. Nothing else is written about a family.")
CONFLICT = Task(
    _("Conflict of interest"),
    _("Write the conflict down"),
    _("From now on this member sees nothing of the item and of the case, is not counted and cannot answer for it."),
)
CORRECT = Task(
    _("Correct a decision"),
    _("Add the correction"),
    _("The decision stays in the minutes as it was taken. The correction stands beside it."),
)
CARRY = Task(_("What became of the decision?"), _("Write it down"))


def decide(request: Request, item: UUID) -> HttpResponse:
    """A decision; or, with the other button, that nothing was decided."""
    row = selectors.get_item(request.actor, item, now=request.now)
    page = selectors.sitting(request.actor, row.sitting_id, now=request.now)
    line = next(one for one in page.items if one.id == item)
    members = shown.may_answer(shown.with_names(request.actor, page), line)
    passes = request.method == "POST" and request.POST.get("then") == "pass"
    form = DecideForm(request.POST or None, item=line, members=members, now=request.now)
    if passes:
        form.fields = {"key": form.fields["key"]}
    if form.done(
        lambda said: (
            services.pass_over(request.actor, id=said["key"], item_id=item, now=request.now)
            if passes
            else services.decide(request.actor, id=said["key"], item_id=item, told=form.told(), now=request.now)
        )
    ):
        return redirect("sittings:sitting", row.sitting_id)
    back = reverse("sittings:sitting", args=[row.sitting_id])
    more = {"line": shown.item(line, page), "lead": OF_CASE if line.case_ref else "", "may_pass": not line.decisions}
    return show(request, form, DECIDE, back=back, **more)


def conflict(request: Request, item: UUID) -> HttpResponse:
    row = selectors.get_item(request.actor, item, now=request.now)
    page = selectors.sitting(request.actor, row.sitting_id, now=request.now)
    line = next(one for one in page.items if one.id == item)
    everybody = shown.with_names(request.actor, page) if page.may_keep else page.members
    members = [one for one in everybody if page.may_keep or one.user_id == request.actor.user_id]
    form = ConflictForm(request.POST or None, members=[one for one in members if one.holding_id not in line.conflicts])
    if form.done(
        lambda said: services.declare_conflict(
            request.actor, id=said["key"], item_id=item, holding_id=int(said["holding"]), now=request.now
        )
    ):
        return redirect("sittings:sitting", row.sitting_id)
    return show(
        request, form, CONFLICT, back=reverse("sittings:sitting", args=[row.sitting_id]), line=shown.item(line, page)
    )


def decision(request: Request, resolution: UUID) -> HttpResponse:
    """What became of it: by whoever answers for it."""
    line = selectors.decision(request.actor, resolution, now=request.now)
    form = CarryForm(request.POST or None, decision=line, now=request.now)
    if form.done(
        lambda said: services.carry_out(
            request.actor,
            id=said["key"],
            decision_id=resolution,
            how=said["how"],
            on=said["on"],
            budget=said.get("budget") or "",
            now=request.now,
        )
    ):
        return redirect("desk:today")
    return show(request, form, CARRY, back=reverse("desk:today"), over=not line.runs, **shown.of_decision(line))


def addendum(request: Request, resolution: UUID) -> HttpResponse:
    line = selectors.decision(request.actor, resolution, now=request.now)
    page = selectors.sitting(request.actor, line.sitting_id, now=request.now)
    item = next(one for one in page.items if one.id == line.item_id)
    members = shown.may_answer(shown.with_names(request.actor, page), item)
    form = AddendumForm(request.POST or None, members=members, now=request.now)
    if form.done(
        lambda said: services.add_addendum(
            request.actor,
            id=said["key"],
            decision_id=resolution,
            change=said["change"],
            by=said.get("by"),
            responsible=int(said["responsible"]) if said.get("responsible") else None,
            now=request.now,
        )
    ):
        return redirect("sittings:sitting", line.sitting_id)
    back = reverse("sittings:sitting", args=[line.sitting_id])
    return show(request, form, CORRECT, back=back, **shown.of_decision(line))
