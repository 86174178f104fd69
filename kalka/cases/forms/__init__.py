"""The forms of a case: what is asked, in which order, and what it becomes for the services."""

from kalka.cases.forms.consent import ConsentForm, KeyForm, MemberForm
from kalka.cases.forms.incident import IncidentForm
from kalka.cases.forms.keeping import (
    ConflictByCodeForm,
    ConflictForm,
    GlassForm,
    LiftForm,
    ShutOutForm,
    WhoIAmForm,
    YesNoForm,
)
from kalka.cases.forms.note import AttachForm, DemandForm, NoteForm, WordForm
from kalka.cases.forms.person import CorrectForm, OpenForm, PersonForm

__all__ = [
    "AttachForm",
    "ConflictByCodeForm",
    "ConflictForm",
    "ConsentForm",
    "CorrectForm",
    "DemandForm",
    "GlassForm",
    "IncidentForm",
    "KeyForm",
    "LiftForm",
    "MemberForm",
    "NoteForm",
    "OpenForm",
    "PersonForm",
    "ShutOutForm",
    "WhoIAmForm",
    "WordForm",
    "YesNoForm",
]
