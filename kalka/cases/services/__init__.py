"""Everything that can be done to a case: one verb group a file."""

from kalka.cases.services.consents import give_consent, withdraw_consent
from kalka.cases.services.glass import ask_glass, decide_glass
from kalka.cases.services.incidents import record_incident
from kalka.cases.services.notes import attach, record_demand, record_word, write_note
from kalka.cases.services.opening import open_at_risk, open_case
from kalka.cases.services.people import add_participant, correct_participant
from kalka.cases.services.planting import plant_case
from kalka.cases.services.stages import mark_closed, mark_stage, reopen
from kalka.cases.services.team import add_member, ask_in, remove_member, stop_asking, take_up
from kalka.cases.services.walls import (
    ask_to_lift,
    decide_lift,
    declare_conflict,
    identify_staff,
    say_who_i_am,
    shut_out,
    step_back,
)

__all__ = [
    "add_member",
    "add_participant",
    "ask_glass",
    "ask_in",
    "ask_to_lift",
    "attach",
    "correct_participant",
    "decide_glass",
    "decide_lift",
    "declare_conflict",
    "give_consent",
    "identify_staff",
    "mark_closed",
    "mark_stage",
    "open_at_risk",
    "open_case",
    "plant_case",
    "record_demand",
    "record_incident",
    "record_word",
    "remove_member",
    "reopen",
    "say_who_i_am",
    "shut_out",
    "step_back",
    "stop_asking",
    "take_up",
    "withdraw_consent",
    "write_note",
]
