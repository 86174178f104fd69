"""The pages of one judgement and of one assessment. Each opens what is sealed, and each such read is recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.duties.kinds import KINDS
from kalka.instruments.shape import Edition
from kalka.lawbook.book import Law, Provision
from kalka.risk import installed, rules, tables
from kalka.risk.explained import Explained, Outcome, Shown, explained, level, outcome
from kalka.risk.graded import graded, stored
from kalka.risk.levels import Level
from kalka.risk.models import Assessment, Countersign, Judgement
from kalka.risk.recorded import Recorded, as_it_was
from kalka.risk.rules import place
from kalka.risk.selectors.standing import current, leads
from kalka.ui.text import StrOrPromise
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the form says, for whoever has judged. `levels` are those that may be confirmed, the lowest first."""

    ref: str
    judgement_id: UUID
    edition: Edition
    judged_at: datetime
    judged_reason: str = field(repr=False)
    explained: Explained
    levels: tuple[Shown, ...]
    due_at: datetime | None  # the next assessment, at the lowest of them
    opens: tuple[StrOrPromise, ...]  # the duties it brings
    assessment_id: UUID | None  # where the level was confirmed already
    version: str  # another one with each level that is set in the case
    register: tuple[Recorded, ...] = field(repr=False)  # as it was when the officer judged


@dataclass(frozen=True, slots=True)
class Agreement:
    agreed: bool
    at: datetime
    post_id: int | None
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """`standing`: it is the one in force, perhaps lifted since by what happened."""

    id: UUID
    ref: str
    edition: Edition
    assessed_at: datetime
    post_id: int | None
    expires_at: datetime | None
    expired: bool
    level: Shown
    explained: Explained
    judged_reason: str = field(repr=False)
    raised_reason: str = field(repr=False)
    proposed: bool
    agreement: Agreement | None
    standing: bool
    lifted: Shown | None  # where it is in force: the level that what happened since lifted it to
    lifted_by: tuple[str, ...]
    stands_now: Shown | None  # the level in force where this one is not
    may_countersign: bool
    register: tuple[Recorded, ...] = field(repr=False)

    @property
    def waits(self) -> bool:
        return self.proposed and self.agreement is None

    @property
    def in_force(self) -> bool:
        return not self.proposed or (self.agreement is not None and self.agreement.agreed)


@dataclass(frozen=True, slots=True)
class CourtPage:
    """What a court is told: the level and what it rests on, never an answer, and nothing of the person's own state."""

    ref: str
    edition: Edition
    assessed_on: date
    post_id: int | None
    level: Shown
    lifted: Shown | None  # no lower than this, since something happened; what it was is not said
    count: int  # of levels
    worst: Shown
    raised: bool  # the officer set it above what the form computed
    insufficient: bool
    expires_at: datetime | None
    expired: bool
    outcomes: tuple[Outcome, ...]
    basis: Provision | None


def get_judgement(actor: Actor, judgement_id: UUID, *, now: datetime) -> Judgement:
    """The actor's own; AccessDenied for another's as for none: nobody sees a level before having judged."""
    own = Judgement.objects.filter(pk=judgement_id, author_id=actor.user_id)
    found = access.visible(actor, own, now=now).first()
    if found is None:
        raise AccessDenied("risk.unknown")
    return found


def get_assessment(actor: Actor, assessment_id: UUID, *, now: datetime) -> Assessment:
    rows = Assessment.objects.filter(pk=assessment_id).select_related("judgement")
    found = access.visible(actor, rows, now=now).first()
    if found is None:
        raise AccessDenied("risk.unknown")
    return found


def version(actor: Actor, subject_id: UUID, *, now: datetime) -> str:
    """Another one with each level that is set in the case."""
    return str(access.visible(actor, Assessment.objects.filter(subject_id=subject_id), now=now).count())


def result_page(actor: Actor, ref: str, judgement_id: UUID, *, now: datetime) -> ResultPage:
    """Not before the judgement was written down. Refuses with `risk.form_changed` what cannot be computed any more."""
    row = get_judgement(actor, judgement_id, now=now)
    _of_case(actor, ref, row, now)
    keys = _unlocked(actor, row.subject_id, "risk.result", now)
    found = graded(row, keys)
    edition, result = found.edition, found.result
    least = rules.least(edition, result, found.judged)
    measures = tables.measures()
    hours = rules.period_hours(edition, result, least, redo=measures.redo_within_hours)
    taken = Assessment.objects.filter(judgement=row).values_list("pk", flat=True).first()
    return ResultPage(
        ref=ref,
        judgement_id=row.pk,
        edition=edition,
        judged_at=row.recorded_at,
        judged_reason=found.reason,
        explained=explained(edition, result, found.judged, found.given),
        levels=tuple(level(edition, one.code) for one in edition.levels[edition.rank(least) :]),
        due_at=now + timedelta(hours=hours) if hours else None,
        opens=tuple(KINDS[one.kind].title for one in measures.at(place(rules.position(edition, least)))),
        assessment_id=taken,
        version=version(actor, row.subject_id, now=now),
        register=_register(row, keys),
    )


