"""The rows of support. None is changed after it was written: what ends one is another row."""

from kalka.support.models.closing import SafetyWord, Without, WithoutDecision
from kalka.support.models.decided import Decided, DecidedEnd
from kalka.support.models.given import AidGiven, AidReceipt, DocumentStep, ServiceGiven, ServiceVoid
from kalka.support.models.opinions import Opinion, OpinionTicket
from kalka.support.models.plan import Action, ActionEnd, Contact, Goal, GoalEnd, Outcome, SafetyPlan

__all__ = [
    "Action",
    "ActionEnd",
    "AidGiven",
    "AidReceipt",
    "Contact",
    "Decided",
    "DecidedEnd",
    "DocumentStep",
    "Goal",
    "GoalEnd",
    "Opinion",
    "OpinionTicket",
    "Outcome",
    "SafetyPlan",
    "SafetyWord",
    "ServiceGiven",
    "ServiceVoid",
    "Without",
    "WithoutDecision",
]
