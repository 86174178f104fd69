"""What is needed, what she says to it, who is asked; and the board of who waits."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.guide import selectors as guide
from kalka.referrals import labels, selectors, services, shown
from kalka.referrals.forms import ChoiceForm, NeedsForm, ReferForm
from kalka.referrals.models import Need
from kalka.referrals.views.task import Task, key_of, show
from kalka.ui.http import Request

ASK = Task(
    _("What is needed"),
    _("Save what is needed"),
    _("Asked once, for everybody who will help. The person decides what they want."),
)
CHOICE = Task(_("The person's own choice"), _("Write it down"), _("It counts from now on. What was said before stays."))
REFER = Task(_("Ask for help"), _("Send the referral"))


def board(request: Request) -> HttpResponse:
    found = selectors.board(request.actor, now=request.now)
    return render(request, "referrals/board.html", shown.board(found, request.now))


def needs(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    said = [*request.POST.getlist("needs"), *request.POST.getlist("refused"), *request.POST.getlist("urgent")]
    offered = selectors.need_choices(request.actor, ref, now=request.now, sent=key_of(request), said=said)
    form = NeedsForm(request.POST or None, offered=offered)
    if form.done(
        lambda said: services.note_needs(
            request.actor, id=said["key"], case_ref=case.ref, told=form.intake(), now=request.now
        )
    ):
        return redirect("desk:case", case.ref)
    return show(request, form, ASK, back=reverse("desk:case", args=[case.ref]))


def need(request: Request, ref: str, need: UUID) -> HttpResponse:
    page = selectors.need_page(request.actor, ref, need, now=request.now)
    return render(request, "referrals/need.html", shown.need(page, request.now))


def choose(request: Request, ref: str, need: UUID) -> HttpResponse:
    line = selectors.get_need(request.actor, ref, need, now=request.now)
    back = reverse("referrals:need", args=[line.case_ref, line.pk])
    form = ChoiceForm(request.POST or None, initial={"seen": str(selectors.choices_made(request.actor, line))})
    if form.done(
        lambda said: services.choose(
            request.actor,
            id=said["key"],
            case_ref=ref,
            need_id=need,
            told=form.choice(),
            seen=said["seen"],
            now=request.now,
        )
    ):
        return redirect(back)
    return show(request, form, CHOICE, back=back, where=labels.need(line.code))


def refer(request: Request, ref: str, need: UUID, service: UUID) -> HttpResponse:
    line = selectors.get_need(request.actor, ref, need, now=request.now)
    offer = guide.offer(service, today=day_of(request.now))
    if offer is None:
        raise AccessDenied("referrals.unknown")
    sent = key_of(request)
    form = ReferForm(
        request.POST or None,
        now=request.now,
        people=cases.speaker_choices(request.actor, ref, now=request.now),
        instead=selectors.instead_choices(request.actor, ref, need, now=request.now, sent=sent),
        agreed=_agreed(request, line, offer, sent),
        outside=offer.organisation_id is None,
    )
    if form.done(
        lambda said: services.refer(
            request.actor, id=said["key"], case_ref=ref, need_id=need, told=form.referral(service), now=request.now
        )
    ):
        return redirect("referrals:need", line.case_ref, line.pk)
    back = reverse("referrals:need", args=[line.case_ref, line.pk])
    return show(request, form, REFER, back=back, where=f"{offer.provider_here} · {offer.name_here}")


def _agreed(request: Request, need: Need, offer: guide.Offer, sent: UUID | None) -> bool:
    """Whether a consent runs; of what is sent again, whether one ran before it."""
    if offer.organisation_id is None:
        return False
    if sent is not None and selectors.is_there(request.actor, sent):
        return "given_by" not in request.POST
    return selectors.has_consent(
        request.actor, need.case_ref, organisation_id=offer.organisation_id, need=need.code, now=request.now
    )
