import re
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalka.accounts import drafts
from kalka.backups import selectors as backups
from kalka.backups.labels import ALARMS, Words
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.desk.noticing import told
from kalka.directory.info import spoken
from kalka.directory.roles import ROLES
from kalka.duties import selectors as duties
from kalka.jobs import selectors as jobs
from kalka.notices import selectors as notices
from kalka.ui.http import Request
from kalka.ui.words import say

PAGE = re.compile("[1-9][0-9]{0,2}")
UNEXPECTED = "jobs.unexpected"
AWAY = timedelta(minutes=15)  # something of the table is due every few seconds
# What is not on the bar below, for whoever has to do with it.
WAYS = (
    ("referrals:board", _("Who waits for what"), Permission.BOARD_READ),
    ("referrals:received", _("What we were asked for"), Permission.REFERRAL_ANSWER),
    ("findings:list", _("Findings"), Permission.FINDING_READ),
    ("legalaid:counselling", _("Waiting list and groups"), Permission.COUNSEL_WORK),
    ("legalaid:days", _("Consultation days"), Permission.LEGAL_READ),
    ("programmes:never", _("Never sent to a programme"), Permission.PROGRAMME_READ),
    ("followup:route", _("Visits of today"), Permission.VISIT_LOG),
    ("followup:entries", _("Visits on record"), Permission.VISIT_CHECK),
    ("proceedings:list", _("Proceedings"), Permission.PROCEEDING_READ),
    ("risk:monitoring", _("How risk is assessed"), Permission.RISK_MONITOR),
    ("families:register", _("Families at risk"), Permission.FAMILY_COUNT),
    ("prevention:list", _("Meetings, classes, campaigns"), Permission.EVENT_READ),
    ("library:list", _("Handbooks, forms, stories of practice"), Permission.LIBRARY_READ),
    ("training:list", _("Training"), Permission.TRAINING_READ),
    ("guide:list", _("Who helps"), Permission.GUIDE_EDIT),
    ("support:opinions", _("What people think of our help"), Permission.SUPPORT_READ),
)


def today(request: Request) -> HttpResponse:
    """The first page after sign-in: what this post must do, late first, each with the article that asks for it."""
    may_report = request.actor.may(Permission.REPORT_RECEIVE)
    page = request.GET.get("page", "")
    due = duties.today(request.actor, now=request.now, page=int(page) if PAGE.fullmatch(page) else 1)
    shown = {
        "today": due,
        "notices": told(
            notices.for_post(request.actor, now=request.now), due, opens=request.actor.may(Permission.CASE_READ)
        ),
        "may_report": may_report,
        "ways": [(reverse(name), words) for name, words, needs in WAYS if request.actor.may(needs)],
        "meanwhile": finds(request.actor.role),
        "previous": f"?page={due.page - 1}" if due.page > 1 else "",
        "following": f"?page={due.page + 1}" if due.more else "",
        "unsent": drafts.latest_draft(request.actor, kind="intake.report", now=request.now) if may_report else None,
        "unsafe": _unsafe(request),
        "failing": _failing(request),
        "now": request.now,
    }
    return render(request, "desk/today.html", shown)


def finds(role: str) -> str:
    """What a post of this role will find on this page, and what it can do meanwhile. Nothing without a post."""
    return ROLES[role].today[spoken(None)] if role in ROLES else ""


def _unsafe(request: Request) -> list[Words]:
    """What is wrong with the backups, for whoever answers for them."""
    if not request.actor.may(Permission.BACKUP_READ):
        return []
    return [ALARMS[alarm] for alarm in backups.alarms(request.actor, now=request.now)]


def _failing(request: Request) -> list[str]:
    """What the installation does by itself and last failed at, for whoever keeps it running: each told once."""
    if not request.actor.may(Permission.JOBS_READ):
        return []
    runs = jobs.periodic_runs(request.actor)
    last = max((run.started_at for run in runs), default=request.now)
    if last < request.now - AWAY:
        return [say(DomainError("jobs.worker_is_away", since=last))]
    failed = [run for run in runs if run.error]
    told = [say(DomainError(run.error)) for run in failed if run.error != UNEXPECTED]
    broken = ", ".join(run.name for run in failed if run.error == UNEXPECTED)
    if broken:
        told.append(gettext("It broke off: {names}. The log of the server names the place.").format(names=broken))
    return list(dict.fromkeys(told))
