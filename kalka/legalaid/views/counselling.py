from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.legalaid import labels, selectors, services
from kalka.legalaid.forms import GroupForm, JoinForm, LeaveForm, MeetingForm, SessionForm, WaitForm
from kalka.legalaid.views.task import Task, first, show, to_case
from kalka.ui.http import Request

WAIT = Task(_("On the list of a psychologist"), _("Put her on the list"))
LEAVE = Task(_("Off the list"), _("Write it down"))
SESSION = Task(_("A session"), _("Write it down"), _("That it was, and how long. What was said is not written here."))
JOIN = Task(_("Into a group"), _("Put her into the group"))
GROUP = Task(_("A new group"), _("Begin the group"))
NO_PSYCHOLOGIST, TEAM = _("No psychologist works on this case yet"), _("Add one to the team")
NO_GROUP = _("There is no group yet")
MEETING = Task(_("The group met"), _("Write it down"), _("By the code of the case: no names in the room's list."))


def wait(request: Request, ref: str) -> HttpResponse:
    choices = selectors.psychologist_choices(request.actor, ref, now=request.now)
    form = WaitForm(request.POST or None, choices=choices)
    if form.done(
        lambda said: services.put_on_list(
            request.actor,
            id=said["key"],
            case_ref=ref,
            psychologist=int(said["psychologist"]),
            urgency=said["urgency"],
            now=request.now,
        )
    ):
        return to_case(ref)
    return show(
        request, form, WAIT, ref=ref, first=None if choices else first(NO_PSYCHOLOGIST, TEAM, "cases:team", ref)
    )


def leave(request: Request, ref: str, waiting: UUID) -> HttpResponse:
    selectors.get_waiting(request.actor, ref, waiting, now=request.now)
    form = LeaveForm(request.POST or None)
    if form.done(
        lambda said: services.leave_list(
            request.actor, id=said["key"], case_ref=ref, waiting_id=waiting, how=said["how"], now=request.now
        )
    ):
        return redirect("legalaid:counselling")
    return show(request, form, LEAVE, ref=ref)


def session(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = SessionForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.hold_session(
            request.actor, id=said["key"], case_ref=ref, told=form.told(), now=request.now
        )
    ):
        return to_case(ref)
    return show(request, form, SESSION, ref=ref)


def join(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    choices = selectors.group_choices(request.actor, now=request.now)
    form = JoinForm(request.POST or None, choices=choices)
    if form.done(
        lambda said: services.add_member(
            request.actor, id=said["key"], case_ref=ref, group_id=UUID(said["group"]), now=request.now
        )
    ):
        return to_case(ref)
    return show(
        request, form, JOIN, ref=ref, first=None if choices else first(NO_GROUP, GROUP.title, "legalaid:group_new")
    )


def counselling(request: Request) -> HttpResponse:
    """Who waits for this office, and its groups."""
    context = {
        "waiting": [
            (one, labels.URGENCIES[one.urgency]) for one in selectors.waiting_list(request.actor, now=request.now)
        ],
        "groups": [(one, labels.CIRCLES[one.circle]) for one in selectors.groups(request.actor, now=request.now)],
    }
    return render(request, "legalaid/counselling.html", context)


def group_new(request: Request) -> HttpResponse:
    form = GroupForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.begin_group(
            request.actor,
            id=said["key"],
            circle=said["circle"],
            seats=said["seats"],
            since=said["since"],
            now=request.now,
        )
    ):
        return redirect("legalaid:counselling")
    return show(request, form, GROUP, back="legalaid:counselling")


def group(request: Request, group: UUID) -> HttpResponse:
    found, members = selectors.get_group(request.actor, group, now=request.now)
    listed = [(str(one.id), one.ref) for one in members]
    form = MeetingForm(request.POST or None, members=listed, now=request.now)
    if form.done(
        lambda said: services.hold_meeting(
            request.actor,
            id=said["key"],
            group_id=found.pk,
            on=said["on"],
            minutes=said["minutes"],
            present=[UUID(one) for one in said["present"]],
            now=request.now,
        )
    ):
        return redirect("legalaid:counselling")
    return show(request, form, MEETING, back="legalaid:counselling", members=members)
