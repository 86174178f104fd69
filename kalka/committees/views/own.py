from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.committees import data, labels, selectors, services, shown
from kalka.committees.forms import ApprovalForm, FoundingForm, KnownForm, PlanForm
from kalka.committees.rules import Known
from kalka.committees.views.task import Task, show
from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.lawbook.codes import subjects_on
from kalka.places import selectors as places
from kalka.ui.http import Request

OURS = _("Our committee")
DESCRIBE = Task(OURS, _("Save"), _("What nobody knows any more stays empty: an empty answer is never taken for a no."))
APPROVE = Task(_("Who approved it"), _("Write it down"))
PLAN = Task(
    _("Plan of the year"),
    _("Save the plan"),
    _("Only your own work is planned. Nobody plans how many families there will be, or how much violence is found."),
)
WHO = Task(
    _("Who is who here"),
    _("Save"),
    _("Whom you call, at night too. Only your committee reads it. Save an empty line to take somebody off."),
)


def own(request: Request) -> HttpResponse:
    """The first page of a committee: what is done, what comes next, who sits in it."""
    committee = selectors.committee_of(request.actor)
    today = day_of(request.now)
    seated = selectors.members(request.actor, request.actor.organisation_id or 0, today) if committee else []
    lines = shown.steps(selectors.guide(request.actor, now=request.now), committee, seated)
    context = {
        "committee": committee,
        "region": labels.REGIONS[committee.region] if committee else "",
        "steps": lines,
        "left": sum(not one.done for one in lines),
        "next": next((one for one in lines if one.next), None),
        "tree": shown.tree(selectors.named(request.actor, seated)) if seated else [],
        "members": len(seated),
        "quiet": selectors.quiet(request.actor, now=request.now),
        "asleep_after": data.asleep_after(),
    }
    return render(request, "committees/own.html", context)


def describe(request: Request) -> HttpResponse:
    committee = selectors.committee_of(request.actor)
    before = selectors.founding(request.actor, committee.id) if committee else None
    names = ("since", "until", "proposed_on", "proposal", "no_earlier", "no_other", "project")
    form = FoundingForm(
        request.POST or None,
        now=request.now,
        projects=[(str(one.id), one.name_here) for one in selectors.projects(request.actor)],
        initial={name: getattr(before, name) for name in names} if before else None,
    )
    if form.done(lambda said: services.describe(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("committees:own")
    return show(request, form, DESCRIBE, back=reverse("committees:own"), label=OURS)


def approve(request: Request, committee_id: UUID) -> HttpResponse:
    committee = selectors.get_own_or_near(request.actor, committee_id)
    form = ApprovalForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.approve(
            request.actor,
            id=said["key"],
            committee_id=committee.id,
            told=form.told(),
            year=form.year(day_of(request.now)),
            now=request.now,
        )
    ):
        return _back(request, committee_id)
    keeps = request.actor.may(Permission.COMMITTEE_KEEP)
    back = reverse("committees:own") if keeps else reverse("committees:one", args=[committee_id])
    return show(request, form, APPROVE, back=back, label=OURS if keeps else places.name(committee.place))


def plan(request: Request) -> HttpResponse:
    committee = selectors.own(request.actor)
    year = day_of(request.now).year
    standing = selectors.plan(request.actor, committee.organisation_id, year)
    form = PlanForm(request.POST or None, now=request.now, initial={"year": year, **standing})
    if form.done(
        lambda said: services.set_plan(
            request.actor, id=said["key"], year=said["year"], targets=form.targets(), now=request.now
        )
    ):
        return redirect("committees:own")
    return show(request, form, PLAN, back=reverse("committees:own"), label=OURS)


def who(request: Request) -> HttpResponse:
    """Each subject of the law with the nearest post of this system, and whom the committee itself knows."""
    committee = selectors.own(request.actor)
    lang, today = (get_language() or "ky")[:2], day_of(request.now)
    subjects = [(one.code, one.title[lang]) for one in subjects_on(today)]
    form = KnownForm(request.POST or None, now=request.now, subjects=subjects)
    if form.done(
        lambda said: services.name_contact(
            request.actor, id=said["key"], subject=said["subject"], told=form.told(), now=request.now
        )
    ):
        return redirect("committees:who")
    said = selectors.contacts(request.actor, now=request.now)
    offices = directory.offices_near(committee.place, today)
    lines = {
        "known": [(title, offices.get(code, ()), said[code]) for code, title in subjects if code in said],
        "near": [(title, offices[code], Known()) for code, title in subjects if code in offices and code not in said],
    }
    return show(request, form, WHO, back=reverse("committees:own"), label=OURS, **lines)


def _back(request: Request, committee_id: UUID) -> HttpResponse:
    if request.actor.may(Permission.COMMITTEE_KEEP):
        return redirect("committees:own")
    return redirect("committees:one", committee_id)
