"""The forms of a case: what is asked, in which order, and what it becomes for the services."""

from kalka.cases.forms.consent import ConsentForm, KeyForm, MemberForm
from kalka.cases.forms.incident import IncidentForm
from kalka.cases.forms.note import AttachForm, DemandForm, NoteForm, WordForm
from kalka.cases.forms.person import CorrectForm, OpenForm, PersonForm

__all__ = [
    "AttachForm",
    "ConsentForm",
    "CorrectForm",
    "DemandForm",
    "IncidentForm",
    "KeyForm",
    "MemberForm",
    "NoteForm",
    "OpenForm",
    "PersonForm",
    "WordForm",
]
