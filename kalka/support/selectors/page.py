"""The page «Help» of a case: her goals, what was given, how she is. Opened once, and recorded."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.people import selectors as people
from kalka.support import rules
from kalka.support.models import (
    Action,
    AidGiven,
    AidReceipt,
    Contact,
    Decided,
    DocumentStep,
    Goal,
    Outcome,
    SafetyPlan,
    SafetyWord,
    ServiceGiven,
    Without,
)
from kalka.support.selectors.rows import get_action
from kalka.vault.keys import Keys

LATEST = 10  # services and contacts the page lists; all are counted


@dataclass(frozen=True, slots=True)
class ActionLine:
    id: UUID
    by: date
    owner: str
    own: bool  # of the actor's post
    late: bool
    how: str  # empty while it stands
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoalLine:
    id: UUID
    area: str
    how: str  # empty while it stands
    actions: tuple[ActionLine, ...]
    words: str = field(repr=False)

    @property
    def may_end(self) -> bool:
        return not self.how and all(action.how for action in self.actions)


@dataclass(frozen=True, slots=True)
class ServiceLine:
    id: UUID
    kind: str
    minutes: int
    on: date
    own: bool


@dataclass(frozen=True, slots=True)
class AidLine:
    id: UUID
    budget: str
    what: str
    som: int
    on: date
    receipts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What a committee decided and nobody has given or done yet."""

    what: str
    som: int
    by: date


@dataclass(frozen=True, slots=True)
class ContactLine:
    on: date
    channel: str
    reached: str
    told: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """`whole`: not for whoever gives the help of one profession. To them it shows her goals and the services alone."""

    case_ref: str
    goals: tuple[GoalLine, ...]
    minutes: dict[str, int]  # by kind of help
    services: tuple[ServiceLine, ...]
    aid: tuple[AidLine, ...]
    decided: tuple[DecidedLine, ...]
    documents: tuple[tuple[str, str, date], ...]  # kind, where it stands, since when
    contacts: tuple[ContactLine, ...]
    outcomes: tuple[tuple[str, int, int], ...]  # scale, before, latest
    word: tuple[str, bool, datetime] | None  # feels, alone, when
    waiting: UUID | None  # a reason that waits for a second person
    safety: int  # how often the safety plan was written
    whole: bool
    may_work: bool
    may_give: bool


