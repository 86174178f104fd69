"""Asking for an advocate and appointing one; days in villages; psychologists' waiting list, sessions and groups."""

from kalka.legalaid.services.aid import answer_appointment, appoint, record_result, request_aid, withdraw
from kalka.legalaid.services.counselling import (
    add_member,
    begin_group,
    hold_meeting,
    hold_session,
    leave_list,
    put_on_list,
)
from kalka.legalaid.services.days import note_held, plan_day
from kalka.legalaid.services.lapsing import lapse

__all__ = [
    "add_member",
    "answer_appointment",
    "appoint",
    "begin_group",
    "hold_meeting",
    "hold_session",
    "lapse",
    "leave_list",
    "note_held",
    "plan_day",
    "put_on_list",
    "record_result",
    "request_aid",
    "withdraw",
]
