from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors, services
from kalka.cases.forms import ConsentForm, KeyForm, MemberForm
from kalka.cases.views.task import Task, show
from kalka.core.refs import read_ref
from kalka.ui.http import Request

GIVE = Task(
    _("Consent"),
    _("Write the consent down"),
    _("Help does not depend on it. The organisation sees what was agreed, until the day that was agreed."),
)
WITHDRAW = Task(
    _("Take a consent back"),
    _("Take it back"),
    _("The organisation sees nothing of the case from the next moment on. What was done stays written down."),
)
JOIN = Task(
    _("Add to the team"),
    _("Add to the team"),
    _("Only those who need to know. Their names stand in the case for everybody of the team to see."),
)
LEAVE = Task(
    _("Remove from the team"),
    _("Remove from the team"),
    _("The post sees nothing of the case from the next moment on, unless a consent or a duty shows it."),
)


def consent(request: Request, ref: str) -> HttpResponse:
    form = ConsentForm(
        request.POST or None,
        now=request.now,
        people=selectors.speaker_choices(request.actor, ref, now=request.now),
        organisations=selectors.organisation_choices(request.actor),
    )
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.give_consent(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told(), now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, GIVE)


def withdraw_consent(request: Request, ref: str, consent: UUID) -> HttpResponse:
    selectors.get_consent(request.actor, ref, consent, now=request.now)
    form = KeyForm(request.POST or None)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.withdraw_consent(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, consent_id=consent, now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, WITHDRAW)


def team(request: Request, ref: str) -> HttpResponse:
    posts = selectors.post_choices(request.actor, ref, now=request.now)
    form = MemberForm(request.POST or None, now=request.now, posts=posts)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.add_member(
                request.actor,
                id=form.cleaned_data["key"],
                case_ref=ref,
                post_id=int(form.cleaned_data["post_id"]),
                scope=form.cleaned_data["scope"],
                until=form.cleaned_data["until"],
                now=request.now,
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, JOIN)


def leave_team(request: Request, ref: str, member: UUID) -> HttpResponse:
    selectors.get_member(request.actor, ref, member, now=request.now)
    form = KeyForm(request.POST or None)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.remove_member(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, member_id=member, now=request.now
            )
        )
        is not None
    ):
        own = not selectors.knows(request.actor, ref, now=request.now)
        return redirect("cases:list") if own else redirect("desk:case", read_ref(ref))
    return show(request, ref, form, LEAVE)
