"""A duty as a page shows it. Codes and times only; no personal data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.refs import show_ref
from kalka.directory.info import PostInfo
from kalka.duties.kinds import KINDS
from kalka.duties.models import Duty
from kalka.duties.rules import INTERNAL, PRACTICE, lateness, read_about
from kalka.lawbook.book import Provision
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Basis:
    """Why it must be done: a provision of law as it stood that day, a practice an institution took over by an act of
    its own, or a stated internal rule (neither)."""

    provision: Provision | None
    practice: str = ""  # the act that was cited

    @property
    def internal(self) -> bool:
        return self.provision is None

    @property
    def cite(self) -> str:
        """In the language of the page."""
        if self.practice:
            return _("Practice, not law: {act}").format(act=self.practice)
        if self.provision is None:
            return _("Internal rule, not law")
        return self.provision.cite((get_language() or "ky")[:2])


@dataclass(frozen=True, slots=True)
class DutyLine:
    id: UUID
    subject_id: UUID
    kind: str
    title: StrOrPromise
    action: StrOrPromise
    url: str  # where it is done
    case_ref: str  # empty while there is no case
    due_at: datetime | None  # None: the law sets no term
    late: timedelta
    level: str  # "3/4", empty: not assessed
    basis: Basis
    escalated: bool
    assignee_id: int
    since: datetime  # when this post received it
    part: str = ""  # one thing in the case

    @property
    def ref(self) -> str:
        """The reference as people read it."""
        return show_ref(self.case_ref) if self.case_ref else ""


@dataclass(frozen=True, slots=True)
class DutyPage:
    line: DutyLine
    standing: bool
    may_finish: bool
    may_waive: bool
    others: tuple[PostInfo, ...]  # who may take it over


@dataclass(frozen=True, slots=True)
class Today:
    """What a post has to do. `whole` counts also what a very long list leaves off its end."""

    first: tuple[DutyLine, ...] = ()  # somebody may be in danger at this moment
    late: tuple[DutyLine, ...] = ()
    today: tuple[DutyLine, ...] = ()
    unset: tuple[DutyLine, ...] = ()  # the law sets no term
    week: tuple[DutyLine, ...] = ()  # the six days after today
    later: tuple[DutyLine, ...] = ()
    whole: int = 0
    page: int = 1
    before: int = 0  # how many stand on the pages before

    @property
    def lines(self) -> tuple[DutyLine, ...]:
        """All that is shown, from the top."""
        return (*self.first, *self.late, *self.today, *self.unset, *self.week, *self.later)

    @property
    def more(self) -> int:
        return self.whole - self.before - len(self.lines)


@dataclass(frozen=True, slots=True)
class Counts:
    late: int
    today: int
    whole: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many duties of one organisation are late; whose and about whom is not told."""

    organisation: str
    late: int
    escalated: int
    oldest: datetime


def levels_of(lines: Iterable[DutyLine]) -> dict[UUID, str]:
    """The level of each file as the newest of its duties that was given one says it."""
    said = sorted((one for one in lines if one.level), key=lambda one: one.since)
    return {one.subject_id: one.level for one in said}


def basis_of(stored: dict[str, object]) -> Basis:
    if stored.get("rule") == PRACTICE:
        return Basis(None, str(stored["cite"]))
    return Basis(None if stored.get("rule") == INTERNAL else Provision.from_json(stored))


def line(duty: Duty, now: datetime) -> DutyLine:
    kind, about = KINDS[duty.kind], read_about(duty.about)
    return DutyLine(
        id=duty.pk,
        subject_id=duty.subject_id,
        kind=kind.code,
        title=kind.title,
        action=kind.action,
        url=kind.url(about, duty.pk),
        case_ref=about.ref,
        due_at=duty.due_at,
        late=lateness(duty.due_at, now),
        level=duty.level,
        basis=basis_of(duty.basis),
        escalated=duty.escalations > 0,
        assignee_id=duty.assignee_id,
        since=duty.recorded_at,
        part=about.part,
    )
