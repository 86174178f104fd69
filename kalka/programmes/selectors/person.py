"""The page of one enrolment, for whoever leads and for whoever sent him."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.programmes.attending import Line, came, line
from kalka.programmes.models import Attendance, StepTaken, Threat
from kalka.programmes.packs import Pack, pack
from kalka.programmes.rules import FINAL, How, Step
from kalka.programmes.selectors.rows import get_enrolment


@dataclass(frozen=True, slots=True)
class Happened:
    """A step, a session or a threat; `what` is its code within `sort`."""

    at: datetime
    sort: str
    what: str
    why: str = ""
    organisation: int = 0
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    line: Line
    pack: Pack
    basis: dict[str, object]
    happened: tuple[Happened, ...]
    leads: bool
    left: tuple[int, int]
    phone: str = field(default="", repr=False)

    @property
    def may_step(self) -> bool:
        return self.leads and self.line.last not in FINAL

    @property
    def finished(self) -> bool:
        return self.line.last == Step.COMPLETED

    @property
    def look(self) -> int:
        """How often he was absent without a reason, where the pack says that somebody should look at it; else 0."""
        gone = self.line.came.count(How.UNEXCUSED)
        return gone if self.may_step and self.line.last != Step.EVASION and gone >= self.pack.look_after else 0

    @property
    def may_finish(self) -> bool:
        return self.may_step and not any(self.left)


def page(actor: Actor, enrolment_id: UUID, *, now: datetime) -> Page:
    row = get_enrolment(actor, enrolment_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="programmes.page", now=now)
    attended, found = came(row), pack(row.audience)
    leads = row.runs_at == actor.organisation_id and actor.may(Permission.PROGRAMME_WORK)
    steps = StepTaken.objects.filter(enrolment=row)
    threats = Threat.objects.filter(enrolment=row)
    told = [
        *(
            Happened(one.recorded_at, "step", one.step, one.why, one.organisation_id, told=keys.get(one, "told") or "")
            for one in steps
        ),
        *(Happened(one.at, "threat", one.against, told=keys.get(one, "told") or "") for one in threats),
        *(
            Happened(one.recorded_at, "attendance", one.how, one.why)
            for one in Attendance.objects.filter(enrolment=row)
        ),
    ]
    return Page(
        line=line(row, attended, keys),
        pack=found,
        basis=row.basis,
        happened=tuple(sorted(told, key=lambda one: one.at, reverse=True)),
        leads=leads,
        left=attended.missing(found.to_pass),
        phone=keys.get(row, "phone") or "",
    )
