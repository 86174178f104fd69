from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied
from kalka.papers.packs import LANGUAGES
from kalka.training import documents, selectors, services, shown
from kalka.training.forms import DestroyForm, KeyForm
from kalka.training.views.task import Task, show
from kalka.ui.http import Request

CERTIFICATES = Task(_("Certificates"), _("Make the certificates that are missing"))


def certificates(request: Request, course: UUID) -> HttpResponse:
    """Everybody on the roll, with the paper in both languages of the state; and the end of the roll."""
    page = selectors.kept_page(request.actor, course, now=request.now)
    ending = "end" in request.POST
    end = DestroyForm(request.POST if ending else None)
    if end.done(lambda said: services.destroy_roll(request.actor, id=said["key"], course_id=course, now=request.now)):
        return redirect("training:course", course)
    form = KeyForm(None if ending else request.POST or None)
    made = form.done(
        lambda said: services.certify(request.actor, id=said["key"], course_id=course, now=request.now) is not None
    )
    if made:
        return redirect("training:certificates", course)
    context = {
        "page": page,
        "name": page.line.programme.name(shown.lang()),
        "end": end if page.roll else None,
        "missing": sum(1 for one in page.roll if one.certificate is None),
    }
    back = reverse("training:course", args=[course])
    return show(request, form, CERTIFICATES, back=back, template="training/certificates.html", **context)


def paper(request: Request, course: UUID, certificate: UUID, lang: str) -> HttpResponse:
    """The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("training.unknown")
    address = request.build_absolute_uri(reverse("training:check_in", args=[lang]))
    pdf = documents.certificate(request.actor, course, certificate, lang=lang, address=address, now=request.now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{lang}.pdf"'
    return response
