"""What stands around every staff page: the post acted in, the way to the other parts, how much is late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    icon: str
    label: StrOrPromise
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    name: str  # of the address
    icon: str
    label: StrOrPromise
    needs: Permission
    prefixes: tuple[str, ...]  # addresses that belong to it


OF_A_CASE = ("cases:", "desk:case", "risk:", "followup:", "closure:", "notices:", "proceedings:")
HELP_IN_A_CASE = (
    *(f"referrals:{one}" for one in ("need", "choose", "ref", "step", "track", "conference", "minutes")),
    *(f"support:{one}" for one in ("plan", "goal", "end_goal", "a", "service", "void", "safety", "receipt")),
    *(f"support:{one}" for one in ("document", "contact", "outcome", "word", "without", "second")),
    *(f"legalaid:{one}" for one in ("case", "new", "request", "appoint", "result", "answer")),
    *(f"legalaid:{one}" for one in ("wait", "session", "join")),
    *(f"findings:{one}" for one in ("of_case", "acknowledge_of_case", "withdraw", "show")),
)
FIGURES = ("statistics:", "desk:figures_own", "results:")
PARTS = (
    Part("desk:today", "today", _("Today"), Permission.TODAY, ("desk:today", "duties:finish")),
    Part("cases:list", "cases", _("Cases"), Permission.CASE_READ, (*OF_A_CASE, *HELP_IN_A_CASE)),
    Part("committees:own", "team", _("Committee"), Permission.COMMITTEE_KEEP, ("committees:",)),
    Part("sittings:list", "sitting", _("Sittings"), Permission.SITTING_ATTEND, ("sittings:",)),
    Part("intake:list", "report", _("Reports"), Permission.REPORT_READ, ("intake:",)),
    Part("shelters:board", "place", _("Shelter"), Permission.SHELTER_WORK, ("shelters:",)),
    Part("findings:list", "file", _("Findings"), Permission.FINDING_WRITE, ("findings:",)),
    Part("findings:list", "file", _("Findings"), Permission.SCHOOL_REPORT, ("findings:",)),
    Part("programmes:list", "team", _("Programmes"), Permission.PROGRAMME_WORK, ("programmes:",)),
    Part("orders:list", "order", _("Orders"), Permission.ORDER_READ, ("orders:", "monitoring:")),
    Part("duties:oversee", "clock", _("Overview"), Permission.DUTY_OVERSEE, ("duties:oversee",)),
    Part("committees:list", "team", _("Committees"), Permission.COMMITTEE_FOUND, ("committees:",)),
    Part("statistics:list", "chart", _("Figures"), Permission.STATISTICS_READ, FIGURES),
    Part("desk:figures_own", "chart", _("Figures"), Permission.CASE_READ, ("desk:figures_own",)),
    Part("families:register", "visit", _("Families"), Permission.FAMILY_NOTE, ("families:",)),
    Part(
        "referrals:received",
        "refer",
        _("Referrals"),
        Permission.REFERRAL_ANSWER,
        ("referrals:received", "referrals:answer", "referrals:reply", "referrals:invited", "referrals:decision"),
    ),
    Part("shelters:network", "place", _("Free places"), Permission.SHELTER_SEE_FREE, ("shelters:",)),
    Part("desk:posts", "team", _("Posts"), Permission.POSTS_MANAGE, ("desk:posts", "desk:post_new", "desk:appoint")),
    Part("backups:state", "shield", pgettext_lazy("nav", "Backups"), Permission.BACKUP_READ, ("backups:",)),
    Part("desk:log", "lock", _("Record"), Permission.AUDIT_READ, ("desk:log",)),
    Part("oversight:alarms", "warn", _("Alarms"), Permission.ALARM_READ, ("oversight:alarm", "oversight:bait")),
    Part("oversight:openings", "key", _("Emergencies"), Permission.OPENING_REVIEW, ("oversight:opening",)),
)
MOST = 5  # on a phone there is room for five


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is asked of the database until a page shows it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"demo": settings.DEMO}
    now: datetime = request.now  # type: ignore[attr-defined]  # declared by kalka.ui.http.Request
    request.post_label = SimpleLazyObject(lambda: post_label(actor))  # type: ignore[attr-defined]  # as above
    request.person_name = actor.name  # type: ignore[attr-defined]  # as above
    nav = SimpleLazyObject(lambda: navigation(request, actor, now))
    return {"nav": nav, "actor": actor, "finds": actor.may(Permission.SEARCH), "demo": settings.DEMO}


def navigation(request: HttpRequest, actor: Actor, now: datetime) -> list[Item]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    parts = _parts(actor)
    late = duties.counts(actor, now=now).late
    return [
        Item(
            reverse(part.name),
            part.icon,
            part.label,
            any(here.startswith(prefix) for prefix in part.prefixes),
            late if part.name == "desk:today" else 0,
        )
        for part in parts
    ]


def _parts(actor: Actor) -> list[Part]:
    """Whoever sees the published figures finds their own from there; from a shelter one finds the other regions."""
    parts = [part for part in PARTS if actor.may(part.needs)]
    if actor.may(Permission.STATISTICS_READ):
        parts = [part for part in parts if part.name != "desk:figures_own"]
    if actor.may(Permission.SHELTER_WORK):
        parts = [part for part in parts if part.name != "shelters:network"]
    return parts[:MOST]


def post_label(actor: Actor) -> str:
    post = directory.post(actor.post_id) if actor.post_id else None
    return post.label((get_language() or "ky")[:2]) if post else ""
