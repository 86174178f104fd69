"""What the pages ask."""

from kalka.support.forms.closing import DecideForm, WithoutForm, WordForm
from kalka.support.forms.given import AidForm, DocumentForm, ReceiptForm, ServiceForm
from kalka.support.forms.opinions import OpinionForm
from kalka.support.forms.plan import (
    ActionEndForm,
    ActionForm,
    ContactForm,
    GoalEndForm,
    GoalForm,
    OutcomeForm,
    SafetyForm,
)

__all__ = [
    "ActionEndForm",
    "ActionForm",
    "AidForm",
    "ContactForm",
    "DecideForm",
    "DocumentForm",
    "GoalEndForm",
    "GoalForm",
    "OpinionForm",
    "OutcomeForm",
    "ReceiptForm",
    "SafetyForm",
    "ServiceForm",
    "WithoutForm",
    "WordForm",
]
