"""What the pages ask."""

from kalka.legalaid.forms.aid import AnswerForm, AppointForm, DayForm, HeldForm, RequestForm, ResultForm
from kalka.legalaid.forms.counselling import GroupForm, JoinForm, LeaveForm, MeetingForm, SessionForm, WaitForm

__all__ = [
    "AnswerForm",
    "AppointForm",
    "DayForm",
    "GroupForm",
    "HeldForm",
    "JoinForm",
    "LeaveForm",
    "MeetingForm",
    "RequestForm",
    "ResultForm",
    "SessionForm",
    "WaitForm",
]
