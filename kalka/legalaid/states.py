"""Where a request stands: told by the last thing that happened to it."""

from kalka.legalaid.models import Appointment, AppointmentAnswer, LegalRequest, LegalResult
from kalka.legalaid.rules import State


def state(request: LegalRequest) -> State:
    """Told by the last thing that happened."""
    if LegalResult.objects.filter(request=request).exists():
        return State.DONE
    last = last_appointment(request)
    if last is None:
        return State.ASKED
    answer = AppointmentAnswer.objects.filter(appointment=last).first()
    if answer is None:
        return State.APPOINTED
    return State.ACCEPTED if answer.accepted else State.DECLINED


def last_appointment(request: LegalRequest) -> Appointment | None:
    return Appointment.objects.filter(request=request).order_by("-number").first()
