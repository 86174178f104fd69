"""What still keeps a case open, from every module that causes duties."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.complaints import selectors as complaints
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.refs import show_ref
from kalka.duties import selectors as duties
from kalka.families import selectors as families
from kalka.findings import selectors as findings
from kalka.followup import selectors as followup
from kalka.legalaid import selectors as legalaid
from kalka.monitoring import selectors as monitoring
from kalka.orders import selectors as orders
from kalka.proceedings import selectors as proceedings
from kalka.referrals import selectors as referrals
from kalka.risk import selectors as risk
from kalka.shelters import selectors as shelters
from kalka.sittings import selectors as sittings
from kalka.support import selectors as support

HELP = (referrals, support, legalaid)
PROTECTION = (orders, monitoring, proceedings, followup, complaints)
MODULES = (cases, shelters, findings, risk, *PROTECTION, *HELP, families, sittings, duties)


@dataclass(frozen=True, slots=True)
class ClosingPage:
    case_ref: str
    ref: str
    closed: bool
    blockers: tuple[Blocker, ...]


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    return tuple(blocker for module in MODULES for blocker in module.open_work(actor, subject_id, now=now))


def closing_page(actor: Actor, ref: str, *, now: datetime) -> ClosingPage:
    case = cases.get_case(actor, ref, now=now)
    closed = case.stage == Stage.CLOSED
    blockers = () if closed else open_work(actor, case.subject_id, now=now)
    return ClosingPage(case.ref, show_ref(case.ref), closed, blockers)
