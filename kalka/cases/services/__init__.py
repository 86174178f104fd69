"""Everything that can be done to a case: one verb group a file."""

from kalka.cases.services.consents import give_consent, withdraw_consent
from kalka.cases.services.incidents import record_incident
from kalka.cases.services.notes import attach, record_demand, record_word, write_note
from kalka.cases.services.opening import open_at_risk, open_case
from kalka.cases.services.people import add_participant
from kalka.cases.services.stages import mark_closed, mark_stage, reopen
from kalka.cases.services.team import add_member, remove_member

__all__ = [
    "add_member",
    "add_participant",
    "attach",
    "give_consent",
    "mark_closed",
    "mark_stage",
    "open_at_risk",
    "open_case",
    "record_demand",
    "record_incident",
    "record_word",
    "remove_member",
    "reopen",
    "withdraw_consent",
    "write_note",
]
