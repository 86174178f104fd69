"""The rows of legal aid and counselling. None is changed after it was written."""

from kalka.legalaid.models.aid import (
    Appointment,
    AppointmentAnswer,
    ConsultationDay,
    ConsultationHeld,
    LegalRequest,
    LegalResult,
    OfficeMark,
)
from kalka.legalaid.models.counselling import (
    CounselSession,
    Group,
    GroupMeeting,
    GroupMember,
    GroupPresence,
    Waiting,
    WaitingEnd,
)

__all__ = [
    "Appointment",
    "AppointmentAnswer",
    "ConsultationDay",
    "ConsultationHeld",
    "CounselSession",
    "Group",
    "GroupMeeting",
    "GroupMember",
    "GroupPresence",
    "LegalRequest",
    "LegalResult",
    "OfficeMark",
    "Waiting",
    "WaitingEnd",
]
