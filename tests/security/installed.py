"""The journey walked once for a whole class of tests: everything there is stands in the database."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.policy import POLICY, Rule
from kalka.cases.models import Case, Consent, Member, Participant
from kalka.core.permissions import Permission
from kalka.directory.roles import ROLES
from kalka.duties.kinds import BY_HAND
from kalka.duties.models import Duty
from kalka.files.models import Attachment
from kalka.followup.models import Visit
from kalka.intake.models import Report
from kalka.orders.models import ProtectionOrder
from kalka.risk.models import Assessment, Judgement
from kalka.statistics.models import Export, ExportDecision
from kalka.vault import keys
from tests.security import flow
from tests.security.flow import Walk
from tests.standing import standing

# Who is asked to open a page, in this order: the first who may.
READERS = ("sotsial", "inspektor", "ofitser", "koordinator", "psiholog", "katchy", "admin", "auditor", "ministrlik")
READERS += ("analitik", "aimak")


class Installed(TestCase):
    """`self.walk` is somebody at a browser; `self.path(name)` an address with everything in it."""

    walk: Walk
    parts: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        keys.forget()

    @classmethod
    def setUpTestData(cls) -> None:
        keys.forget()
        keys.ensure_keks()
        Shared.walk, Shared.parts = standing("walk", walked)

    def setUp(self) -> None:
        keys.forget()
        self.walk, self.parts = Shared.walk, Shared.parts
        self.walk.clients.clear()

    def path(self, name: str) -> str:
        wanted = dict(ADDRESSES)[name]
        return reverse(name, kwargs={part: self.parts.get(part, NOBODYS[part]) for part in wanted})


# What the walk leaves none of: the page answers like one that does not exist, whatever it is sent.
NOBODYS: dict[str, Any] = defaultdict(lambda: UUID(int=0), user=999_999, number=1, holding_id=999_999)


class Shared:
    """Not on the class itself: Django would copy it for every test."""

    walk: Walk
    parts: dict[str, Any]


def walked() -> tuple[Walk, dict[str, Any]]:
    walk = flow.begin()
    report = flow.reports(walk)
    ref = flow.people(walk, report)
    flow.happened(walk, ref)
    flow.protection(walk, ref)
    flow.lines(walk)
    walk.clients.clear()
    return walk, parts(ref)


def parts(ref: str) -> dict[str, Any]:
    case = Case.objects.get(ref=ref)
    of_case = {"subject_id": case.subject_id}
    by_hand = Duty.objects.filter(**of_case, ended_at=None, kind__in=BY_HAND)
    untouched = Report.objects.exclude(id=case.report_id).order_by("-recorded_at").first()
    return {
        "ref": ref,
        "report": untouched.pk if untouched else case.report_id,
        "person": Participant.objects.filter(**of_case).order_by("recorded_at").first().person_id,
        "consent": Consent.objects.get(**of_case).pk,
        "member": Member.objects.filter(**of_case).last().pk,
        "file": Attachment.objects.get(**of_case).pk,
        "order": ProtectionOrder.objects.get(**of_case).pk,
        "visit_id": Visit.objects.get(**of_case).pk,
        "duty_id": by_hand.order_by("kind", "recorded_at").first().pk,
        "assessment": Assessment.objects.filter(**of_case).order_by("recorded_at").first().pk,
        "judgement": Judgement.objects.filter(**of_case).order_by("recorded_at").first().pk,
        "export": Export.objects.exclude(pk__in=ExportDecision.objects.values("export")).get().pk,
        "indicator": "reports",
        "post_id": 1,
        "kind": "case",
        "lang": "ky",
        "ending": "xlsx",
        "language": "ky",
    }


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found.append((f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)))
        else:
            found += addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
    return found


ADDRESSES = addresses()
POSTED = [name for name, _ in ADDRESSES if "POST" in POLICY[name].methods and not name.startswith("api:")]


def readers(rule: Rule, method: str, walk: Walk) -> list[str]:
    """Those of the journey whose role may ask this, the likeliest first."""
    needed: Permission | None = rule.methods[method]
    every = (READERS, sorted(walk.members.keys() - set(READERS)))  # others only where none of the first may
    may = ([one for one in some if _may(walk, one, needed)] for some in every)
    return next(filter(None, may), [])


def _may(walk: Walk, login: str, needed: Permission | None) -> bool:
    return needed is None or needed in ROLES[walk.members[login].actor.role].permissions
