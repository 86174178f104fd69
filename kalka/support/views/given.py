from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.files import serving
from kalka.support import selectors, services, shown
from kalka.support.forms import AidForm, DocumentForm, ReceiptForm, ServiceForm
from kalka.support.rules import MINUTES, services_of
from kalka.support.views.task import Task, back, show
from kalka.ui.forms import Form
from kalka.ui.http import Request

SERVICE = Task(
    _("Help that was given"),
    "",
    _("Tap what it was, then how many minutes. What you spoke of is not written here."),
    template="support/service.html",
)
VOID = Task(_("Noted by mistake"), _("It was a mistake"), _("The line stays in the record and counts for nothing."))
AID = Task(_("Material help"), _("Write it down"))
RECEIPT = Task(_("A paper for what was given"), _("Attach"), _("It is sealed as it came."))
DOCUMENT = Task(_("A lost document"), _("Write it down"), _("Only which one, and where it stands: never its number."))


def service(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = ServiceForm(request.POST or None, now=request.now)
    kinds = services_of(request.actor.permissions)
    if form.done(
        lambda said: services.give_service(
            request.actor, id=said["key"], case_ref=ref, told=form.told(), now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, SERVICE, groups=shown.service_groups(kinds, form["kind"].value()), minutes=MINUTES)


def void(request: Request, ref: str, service: UUID) -> HttpResponse:
    selectors.get_service(request.actor, ref, service, now=request.now)
    form = Form(request.POST or None)
    if form.done(
        lambda said: services.void_service(
            request.actor, id=said["key"], case_ref=ref, service_id=service, now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, VOID)


def aid(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = AidForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.give_aid(request.actor, id=said["key"], case_ref=ref, told=form.told(), now=request.now)
    ):
        return back(ref)
    return show(request, ref, form, AID)


def receipt(request: Request, ref: str, aid: UUID) -> HttpResponse:
    selectors.get_aid(request.actor, ref, aid, now=request.now)
    form = ReceiptForm(request.POST or None, request.FILES or None)
    if form.done(
        lambda said: services.attach_receipt(
            request.actor,
            id=said["key"],
            case_ref=ref,
            aid_id=aid,
            name=said["file"].name,
            content=said["file"].content,
            now=request.now,
        )
    ):
        return back(ref)
    return show(request, ref, form, RECEIPT)


def receipt_file(request: Request, ref: str, aid: UUID, file: UUID) -> HttpResponse:
    return serving.download(selectors.receipt(request.actor, ref, aid, file, now=request.now))


def document(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = DocumentForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.note_document(
            request.actor,
            id=said["key"],
            case_ref=ref,
            kind=said["kind"],
            state=said["state"],
            on=said["on"],
            now=request.now,
        )
    ):
        return back(ref)
    return show(request, ref, form, DOCUMENT)
