"""The page of one family, for the two who may know. Opened once, and recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.accounts import selectors as accounts
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.families import practice, rules
from kalka.families.means import HELP
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd, Work
from kalka.families.seating import seats
from kalka.families.selectors.rows import get_family, named_now, to_ask
from kalka.intake import selectors as intake
from kalka.referrals import selectors as referrals
from kalka.support import selectors as support
from kalka.vault.keys import Keys

LATEST = 20


@dataclass(frozen=True, slots=True)
class SeatLine:
    name: str
    own: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    on: date
    way: str
    met: str
    next_on: date | None
    in_time: bool | None
    told: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """`help`: where the help that was asked for stands, as a code of referrals; empty while nobody was asked yet."""

    kind: str
    on: date
    asked: bool
    help: str


@dataclass(frozen=True, slots=True)
class CrossingLine:
    on: date
    outcome: str  # what became of the report; empty while nobody said


@dataclass(frozen=True, slots=True)
class FamilyPage:
    case_ref: str
    noted_on: date
    how: str
    signs: tuple[str, ...]
    setting: str
    named: str
    ground: str
    children: int | None
    state: str
    term: int | None
    spoke: date | None
    next_on: date | None
    late: bool
    pair: tuple[SeatLine, ...]
    contacts: tuple[ContactLine, ...]
    works: tuple[WorkLine, ...]
    given: tuple[support.AidLine, ...]
    documents: tuple[tuple[str, str, date], ...]
    crossings: tuple[CrossingLine, ...]
    to_ask: tuple[str, ...]  # help a sitting decided on, that she is to be asked about: codes of needs
    end: tuple[str, date, str] | None  # how, when, in words
    told: str = field(repr=False)

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)

    @property
    def may_work(self) -> bool:
        return self.end is None

    @property
    def may_ask(self) -> bool:
        """Somebody may be asked for the other place: it is empty, or whoever was asked has not answered."""
        return self.end is None and len([one for one in self.pair if one.taken]) < 2


def family_page(actor: Actor, ref: str, *, now: datetime) -> FamilyPage:
    """Leaves the read entry `families.page`."""
    row = get_family(actor, ref, now=now)
    keys = access.unlock(actor, [row.subject_id], what="families.page", now=now)
    contacts = list(FamilyContact.objects.filter(family=row).order_by("-on", "-recorded_at"))
    end = FamilyEnd.objects.filter(family=row).first()
    today, spoke = clock.day_of(now), _spoke(contacts)
    last = max(contacts, key=lambda one: (one.recorded_at, one.on, one.pk), default=None)
    next_on = None if end else (last.next_on if last else row.next_on)
    term = practice.contact_within_days(today)
    named, ground = named_now(actor, row, now=now)
    return FamilyPage(
        case_ref=row.case_ref,
        noted_on=row.noted_on,
        how=row.how,
        signs=tuple(row.signs.split(",")),
        setting=row.setting,
        named=named,
        ground=ground,
        children=row.children,
        state=rules.state(noted=row.noted_on, spoke=spoke, ended=end.on if end else None, on=today, term=term),
        term=term,
        spoke=spoke,
        next_on=next_on,
        late=next_on is not None and next_on < today,
        pair=_pair(actor, row, now),
        contacts=tuple(_contact(one, keys) for one in contacts[:LATEST]),
        works=_works(actor, row, now),
        given=support.aid_of(actor, row.subject_id, now=now),
        documents=support.documents_of(actor, row.subject_id, now=now),
        crossings=_crossings(actor, row, now),
        to_ask=() if end else tuple(one.code for one in to_ask(actor, row, now=now)),
        end=(end.how, end.on, str(keys.get(end, "told") or "")) if end else None,
        told=str(keys.get(row, "told") or ""),
    )


def help_waits(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> bool:
    """Whether somebody was asked to find help and has not said that it was found."""
    return duties.standing_of(actor, family.subject_id, HELP, now=now) is not None


def who(actor: Actor, ref: str, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Name and telephone of each, where a name was written and not taken back. Leaves the read entry
    `cases.identity`."""
    row = get_family(actor, ref, now=now)
    if named_now(actor, row, now=now)[0] == rules.Named.CODE:
        return ()
    people = [one.person for one in cases.identity(actor, row.case_ref, now=now)]
    return tuple(
        (", ".join(name.whole for name in one.names), one.contact.phone if one.contact else "")
        for one in people
        if one.names
    )


def _spoke(contacts: list[FamilyContact]) -> date | None:
    return max((one.on for one in contacts if one.met == rules.Met.SPOKE), default=None)


def _pair(actor: Actor, row: FamilyAtRisk, now: datetime) -> tuple[SeatLine, ...]:
    standing, on = seats(row), clock.day_of(now)
    held = {one.holder_id: users[0] for one in standing if (users := directory.holders_of(one.holder_id, on))}
    names = accounts.names_of(actor, set(held.values()))
    found = (
        SeatLine(names.get(held.get(one.holder_id, 0), ""), one.holder_id == actor.post_id, one.taken_at is not None)
        for one in standing
    )
    return tuple(sorted(found, key=lambda one: not one.own))


def _contact(row: FamilyContact, keys: Keys) -> ContactLine:
    in_time = rules.in_time(row.on, promised=row.promised)
    return ContactLine(row.on, row.way, row.met, row.next_on, in_time, str(keys.get(row, "told") or ""))


def _works(actor: Actor, row: FamilyAtRisk, now: datetime) -> tuple[WorkLine, ...]:
    rows = list(Work.objects.filter(family=row).order_by("-on", "-recorded_at"))
    states = _help(actor, row.subject_id, now) if any(one.asked for one in rows) else {}
    return tuple(
        WorkLine(one.kind, one.on, one.asked, states.get(one.need_id, "") if one.need_id else "") for one in rows
    )


def _help(actor: Actor, subject_id: UUID, now: datetime) -> dict[UUID, str]:
    """By need, where the last referral for it stands."""
    return {one.need_id: str(one.state) for one in referrals.of_case(actor, subject_id, now=now)}


def _crossings(actor: Actor, row: FamilyAtRisk, now: datetime) -> tuple[CrossingLine, ...]:
    rows = Crossing.objects.filter(family=row).order_by("recorded_at", "id")
    return tuple(CrossingLine(one.on, intake.outcome_of(actor, one.report_id, now=now)) for one in rows)
