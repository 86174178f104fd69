"""What a decision causes, in the command it is taken in: a duty of one post, and the record it asks for in the file.
Inside commands only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK, day_of
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About
from kalka.families import services as families
from kalka.referrals import services as referrals
from kalka.sittings.catalogue import Measure, catalogue
from kalka.sittings.models import Addendum, CaseDecision, OwnDecision
from kalka.sittings.rules import Change, How, Sort
from kalka.support import services as support
from kalka.support.rules import TAKEN_BACK, Done, NewDecided

DECISION, UNDONE = "committee.decision", "committee.undone"
SECRETARY = "committee_secretary"
AnyDecision = CaseDecision | OwnDecision
PROMISED = (Sort.AID, Sort.ACTION)
ENDED: Mapping[How, Done] = {
    How.DONE: Done.DONE,
    How.REFUSED: Done.NOT_WANTED,
    How.IMPOSSIBLE: Done.NOT_POSSIBLE,
}


def assign(row: AnyDecision, post_id: int, by: date, *, now: datetime) -> None:
    """About a case: a duty of the case, by its code. Else one of the sitting."""
    duties.assign(
        DECISION,
        subject_id=_subject(row),
        post_id=post_id,
        due_at=datetime.combine(by + timedelta(days=1), time.min, tzinfo=BISHKEK),
        basis=None,
        now=now,
        about=_about(row),
    )


def end(actor: Actor, row: AnyDecision, *, now: datetime) -> None:
    duties.end_for(DECISION, subject_id=_subject(row), about=_about(row), actor=actor, now=now)
    duties.end_for(UNDONE, subject_id=row.subject_id, about=str(About("", str(row.pk))), actor=actor, now=now)


def let_go(actor: Actor, row: AnyDecision, *, now: datetime) -> None:
    duties.let_go(DECISION, subject_id=_subject(row), about=_about(row), actor=actor, now=now)
    duties.let_go(UNDONE, subject_id=row.subject_id, about=str(About("", str(row.pk))), actor=actor, now=now)


def whose(row: AnyDecision) -> tuple[UUID, str]:
    """The file its duty is in, and what that is about."""
    return _subject(row), _about(row)


def tell_secretary(row: AnyDecision, *, now: datetime) -> int | None:
    """Nobody did it by its day: whoever keeps the minutes asks. A duty of the sitting, which tells nothing of a family.

    To which post; none where the committee has no secretary."""
    organisation = row.item.sitting.organisation_id
    posts = [one for one in directory.posts_at(organisation) if one.role == SECRETARY and one.stands(day_of(now))]
    if not posts:
        return None
    about, due_at = str(About("", str(row.pk))), now + timedelta(days=1)
    given = {"subject_id": row.subject_id, "post_id": posts[0].id, "due_at": due_at, "about": about, "now": now}
    duties.assign(UNDONE, basis=None, **given)  # type: ignore[arg-type]  # as named
    return posts[0].id


def record(
    actor: Actor, measure: Measure, row: CaseDecision, *, organisation: int, post_id: int, now: datetime
) -> UUID:
    """What is asked for of those whose work it is, or what is to be given or done by one of the committee.

    A referral where she agreed with one that helps; else a need, and she is asked: by whoever answers for the case, or
    by the two who work with the family."""
    id = derived(row.pk, "record")
    if measure.sort is Sort.REFERRAL:
        made = referrals.decide_referral(actor, id=id, case_ref=row.case_ref, code=measure.need, now=now)
        if made.ask is not None:
            families.ask_her(actor, case_ref=row.case_ref, need_id=made.ask, now=now)
        return made.record
    return _promised(actor, row, id, measure, organisation=organisation, post_id=post_id, by=row.by, now=now)


def _promised(
    actor: Actor,
    row: CaseDecision,
    id: UUID,
    measure: Measure,
    *,
    organisation: int,
    post_id: int,
    by: date,
    now: datetime,
) -> UUID:
    told = NewDecided(row.pk, measure.help, organisation, post_id, by, row.som)
    if measure.sort is Sort.AID:
        return support.decide_help(actor, id=id, subject_id=row.about, told=told, now=now)
    return support.decide_action(actor, id=id, subject_id=row.about, case_ref=row.case_ref, told=told, now=now)


def corrected(
    actor: Actor, row: AnyDecision, changes: Sequence[Addendum], *, post_id: int | None, by: date, now: datetime
) -> None:
    """What was to be given or done follows the last of these: another day or post takes its place, or nobody's.

    A referral stays: what she agreed to is hers to take back. So does what whoever has left was to do: it is nobody's
    until another correction says whose."""
    last = changes[-1]
    if not isinstance(row, CaseDecision) or row.sort not in PROMISED:
        return
    if post_id is None and last.change != Change.WITHDRAWN:
        return
    _over(actor, row, changes[:-1], id=derived(last.pk, "back"), how=TAKEN_BACK, on=day_of(now), budget="", now=now)
    if post_id is not None:
        organisation = row.item.sitting.organisation_id
        measure, id = catalogue().measures[row.measure], derived(last.pk, "record")
        _promised(actor, row, id, measure, organisation=organisation, post_id=post_id, by=by, now=now)


def carried(
    actor: Actor,
    row: AnyDecision,
    changes: Sequence[Addendum],
    *,
    how: str,
    on: date,
    budget: str,
    now: datetime,
) -> None:
    """The duty is over, and what was given or done stands in the file."""
    end(actor, row, now=now)
    if isinstance(row, CaseDecision) and row.sort in PROMISED:
        id = derived(row.pk, "carried")
        _over(actor, row, changes, id=id, how=ENDED[How(how)], on=on, budget=budget, now=now)


def _over(
    actor: Actor,
    row: CaseDecision,
    changes: Sequence[Addendum],
    *,
    id: UUID,
    how: str,
    on: date,
    budget: str,
    now: datetime,
) -> None:
    """One of them stands: the first, or what a correction put in its place."""
    first = [row.record] if row.record else []
    of = [*first, *(derived(one.pk, "record") for one in changes)]
    support.end_help(actor, id=id, subject_id=row.about, of=of, decision=row.pk, how=how, on=on, budget=budget, now=now)


def _subject(row: AnyDecision) -> UUID:
    return row.about if isinstance(row, CaseDecision) else row.subject_id


def _about(row: AnyDecision) -> str:
    return str(About(row.case_ref if isinstance(row, CaseDecision) else "", str(row.pk)))
