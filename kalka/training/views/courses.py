import re
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.lawbook import codes as law
from kalka.places import selectors as places
from kalka.training import labels, selectors, services, shown
from kalka.training.forms import BackForm, CourseForm, EntryForm, MeasureForm, ProgrammeForm, ResultsForm
from kalka.training.rules import Series
from kalka.training.views.task import Task, show
from kalka.ui import between
from kalka.ui.http import Request

PROGRAMME = Task(_("A new programme"), _("Save the programme"), _("One programme, at many dates and places."))
COURSE = Task(_("A course"), _("Save the course"), _("The programme at a date and a place."))
ENTRY = Task(_("Who took part"), _("Save and go on"))
RESULTS = Task(
    _("Tests before and after"),
    _("Save the results"),
    _("Results alone. Nobody's name, and no question about anybody."),
)
MEASURE = Task(
    _("A line of the plan"), _("Save the line"), _("What was agreed on for the region. No names of families.")
)
KEPT = ("kind", "sex", "sector", "position", "band")  # for the next ones of a course, as the last ones were


def listing(request: Request) -> HttpResponse:
    asked = request.GET
    region = asked.get("region", "") if asked.get("region", "") in labels.REGIONS else ""
    office = int(asked["organisation"]) if re.fullmatch("[0-9]{1,11}", asked.get("organisation", "")) else None
    programme, days = _uuid(asked.get("programme", "")), between.asked(asked.dict())
    found = selectors.courses(
        request.actor,
        now=request.now,
        region=region,
        programme=programme,
        projects=asked.getlist("project"),
        between=days,
        office=office,
    )
    context = {
        "rows": [shown.row(one) for one in found],
        "regions": labels.REGIONS.items(),
        "programmes": [(one.id, one.name(shown.lang())) for one in selectors.programmes(request.actor)],
        "region": region,
        "programme": programme,
        "between": days,
        "totals": shown.totals(selectors.totals(request.actor, now=request.now, between=days)),
        "may_keep": request.actor.may(Permission.TRAINING_KEEP),
    }
    return render(request, "training/list.html", context)


def programme(request: Request) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if form.done(
        lambda said: services.start_programme(request.actor, id=said["key"], told=form.told(), now=request.now)
    ):
        return redirect(f"{reverse('training:new')}?programme={form.cleaned_data['key']}")
    return show(request, form, PROGRAMME, back=reverse("training:list"))


def new(request: Request) -> HttpResponse:
    known = selectors.programmes(request.actor)
    choices = {"programme": [(str(one.id), one.name(shown.lang())) for one in known], "place": places.choices()}
    about = [str(one.id) for one in known if one.series == Series.DISABILITY]
    first = {"programme": request.GET.get("programme", "")}
    form = CourseForm(request.POST or None, choices=choices, about=about, initial=first, now=request.now)
    if form.done(
        lambda said: services.hold_course(
            request.actor, id=said["key"], programme_id=UUID(said["programme"]), told=form.told(), now=request.now
        )
    ):
        return redirect("training:course", form.cleaned_data["key"])
    return show(request, form, COURSE, back=reverse("training:list"), none=not known)


def course(request: Request, course: UUID) -> HttpResponse:
    page = selectors.course_page(request.actor, course, now=request.now)
    context = {
        "page": page,
        "name": page.line.programme.name(shown.lang()),
        "series": labels.SERIES[page.line.programme.series],
        "about": shown.about(page),
        "entries": [(one, *shown.entry(one)) for one in page.entries],
        "number": shown.row(page.line).number,
        "means": shown.means(page),
        "measures": [(one, shown.responsible(one.responsible, page)) for one in page.measures or ()],
    }
    return render(request, "training/course.html", context)


def enrol(request: Request, course: UUID) -> HttpResponse:
    """After each save the same screen again, with what the last ones had in common."""
    page = selectors.kept_page(request.actor, course, now=request.now)
    form = EntryForm(request.POST or None, initial={name: request.GET[name] for name in KEPT if name in request.GET})
    if form.done(
        lambda said: services.enrol(request.actor, id=said["key"], course_id=course, told=form.told(), now=request.now)
    ):
        said = form.cleaned_data
        kept = "&".join(f"{name}={said[name]}" for name in KEPT if name != "sex")
        return redirect(f"{reverse('training:enrol', args=[course])}?{kept}")
    entries = [(one, *shown.entry(one)) for one in page.entries]
    more = {"entries": entries, "number": shown.row(page.line).number, "name": page.line.programme.name(shown.lang())}
    return show(request, form, ENTRY, back=_page(course), template="training/enrol.html", **more)


def results(request: Request, course: UUID) -> HttpResponse:
    page = selectors.kept_page(request.actor, course, now=request.now)
    first = {"before": " ".join(map(str, page.before)), "after": " ".join(map(str, page.after))}
    form = ResultsForm(request.POST or None, initial=first)
    if form.done(
        lambda said: services.note_results(
            request.actor, id=said["key"], course_id=course, told=form.told(), now=request.now
        )
    ):
        return redirect("training:course", course)
    return show(request, form, RESULTS, back=_page(course))


def measure(request: Request, course: UUID) -> HttpResponse:
    page = selectors.kept_page(request.actor, course, now=request.now)
    subjects = [(one.code, one.title[shown.lang()]) for one in law.subjects_on(page.line.on)]
    form = MeasureForm(request.POST or None, choices={"responsible": subjects}, now=request.now)
    if form.done(
        lambda said: services.plan_measure(
            request.actor, id=said["key"], course_id=course, told=form.told(), now=request.now
        )
    ):
        return redirect("training:course", course)
    return show(request, form, MEASURE, back=_page(course))


def take_back(request: Request, thing: UUID) -> HttpResponse:
    found = selectors.own_thing(request.actor, thing, now=request.now)
    form = BackForm(request.POST or None, what=found.what)
    back = _page(found.course) if found.course else reverse("training:focal")
    if form.done(
        lambda said: services.take_back(request.actor, id=said["key"], of_id=thing, why=said["why"], now=request.now)
    ):
        return redirect(back)
    task = Task(labels.WHAT[found.what], _("It does not count"), _("It stays written down, and counts no more."))
    return show(request, form, task, back=back)


def _page(course: UUID) -> str:
    return reverse("training:course", args=[course])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
