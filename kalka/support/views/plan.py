from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.core.refs import show_ref
from kalka.support import labels, selectors, services, shown
from kalka.support.forms import ActionEndForm, ActionForm, ContactForm, GoalEndForm, GoalForm, OutcomeForm, SafetyForm
from kalka.support.views.task import Task, back, show
from kalka.ui.http import Request

GOAL = Task(_("A goal of hers"), _("Write the goal down"), _("What she wants herself, not what we think best."))
GOAL_END = Task(_("How the goal ended"), _("Write it down"))
ACTION = Task(_("What is done for it"), _("Give it to this post"))
ACTION_END = Task(_("An action is done"), _("Write it down"))
SAFETY = Task(
    _("Safety plan"),
    _("Save the plan"),
    _("Made together with her. What is written here can be printed without a title; the code word never is."),
    template="support/safety.html",
)
CONTACT = Task(_("Ask how she is"), _("Write it down"), template="support/contact.html")
OUTCOME = Task(_("How she stands"), _("Write it down"), _("In her own eyes. What was not asked stays so."))


def plan(request: Request, ref: str) -> HttpResponse:
    page = selectors.help_page(request.actor, ref, now=request.now)
    context = {**shown.page(page), "ref": page.case_ref, "shown_ref": show_ref(page.case_ref), "now": request.now}
    return render(request, "support/plan.html", context)


def goal(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = GoalForm(request.POST or None)
    if form.done(
        lambda said: services.add_goal(
            request.actor, id=said["key"], case_ref=ref, area=said["area"], words=said["words"], now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, GOAL)


def end_goal(request: Request, ref: str, goal: UUID) -> HttpResponse:
    selectors.get_goal(request.actor, ref, goal, now=request.now)
    form = GoalEndForm(request.POST or None)
    if form.done(
        lambda said: services.end_goal(
            request.actor, id=said["key"], case_ref=ref, goal_id=goal, how=said["how"], now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, GOAL_END)


def add_action(request: Request, ref: str, goal: UUID) -> HttpResponse:
    selectors.get_goal(request.actor, ref, goal, now=request.now)
    owners = selectors.owner_choices(request.actor, ref, now=request.now)
    form = ActionForm(request.POST or None, owners=owners, now=request.now)
    if form.done(
        lambda said: services.add_action(
            request.actor, id=said["key"], case_ref=ref, goal_id=goal, told=form.told(), now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, ACTION)


def action(request: Request, ref: str, action: UUID) -> HttpResponse:
    line = selectors.action_line(request.actor, ref, action, now=request.now)
    form = ActionEndForm(request.POST or None)
    if form.done(
        lambda said: services.end_action(
            request.actor,
            id=said["key"],
            case_ref=ref,
            action_id=action,
            how=said["how"],
            note=said["note"],
            now=request.now,
        )
    ):
        return back(ref)
    return show(request, ref, form, ACTION_END, quote=line.what)


def safety(request: Request, ref: str) -> HttpResponse:
    page = selectors.safety_page(request.actor, ref, now=request.now)
    form = SafetyForm(request.POST or None, initial={**page.told, "seen": str(page.number)})
    if form.done(
        lambda said: services.write_safety_plan(
            request.actor,
            id=said["key"],
            case_ref=ref,
            told=form.told(),
            corrects=form.corrects,
            now=request.now,
        )
    ):
        return back(ref)
    now_stands = [(words, page.told[name]) for name, words in labels.SECTIONS.items() if page.told.get(name)]
    return show(request, ref, form, SAFETY, page=page, stands=now_stands if form.stale else ())


def safety_print(request: Request, ref: str) -> HttpResponse:
    """A sheet that says nothing of what it is: no title, no mark, no name, no code of the case, no code word."""
    page = selectors.safety_page(request.actor, ref, now=request.now)
    parts = [page.told[name] for name in labels.SECTIONS if name != "codeword" and page.told.get(name)]
    return render(request, "support/safety_print.html", {"parts": parts})


def contact(request: Request, ref: str) -> HttpResponse:
    """Says first whether this is an hour that is safe by her own rules."""
    form = ContactForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.log_contact(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, CONTACT, hours=selectors.safe_hours(request.actor, ref, now=request.now))


def outcome(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = OutcomeForm(request.POST or None)
    if form.done(
        lambda said: services.measure(request.actor, id=said["key"], case_ref=ref, told=form.told(), now=request.now)
    ):
        return back(ref)
    return show(request, ref, form, OUTCOME)
