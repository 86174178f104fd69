from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.committees import covering, data, labels, selectors, services, shown
from kalka.committees.forms import FoundForm, ProjectForm
from kalka.committees.info import UnitView
from kalka.committees.rules import State
from kalka.committees.selectors.coverage import LEVELS
from kalka.committees.views.task import Task, show
from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.places import selectors as places
from kalka.ui import between
from kalka.ui.between import Between
from kalka.ui.charts import Value
from kalka.ui.http import Request

ALL = _("Committees")
FILTERS = ("place", "project", "state", "region", "organisation")
FOUND = Task(
    _("A new committee"),
    _("Write it down"),
    _("With it comes the post of its secretary; the administrator appoints somebody to it."),
)
PROJECT = Task(_("A project"), _("Write it down"), _("Everything here is public."))


def covered(request: Request) -> HttpResponse:
    """Which units have a committee, which have none, and where one sleeps: as a map, and as a list below it."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    here, project, days = asked["place"], asked["project"], between.asked(request.GET.dict())
    known, today = places.get(here) if here else None, day_of(request.now)
    on = min(days.until or today, today)
    found = selectors.coverage(request.actor, place=here if known else "", project=project, on=on)
    wanted = [one for one in found if _wanted(one, asked, days)]
    lines = covering.by_raion(found)
    drawn = State(asked["state"]) if asked["state"] in list(State) else State.HAS
    context = {
        "lines": lines,
        "squares": [Value(one.place, one.name, one.of(drawn)) for one in lines],
        "drawn": labels.DRAWN[drawn],
        "units": [(one, *shown.state(one.state)) for one in wanted] if days or any(asked.values()) else [],
        "between": days,
        "counts": [(labels.STATES[state], sum(one.state == state for one in found)) for state in State],
        "filters": _filters(request, asked),
        "place": known,
        "days": data.asleep_after(),
        "may_found": request.actor.may(Permission.COMMITTEE_FOUND),
        "whole": len(found),
    }
    return render(request, "committees/list.html", context)


def _wanted(one: UnitView, asked: dict[str, str], days: Between) -> bool:
    """Days, a region and an organisation ask for committees: a unit without one is then none of them."""
    if asked["state"] not in ("", one.state):
        return False
    if not (days or asked["region"] or asked["organisation"]):
        return True
    return (
        one.committee is not None
        and days.meets(one.committee.since, one.committee.until)
        and asked["region"] in ("", one.committee.region)
        and asked["organisation"] in ("", str(one.committee.organisation_id))
    )


def one(request: Request, committee_id: UUID) -> HttpResponse:
    committee = selectors.committee(request.actor, committee_id)
    today = day_of(request.now)
    seated = selectors.members(request.actor, committee.organisation_id, today)
    told = selectors.founding(request.actor, committee_id)
    state = next(
        (one.state for one in selectors.coverage(request.actor, place=committee.place, on=today) if one.committee),
        State.LACKS,
    )
    planned = selectors.plan(request.actor, committee.organisation_id, today.year)
    context = {
        "committee": committee,
        "place": places.full_name(committee.place),
        "region": labels.REGIONS[committee.region],
        "told": told,
        "answers": (
            (_("Nothing like it was here before"), labels.ANSWERS[told.no_earlier]),
            (_("No other international organisation supports one here"), labels.ANSWERS[told.no_other]),
        ),
        "approved": _approved(request, committee_id),
        "tree": shown.tree(seated),
        "members": len(seated),
        "undertaken": sum(one.undertaken for one in seated),
        "state": shown.state(state),
        "plan": [(labels.TARGETS[code], count) for code, count in planned.items()],
        "plan_approved": _approved(request, committee_id, year=today.year),
        "year": today.year,
        "may_approve": selectors.may_approve(request.actor, committee),
    }
    return render(request, "committees/one.html", context)


def found(request: Request) -> HttpResponse:
    form = FoundForm(
        request.POST or None,
        now=request.now,
        projects=_projects(request),
        places=places.choices(request.actor.place, LEVELS, on=day_of(request.now)),
    )
    if form.done(
        lambda said: services.found(
            request.actor, id=said["key"], place=said["place"], told=form.told(), now=request.now
        )
    ):
        return redirect("committees:one", form.cleaned_data["key"])
    return show(request, form, FOUND, back=reverse("committees:list"), label=ALL)


def project(request: Request) -> HttpResponse:
    form = ProjectForm(request.POST or None, now=request.now)
    if form.done(lambda said: services.start_project(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("committees:list")
    return show(request, form, PROJECT, back=reverse("committees:list"), label=ALL)


def _projects(request: Request) -> list[tuple[str, str]]:
    return [(str(one.id), one.name_here) for one in selectors.projects(request.actor)]


def _approved(request: Request, committee_id: UUID, *, year: int = 0) -> list[tuple[object, object]]:
    said = selectors.approvals(request.actor, committee_id, year=year)
    return [(title, said.get(by)) for by, title in labels.APPROVERS.items()]  # type: ignore[call-overload]  # by code


def _filters(request: Request, asked: dict[str, str]) -> list[dict[str, object]]:
    oblasts = places.choices(level=("oblast", "republican_city"))
    inside = places.get(asked["place"])
    raion = [(inside.code, inside.name(get_language()))] if inside and inside.code not in dict(oblasts) else []
    return [
        {
            "name": "place",
            "title": _("Where"),
            "choices": [("", _("The whole country")), *oblasts, *raion],
            "chosen": asked["place"],
        },
        {
            "name": "project",
            "title": _("Project"),
            "choices": [("", _("All")), *_projects(request)],
            "chosen": asked["project"],
        },
        {
            "name": "state",
            "title": _("Which"),
            "choices": [("", _("All")), *labels.STATES.items()],
            "chosen": asked["state"],
        },
    ]
