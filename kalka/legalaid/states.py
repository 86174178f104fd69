"""Where requests stand: told by the last thing that happened to each."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kalka.legalaid.models import Appointment, AppointmentAnswer, LegalRequest, LegalResult
from kalka.legalaid.rules import State


@dataclass(frozen=True, slots=True)
class Standing:
    """Nothing of the last three where it did not come to it."""

    last: Appointment | None
    answer: AppointmentAnswer | None
    result: LegalResult | None

    @property
    def state(self) -> State:
        if self.result is not None:
            return State.DONE
        if self.last is None:
            return State.ASKED
        if self.answer is None:
            return State.APPOINTED
        return State.ACCEPTED if self.answer.accepted else State.DECLINED


def standings(requests: Collection[LegalRequest]) -> dict[UUID, Standing]:
    """By request. Three statements, however many they are; none for none."""
    if not requests:
        return {}
    asked = [row.pk for row in requests]
    last = {row.request_id: row for row in Appointment.objects.filter(request__in=asked).order_by("number")}
    answers = {row.appointment_id: row for row in AppointmentAnswer.objects.filter(appointment__in=last.values())}
    results = {row.request_id: row for row in LegalResult.objects.filter(request__in=asked)}
    return {pk: _standing(last.get(pk), answers, results.get(pk)) for pk in asked}


def _standing(last: Appointment | None, answers: dict[UUID, AppointmentAnswer], result: LegalResult | None) -> Standing:
    return Standing(last, answers.get(last.pk) if last else None, result)


def state(request: LegalRequest) -> State:
    return standings([request])[request.pk].state


def last_appointment(request: LegalRequest) -> Appointment | None:
    return Appointment.objects.filter(request=request).order_by("-number").first()