@dataclass(frozen=True, slots=True)
class SafetyPage:
    case_ref: str
    number: int
    at: datetime | None
    told: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether she may be called at this moment, and when again. Never the number."""

    now: bool
    again_at: datetime | None
    why_not: str


def help_page(actor: Actor, ref: str, *, now: datetime) -> HelpPage:
    """A fixed number of statements however long the case. Leaves the read entry `support.help`."""
    case = cases.get_case(actor, ref, now=now)
    subject = case.subject_id
    keys = access.unlock(actor, [subject], what="support.help", now=now)
    services = list(ServiceGiven.objects.filter(subject_id=subject, void=None).order_by("-on", "-recorded_at"))
    whole = actor.may(Permission.SUPPORT_WORK)
    changes = case.stage != Stage.CLOSED and access.by_glass_until(actor, subject, now=now) is None
    return HelpPage(
        case_ref=case.ref,
        goals=_goals(actor, subject, keys, now),
        minutes=_minutes(services),
        services=tuple(
            ServiceLine(one.pk, one.kind, one.minutes, one.on, one.author_id == actor.user_id)
            for one in services[:LATEST]
        ),
        aid=_aid(subject) if whole else (),
        decided=_decided(subject) if whole else (),
        documents=_documents(subject) if whole else (),
        contacts=_contacts(subject, keys) if whole else (),
        outcomes=_outcomes(subject) if whole else (),
        word=_word(subject) if whole else None,
        waiting=_waiting(subject) if whole else None,
        safety=SafetyPlan.objects.filter(subject_id=subject).count() if whole else 0,
        whole=whole,
        may_work=whole and changes,
        may_give=actor.may(Permission.SUPPORT_GIVE) and changes,
    )


def aid_of(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[AidLine, ...]:
    """What was given in a file, for whoever sees it."""
    return _aid(subject_id) if access.sees(actor, subject_id, now=now) else ()


def documents_of(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[tuple[str, str, date], ...]:
    """Kind, where it stands, since when."""
    return _documents(subject_id) if access.sees(actor, subject_id, now=now) else ()


def safety_page(actor: Actor, ref: str, *, now: datetime) -> SafetyPage:
    """The plan that holds. Leaves the read entry `support.safety`."""
    case = cases.get_case(actor, ref, now=now)
    keys = access.unlock(actor, [case.subject_id], what="support.safety", now=now)
    plan = SafetyPlan.objects.filter(subject_id=case.subject_id).order_by("-number").first()
    told = keys.get(plan, "told") if plan else {}
    return SafetyPage(case.ref, plan.number if plan else 0, plan.recorded_at if plan else None, told or {})


def action_line(actor: Actor, ref: str, action_id: UUID, *, now: datetime) -> ActionLine:
    """One action in words. Leaves the read entry `support.action`."""
    row = get_action(actor, ref, action_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="support.action", now=now)
    owner = directory.post(row.owner_id)
    return _action(actor, row, owner.title() if owner else "", keys, now)


def safe_hours(actor: Actor, ref: str, *, now: datetime) -> Hours:
    """Asked of the rules she gave, at this moment. Leaves the read entry of `people.reach`."""
    case = cases.get_case(actor, ref, now=now)
    person = cases.protected_person(actor, case.subject_id, now=now)
    if person is None:
        return Hours(False, None, "nobody")
    found = people.reach(actor, person, now=now, channel="call")
    return Hours(found.route is not None, found.again_at, found.why_not)


def _goals(actor: Actor, subject: UUID, keys: Keys, now: datetime) -> tuple[GoalLine, ...]:
    actions: dict[UUID, list[ActionLine]] = defaultdict(list)
    for_goals = Action.objects.filter(subject_id=subject, goal__isnull=False)
    rows = list(for_goals.select_related("end").order_by("by", "recorded_at", "pk"))
    posts = directory.posts({row.owner_id for row in rows})
    for row in rows:
        owner = posts.get(row.owner_id)
        assert row.goal_id is not None  # asked for above
        actions[row.goal_id].append(_action(actor, row, owner.title() if owner else "", keys, now))
    goals = Goal.objects.filter(subject_id=subject).select_related("end").order_by("recorded_at", "pk")
    return tuple(
        GoalLine(goal.pk, goal.area, _how(goal), tuple(actions[goal.pk]), str(keys.get(goal, "words") or ""))
        for goal in goals
    )


def _action(actor: Actor, row: Action, owner: str, keys: Keys, now: datetime) -> ActionLine:
    how = _how(row)
    return ActionLine(
        id=row.pk,
        by=row.by,
        owner=owner,
        own=row.owner_id == actor.post_id,
        late=not how and row.by < clock.day_of(now),
        how=how,
        what=str(keys.get(row, "what") or ""),
    )


def _how(row: Goal | Action) -> str:
    return row.end.how if hasattr(row, "end") else ""


def _minutes(services: list[ServiceGiven]) -> dict[str, int]:
    found: dict[str, int] = dict.fromkeys(rules.Help, 0)
    for one in services:
        found[rules.HELP[one.kind]] += one.minutes
    return {help: minutes for help, minutes in found.items() if minutes}


def _word(subject: UUID) -> tuple[str, bool, datetime] | None:
    row = SafetyWord.objects.filter(subject_id=subject).order_by("-recorded_at", "-pk").first()
    return (row.feels, row.alone, row.recorded_at) if row else None


def _waiting(subject: UUID) -> UUID | None:
    return Without.objects.filter(subject_id=subject, decision=None).values_list("pk", flat=True).first()


def _aid(subject: UUID) -> tuple[AidLine, ...]:
    receipts: dict[UUID, list[UUID]] = defaultdict(list)
    for aid, attachment in AidReceipt.objects.filter(subject_id=subject).values_list("aid_id", "attachment_id"):
        receipts[aid].append(attachment)
    rows = AidGiven.objects.filter(subject_id=subject).order_by("-on", "-recorded_at")
    return tuple(AidLine(row.pk, row.budget, row.what, row.som, row.on, tuple(receipts[row.pk])) for row in rows)


def _decided(subject: UUID) -> tuple[DecidedLine, ...]:
    """Aid that is to be given, and actions: the soonest first."""
    aid = Decided.objects.filter(subject_id=subject, end=None).order_by("pk").values_list("what", "som", "by")
    deeds = Action.objects.filter(subject_id=subject, goal=None, end=None).order_by("pk").values_list("help", "by")
    lines = [*(DecidedLine(*row) for row in aid), *(DecidedLine(what, 0, by) for what, by in deeds)]
    return tuple(sorted(lines, key=lambda one: one.by))


def _documents(subject: UUID) -> tuple[tuple[str, str, date], ...]:
    rows = DocumentStep.objects.filter(subject_id=subject).order_by("on", "recorded_at")
    latest = {kind: (kind, state, on) for kind, state, on in rows.values_list("kind", "state", "on")}
    return tuple(latest.values())


def _contacts(subject: UUID, keys: Keys) -> tuple[ContactLine, ...]:
    rows = Contact.objects.filter(subject_id=subject).order_by("-on", "-recorded_at")[:LATEST]
    return tuple(ContactLine(row.on, row.channel, row.reached, str(keys.get(row, "told") or "")) for row in rows)


def _outcomes(subject: UUID) -> tuple[tuple[str, int, int], ...]:
    rows = list(Outcome.objects.filter(subject_id=subject).order_by("recorded_at"))
    if not rows:
        return ()
    first = next((row for row in rows if row.moment == rules.Moment.BEFORE), rows[0])
    return tuple((scale, getattr(first, scale), getattr(rows[-1], scale)) for scale in rules.SCALES)