def assessment_page(actor: Actor, ref: str, assessment_id: UUID, *, now: datetime) -> AssessmentPage:
    row = get_assessment(actor, assessment_id, now=now)
    _of_case(actor, ref, row, now)
    keys = _unlocked(actor, row.subject_id, "risk.assessment", now)
    edition = installed.edition(row.instrument, row.edition)
    result, levels = stored(row, keys)
    standing = current(actor, row.subject_id, now=now)
    of_this = standing is not None and standing.assessment_id == row.pk
    agreement = _agreement(row, keys)
    waits = row.proposed and agreement is None
    given = keys.get(row.judgement, "answers")["given"]
    return AssessmentPage(
        id=row.pk,
        ref=ref,
        edition=edition,
        assessed_at=row.recorded_at,
        post_id=row.post_id,
        expires_at=row.expires_at,
        expired=row.expires_at is not None and row.expires_at <= now,
        level=level(edition, levels["final"]),
        explained=explained(edition, result, levels["judged"], given, levels["final"]),
        judged_reason=keys.get(row.judgement, "judged")["reason"],
        raised_reason=keys.get(row, "raised_reason") or "",
        proposed=row.proposed,
        agreement=agreement,
        standing=of_this,
        lifted=_lifted(row, standing),
        lifted_by=standing.lifted_by if standing and of_this else (),
        stands_now=Shown("", standing.position, standing.title()) if standing and not of_this else None,
        may_countersign=waits and leads(actor) and row.author_id != actor.user_id,
        register=_register(row.judgement, keys),
    )


def court_page(actor: Actor, ref: str, assessment_id: UUID, *, now: datetime) -> CourtPage:
    """AccessDenied for a level that is not in force."""
    row = get_assessment(actor, assessment_id, now=now)
    _of_case(actor, ref, row, now)
    if not Assessment.objects.in_force().filter(pk=row.pk).exists():
        raise AccessDenied("risk.not_in_force")
    keys = _unlocked(actor, row.subject_id, "risk.court", now)
    edition = installed.edition(row.instrument, row.edition)
    result, levels = stored(row, keys)
    final = levels["final"]
    return CourtPage(
        ref=ref,
        edition=edition,
        assessed_on=row.assessed_on,
        post_id=row.post_id,
        level=level(edition, final),
        lifted=_lifted(row, current(actor, row.subject_id, now=now)),
        count=len(edition.levels),
        worst=level(edition, rules.highest(edition, result, final)),
        raised=edition.rank(final) > edition.rank(result.level),
        insufficient=result.status == rules.Status.INSUFFICIENT,
        expires_at=row.expires_at,
        expired=row.expires_at is not None and row.expires_at <= now,
        outcomes=tuple(outcome(edition, name, codes, told=False) for name, codes in result.outcomes.items()),
        basis=Law(clock.day_of(now)).get("risk.level_told_to_court"),
    )


def _lifted(row: Assessment, standing: Level | None) -> Shown | None:
    if standing is None or standing.assessment_id != row.pk or standing.position == row.level:
        return None
    return Shown("", standing.position, standing.title())


def _of_case(actor: Actor, ref: str, row: Judgement | Assessment, now: datetime) -> None:
    """The address must name the case the row is of."""
    if cases.get_case(actor, ref, now=now).pk != row.case_id:
        raise AccessDenied("risk.unknown")


def _register(row: Judgement, keys: Keys) -> tuple[Recorded, ...]:
    return as_it_was(keys.get(row, "answers").get("register", []), clock.day_of(row.recorded_at))


def _unlocked(actor: Actor, subject_id: UUID, what: str, now: datetime) -> Keys:
    return access.unlock(actor, [subject_id], what=what, now=now, klasses=[Klass.NARRATIVE])


def _agreement(row: Assessment, keys: Keys) -> Agreement | None:
    found = Countersign.objects.filter(assessment=row).first()
    return Agreement(found.agreed, found.recorded_at, found.post_id, keys.get(found, "reason")) if found else None
