"""A request that no advocate answers goes back to whoever asked. A job of the installation, safe to run twice."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.datafile import Fields, read, refuse
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.legalaid.duty import ANSWER_TERM, term
from kalka.legalaid.models import Appointment, AppointmentAnswer
from kalka.legalaid.rules import SILENT, State
from kalka.legalaid.services.aid import after_answer
from kalka.legalaid.states import state
from kalka.notices import services as notices
from kalka.vault.rows import written

PRACTICE = Path(__file__).parents[1] / "practice.yaml"
AT_ONCE = 200


@cache
def back_after() -> timedelta:
    body = Fields(read(PRACTICE), PRACTICE.name)
    body.one_of("standing", ("internal",))
    hours = body.take("back_after_hours", int)
    body.close()
    if hours < 1:
        refuse(PRACTICE.name, "back_after_hours must be above 0")
    return timedelta(hours=hours)


@command("legalaid.lapse", needs=Permission.SYSTEM)
def lapse(actor: Actor, *, now: datetime) -> tuple[AppointmentAnswer, ...]:
    """Counted from the term the law set when the advocate was asked, else from the asking itself: an internal rule.

    The advocate may be asked again; whoever led the office had the duty meanwhile.
    """
    asked = Appointment.objects.filter(answer=None, recorded_at__lte=now - back_after()).select_related("request")
    late = [row for row in asked.order_by("recorded_at", "id")[:AT_ONCE] if _moment(row) <= now]
    return tuple(_back(actor, row, now) for row in late if state(row.request) == State.APPOINTED)


def _moment(row: Appointment) -> datetime:
    due, _basis = term(ANSWER_TERM, row.recorded_at)
    return (due or row.recorded_at) + back_after()


def _back(actor: Actor, row: Appointment, now: datetime) -> AppointmentAnswer:
    shared = written(actor, id=derived(row.pk, SILENT), subject_id=row.subject_id, content=[row.pk, SILENT], now=now)
    answer = AppointmentAnswer(**shared, appointment=row, accepted=False, reason=SILENT)
    answer.save(force_insert=True)
    after_answer(actor, row, answer, now=now)
    if row.post_id is not None:
        notices.alert(row.post_id, "referral_unanswered", subject_id=row.subject_id, now=now)
    return answer
