from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as words
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.core.refs import read_ref, show_ref
from kalka.files import serving
from kalka.findings import chart, labels, selectors, services
from kalka.findings.forms import ButtonForm, FindingForm, HandOverForm, SchoolForm, ShowForm, WithdrawForm
from kalka.findings.selectors import FiledLine
from kalka.intake import selectors as intake
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


def listing(request: Request) -> HttpResponse:
    actor = request.actor
    shown = {
        "mine": _named(selectors.mine(actor, now=request.now)),
        "received": _named(selectors.received(actor, now=request.now)),
        "may_clinic": actor.may(Permission.FINDING_WRITE),
        "may_school": actor.may(Permission.SCHOOL_REPORT),
        "now": request.now,
    }
    return render(request, "findings/list.html", shown)


def clinic_new(request: Request) -> HttpResponse:
    form = FindingForm(
        request.POST or None, request.FILES or None, places=intake.places_near(request.actor), now=request.now
    )
    if form.is_valid():
        told, photos = form.new(), form.photos()
        key = form.cleaned_data["key"]
        made = form.attempt(
            lambda: services.write_finding(request.actor, id=key, told=told, photos=photos, now=request.now)
        )
        if made:
            return redirect("findings:clinic", made.subject_id)
    return render(request, "findings/clinic_new.html", {"form": form})


def school_new(request: Request) -> HttpResponse:
    form = SchoolForm(request.POST or None, places=intake.places_near(request.actor))
    if form.is_valid():
        told, key = form.new(), form.cleaned_data["key"]
        made = form.attempt(lambda: services.report_child(request.actor, id=key, told=told, now=request.now))
        if made:
            return redirect("findings:school", made.subject_id)
    lead = _("Child protection has it at once and hands it over to 111. A parent who is named here never reads it.")
    return _task(request, form, _("A report about a child"), _("Send the report"), lead, reverse("findings:list"))


def clinic(request: Request, finding: UUID) -> HttpResponse:
    page = selectors.clinic_page(request.actor, finding, now=request.now)
    shown = {
        "page": page,
        "chart": chart.sides(page.marks),
        "marks": [
            (labels.REGIONS[one.region], labels.INJURIES[one.kind], labels.SIZES[one.size]) for one in page.marks
        ],
        "windows": [(labels.CARE[one.key], one) for one in page.windows],
        "sexual": labels.ANSWERS[page.finding.sexual],
        "form": ButtonForm(),
        "now": request.now,
    }
    return render(request, "findings/clinic.html", shown)


def photo(request: Request, finding: UUID, photo: UUID) -> HttpResponse:
    return serving.download(selectors.photo(request.actor, finding, photo, now=request.now))


def school(request: Request, finding: UUID) -> HttpResponse:
    page = selectors.school_page(request.actor, finding, now=request.now)
    shown = {
        "page": page,
        "signs": [labels.SIGNS[one] for one in page.signs],
        "who": [labels.SEXES[page.report.sex], labels.CHILD_BANDS.get(page.report.age_band, "")],
        "form": ButtonForm(),
        "now": request.now,
    }
    return render(request, "findings/school.html", shown)


def hand_over(request: Request, finding: UUID) -> HttpResponse:
    selectors.get_school(request.actor, finding, now=request.now)
    form = HandOverForm(request.POST or None, now=request.now)
    there = reverse("findings:school", args=[finding])
    if form.done(
        lambda said: services.hand_over(
            request.actor, id=said["key"], file=finding, on=said["on"], number=said["number"], now=request.now
        )
    ):
        return redirect(there)
    lead = _("The school sees that it was handed over, and not the number.")
    return _task(request, form, _("Handed over to 111"), _("Write it down"), lead, there)


def acknowledge(request: Request, finding: UUID) -> HttpResponse:
    return _acknowledged(request, finding, "")


def acknowledge_of_case(request: Request, ref: str, finding: UUID) -> HttpResponse:
    return _acknowledged(request, finding, ref)


def _acknowledged(request: Request, finding: UUID, ref: str) -> HttpResponse:
    form = ButtonForm(request.POST)
    filed = selectors.get_filed(request.actor, finding, now=request.now, case_ref=ref)
    if form.is_valid():
        services.acknowledge(request.actor, id=form.cleaned_data["key"], file=finding, case_ref=ref, now=request.now)
    return redirect(f"findings:{filed.kind}", finding)


def of_case(request: Request, ref: str) -> HttpResponse:
    lines = selectors.of_case(request.actor, ref, now=request.now)
    shown = {
        "lines": _named(lines),
        "ref": read_ref(ref),
        "shown_ref": show_ref(read_ref(ref)),
        "form": ButtonForm(),
        "may_read": request.actor.may(Permission.FINDING_READ),
        "now": request.now,
    }
    return render(request, "findings/of_case.html", shown)


def withdraw(request: Request, ref: str, finding: UUID) -> HttpResponse:
    selectors.get_school(request.actor, finding, now=request.now)
    form = WithdrawForm(request.POST or None, people=_people(request, ref))
    if form.done(
        lambda said: services.withdraw(
            request.actor,
            id=said["key"],
            file=finding,
            case_ref=ref,
            person=UUID(said["person"]),
            reason=said["reason"],
            now=request.now,
        )
    ):
        return redirect("findings:school", finding)
    lead = _("Somebody who is said to have done it cannot take it back. The report stays as it was written.")
    return _task(
        request, form, _("Take a report back"), _("Take it back"), lead, reverse("findings:of_case", args=[ref])
    )


def show(request: Request, ref: str, finding: UUID) -> HttpResponse:
    selectors.get_school(request.actor, finding, now=request.now)
    form = ShowForm(request.POST or None, people=_people(request, ref))
    if form.done(
        lambda said: services.show(
            request.actor, id=said["key"], file=finding, case_ref=ref, person=UUID(said["person"]), now=request.now
        )
    ):
        return redirect("findings:school", finding)
    lead = _("Never to a parent who is said to have done it, guardian or not.")
    return _task(
        request,
        form,
        _("Show it to somebody"),
        _("Write that it was shown"),
        lead,
        reverse("findings:of_case", args=[ref]),
    )


def _people(request: Request, ref: str) -> list[tuple[str, str]]:
    """Persons of the child's own side, by a number: names are on the page of the case alone."""
    found = selectors.speakers(request.actor, ref, now=request.now)
    return [(str(one), words("Person %(number)s of the case") % {"number": at}) for at, one in enumerate(found, 1)]


def _named(lines: Sequence[FiledLine]) -> list[tuple[FiledLine, StrOrPromise]]:
    return [(one, labels.KINDS[one.kind]) for one in lines]


def _task(
    request: Request, form: Form, title: StrOrPromise, button: StrOrPromise, lead: StrOrPromise, back: str
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "lead": lead, "back": back}
    return render(request, "findings/task.html", shown, status=form.status)
