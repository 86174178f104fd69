"""What an answer about an advocate causes. Inside commands only."""

from datetime import datetime

from kalka.core.actors import Actor
from kalka.duties import services as duties
from kalka.legalaid import sides
from kalka.legalaid.duty import ANSWER, APPOINT, APPOINT_TERM, RESULT, about, end_of, term
from kalka.legalaid.models import Appointment, AppointmentAnswer


def after_answer(actor: Actor, row: Appointment, answer: AppointmentAnswer, *, now: datetime) -> None:
    """Whoever took it says how it ended; else whoever asked finds another one."""
    request = row.request
    part = about(request.case_ref, row.pk)
    duties.end_for(ANSWER, subject_id=row.subject_id, about=part, actor=actor, now=now)
    if answer.accepted and answer.until is not None:
        duties.assign(
            RESULT,
            subject_id=row.subject_id,
            post_id=row.advocate_id,
            due_at=end_of(answer.until),
            basis=None,
            now=now,
            about=about(request.case_ref, request.pk),
        )
        return
    sides.unmark(row)
    due, basis = term(APPOINT_TERM, now)
    duties.assign(
        APPOINT,
        subject_id=row.subject_id,
        post_id=row.post_id or row.advocate_id,
        due_at=due,
        basis=basis,
        now=now,
        about=about(request.case_ref, request.pk),
    )
