"""A request that no advocate answers goes back to whoever asked. A job of the installation, safe to run twice."""

from datetime import datetime

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.legalaid import effects
from kalka.legalaid.duty import ANSWER_TERM, term
from kalka.legalaid.models import Appointment, AppointmentAnswer
from kalka.legalaid.practice import back_after
from kalka.legalaid.rules import SILENT, State
from kalka.legalaid.states import state
from kalka.notices import services as notices
from kalka.vault.rows import written

AT_ONCE = 200


@command("legalaid.lapse", needs=Permission.SYSTEM)
def lapse(actor: Actor, *, now: datetime) -> tuple[AppointmentAnswer, ...]:
    """Counted from the term the law set when the advocate was asked, else from the asking itself: an internal rule.

    The advocate may be asked again; whoever led the office had the duty meanwhile.
    """
    asked = Appointment.objects.filter(answer=None, request__result=None, recorded_at__lte=now - back_after())
    late = [row for row in asked.select_related("request").order_by("recorded_at", "id") if _moment(row) <= now]
    open_ = cases.known(actor, {row.subject_id for row in late}, now=now)
    waits = [row for row in late if row.subject_id in open_ and state(row.request) == State.APPOINTED]
    return tuple(_back(actor, row, now) for row in waits[:AT_ONCE])


def _moment(row: Appointment) -> datetime:
    due, _basis = term(ANSWER_TERM, row.recorded_at)
    return (due or row.recorded_at) + back_after()


def _back(actor: Actor, row: Appointment, now: datetime) -> AppointmentAnswer:
    shared = written(actor, id=derived(row.pk, SILENT), subject_id=row.subject_id, content=[row.pk, SILENT], now=now)
    answer = AppointmentAnswer(**shared, appointment=row, accepted=False, reason=SILENT)
    answer.save(force_insert=True)
    effects.after_answer(actor, row, answer, now=now)
    if row.post_id is not None:
        notices.alert(row.post_id, "referral_unanswered", subject_id=row.subject_id, now=now)
    return answer
