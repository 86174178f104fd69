"""What is asked on the pages of help, and what it becomes for the services."""

from kalka.referrals.forms.later import (
    CarryForm,
    ConferenceForm,
    MinutesForm,
    TrackForm,
    TrackStepForm,
)
from kalka.referrals.forms.referring import ChoiceForm, NeedsForm, ReferForm, StepForm

__all__ = [
    "CarryForm",
    "ChoiceForm",
    "ConferenceForm",
    "MinutesForm",
    "NeedsForm",
    "ReferForm",
    "StepForm",
    "TrackForm",
    "TrackStepForm",
]
