"""The case page: every module's part of it, asked once, laid side by side."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from config.policy import POLICY
from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import labels
from kalka.cases import selectors as cases
from kalka.cases.listed import relation
from kalka.cases.selectors import CasePage, PartLine, TeamLine
from kalka.complaints import selectors as complaints
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref, show_ref
from kalka.core.timeline import TimelineItem
from kalka.desk import telling
from kalka.desk.telling import Entry
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.duties import selectors as duties
from kalka.duties.kinds import KINDS
from kalka.duties.lines import DutyLine
from kalka.findings import selectors as findings
from kalka.findings.selectors import FiledLine
from kalka.followup import selectors as followup
from kalka.intake import selectors as intake
from kalka.legalaid import selectors as legalaid
from kalka.monitoring import selectors as monitoring
from kalka.monitoring.lines import MeasureLine
from kalka.orders import selectors as orders
from kalka.orders.selectors import Panel
from kalka.people import pairs
from kalka.places import selectors as places
from kalka.proceedings import selectors as proceedings
from kalka.proceedings.selectors import CustodyLine
from kalka.programmes import selectors as programmes
from kalka.referrals import selectors as referrals
from kalka.referrals import shown as help_shown
from kalka.referrals.selectors import HelpRows
from kalka.referrals.shown import HelpPanel
from kalka.risk import selectors as risk
from kalka.risk.selectors import RiskPanel
from kalka.shelters import selectors as shelters
from kalka.shelters.selectors import Card
from kalka.support import selectors as support
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the case without a name: the part played, relation, sex and age in words."""

    part: StrOrPromise
    codes: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    ref: str
    shown_ref: str
    stage: StrOrPromise
    place: str
    page: CasePage
    team: tuple[TeamLine, ...]
    people: tuple[PersonLine, ...]
    risk: RiskPanel
    orders: Panel
    watched: tuple[MeasureLine, ...]
    help: HelpPanel
    next: tuple[DutyLine, ...]
    past: list[Entry]
    posts: dict[int, PostInfo]
    held: tuple[CustodyLine, ...]
    sheltered: Card
    findings: tuple[FiledLine, ...]
    glass_until: datetime | None  # seen in an emergency alone: to read, until then
    actor: Actor = field(repr=False)

    @property
    def may_work(self) -> bool:
        return self._writes(Permission.CASE_WORK)

    @property
    def may_call_risk(self) -> bool:
        return self._writes(Permission.RISK_CALL)

    @property
    def may_assess(self) -> bool:
        return self._writes(Permission.RISK_ASSESS)

    @property
    def may_read_risk(self) -> bool:
        return self.actor.may(Permission.RISK_READ)

    @property
    def may_register(self) -> bool:
        return self._writes(Permission.ORDER_REGISTER)

    @property
    def may_send(self) -> bool:
        return self._writes(Permission.PROGRAMME_SEND)

    @property
    def may_visit(self) -> bool:
        return self._writes(Permission.VISIT_LOG)

    @property
    def may_call(self) -> bool:
        return self._writes(Permission.CALL_NOTE)

    @property
    def may_file(self) -> bool:
        return self._writes(Permission.PAPER_FILE)

    @property
    def may_hold(self) -> bool:
        return self._writes(Permission.REFERRAL_MAKE) and self._writes(Permission.SHELTER_HOLD)

    @property
    def may_findings(self) -> bool:
        return self.actor.may(Permission.FINDING_READ)

    @property
    def may_help(self) -> bool:
        return self._writes(Permission.REFERRAL_MAKE)

    @property
    def may_proceedings(self) -> bool:
        return self.actor.may(Permission.PROCEEDING_READ)

    @property
    def may_support(self) -> bool:
        return self.actor.may(Permission.SUPPORT_READ)

    @property
    def may_close(self) -> bool:
        return self._writes(Permission.CASE_CLOSE)

    @property
    def may_note(self) -> bool:
        return self._writes(Permission.CASE_NOTE)

    @property
    def may_wall(self) -> bool:
        return self._writes(Permission.CASE_WALL) and self.actor.leads

    @property
    def may_search(self) -> bool:
        return self.actor.may(Permission.SEARCH)

    def _writes(self, needed: Permission) -> bool:
        """Nothing is written by whoever sees it in an emergency alone."""
        return self.actor.may(needed) and self.glass_until is None


