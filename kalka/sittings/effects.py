"""What a decision causes, in the command it is taken in: a duty of one post, and the record it asks for in the file.
Inside commands only."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.duties.rules import About
from kalka.referrals import services as referrals
from kalka.sittings.catalogue import Measure
from kalka.sittings.models import CaseDecision, OwnDecision
from kalka.sittings.rules import How, Sort
from kalka.support import services as support

DECISION = "committee.decision"
AnyDecision = CaseDecision | OwnDecision


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


def let_go(actor: Actor, row: AnyDecision, *, now: datetime) -> None:
    duties.let_go(DECISION, subject_id=_subject(row), about=_about(row), actor=actor, now=now)


def record(
    actor: Actor, measure: Measure, row: CaseDecision, *, organisation: int, post_id: int, now: datetime
) -> UUID | None:
    """What is asked for of those whose work it is, or what is to be given; a task is its duty alone."""
    id = derived(row.pk, "record")
    if measure.sort is Sort.REFERRAL:
        return referrals.decide_need(actor, id=id, case_ref=row.case_ref, code=measure.need, now=now)
    if measure.sort in (Sort.AID, Sort.ACTION):
        return support.decide_help(
            actor,
            id=id,
            subject_id=row.about,
            what=measure.help,
            som=row.som,
            organisation=organisation,
            owner=post_id,
            by=row.by,
            now=now,
        )
    return None


def carried(actor: Actor, row: AnyDecision, *, how: str, on: date, budget: str, now: datetime) -> None:
    """The duty is over, and what was given stands in the file."""
    end(actor, row, now=now)
    if isinstance(row, CaseDecision) and row.record and row.sort in (Sort.AID, Sort.ACTION):
        support.end_help(
            actor,
            id=derived(row.pk, "carried"),
            subject_id=row.about,
            of=row.record,
            decision=row.pk,
            done=how == How.DONE,
            on=on,
            budget=budget,
            now=now,
        )


def _subject(row: AnyDecision) -> UUID:
    return row.about if isinstance(row, CaseDecision) else row.subject_id


def _about(row: AnyDecision) -> str:
    return str(About(row.case_ref if isinstance(row, CaseDecision) else "", str(row.pk)))