def case_file(actor: Actor, ref: str, *, now: datetime) -> CaseFile:
    """One read entry, and as many queries for a long case as for a short one. AccessDenied when unseen."""
    page = cases.case_page(actor, read_ref(ref), now=now)
    head, subject = page.head, page.head.subject_id
    found, helped = findings.panel(actor, head, now=now), referrals.help_of(actor, subject, now=now)
    sheltered = shelters.card(actor, subject, now=now)
    items = _past(actor, page, found, helped, sheltered, now)
    coming = duties.of_subject(actor, subject, now=now)
    glass = access.by_glass_until(actor, subject, now=now)
    posts = directory.posts({item.who_post for item in items if item.who_post} | {one.assignee_id for one in coming})
    return CaseFile(
        ref=head.ref,
        shown_ref=show_ref(head.ref),
        stage=labels.STAGES.get(head.stage, head.stage),
        place=places.name(head.place),
        page=page,
        team=_team(page.team),
        people=tuple(_person(one) for one in page.people),
        risk=risk.panel(actor, head, now=now),
        orders=orders.panel(actor, head, now=now),
        watched=tuple(one for one in monitoring.of_case(actor, subject, now=now) if one.runs),
        help=help_shown.panel(referrals.panel(actor, helped), now),
        next=tuple(_leading(actor, one) for one in coming),
        past=telling.entries(items, posts, now),
        posts=posts,
        held=proceedings.held(actor, subject, now=now) if actor.may(Permission.PROCEEDING_READ) else (),
        sheltered=sheltered,
        findings=found,
        glass_until=glass,
        actor=actor,
    )


def _past(
    actor: Actor, page: CasePage, found: tuple[FiledLine, ...], helped: HelpRows, sheltered: Card, now: datetime
) -> list[TimelineItem]:
    """What each module has to say of the time of the case, in no order yet."""
    head, subject = page.head, page.head.subject_id
    return [
        *page.timeline,
        *(intake.timeline(actor, head.report_id, now=now) if head.report_id else ()),
        *duties.timeline(actor, subject, now=now, keys=page.keys),
        *risk.timeline(actor, subject, now=now, keys=page.keys),
        *orders.timeline(actor, subject, now=now, keys=page.keys),
        *proceedings.timeline(actor, subject, now=now, keys=page.keys),
        *support.timeline(actor, subject, now=now, keys=page.keys),
        *legalaid.timeline(actor, subject, now=now, keys=page.keys),
        *programmes.timeline(actor, subject, now=now),
        *monitoring.timeline(actor, subject, now=now, keys=page.keys),
        *followup.timeline(actor, subject, now=now, keys=page.keys),
        *complaints.timeline(actor, subject, now=now, keys=page.keys),
        *referrals.timeline(actor, helped, keys=page.keys),
        *findings.timeline(actor, found),
        *sheltered.past,
        *pairs.timeline(actor, subject, now=now),
    ]


def _leading(actor: Actor, one: DutyLine) -> DutyLine:
    """A duty of another post without an address, where its reader would find nothing there."""
    kind = KINDS[one.kind]
    own, needed = one.assignee_id == actor.post_id, POLICY[kind.url_name].methods.get("GET")
    opens = own or (not kind.by_hand and kind.takes != "part" and (needed is None or actor.may(needed)))
    return one if opens else replace(one, url="")


def _team(lines: tuple[TeamLine, ...]) -> tuple[TeamLine, ...]:
    """A post that sees the whole file does not stand there a second time for its duties."""
    whole = {line.post.id for line in lines if line.scope == Scope.FILE}
    return tuple(line for line in lines if line.scope == Scope.FILE or line.post.id not in whole)


def _person(one: PartLine) -> PersonLine:
    said = [
        relation(one.relation) if one.relation != "unknown" else "",
        labels.SEXES[one.sex],
        labels.BANDS[one.age_band],
    ]
    first, *others = [str(words) for words in said if words]
    return PersonLine(labels.PARTS[one.part], ", ".join([first, *(words[:1].lower() + words[1:] for words in others)]))
