"""The rows of a case file. None is changed after it was written: what ends or completes one is another row."""

from kalka.cases.models.case import Case, Participant, StageChange
from kalka.cases.models.consent import Consent, ConsentWithdrawn, Member, MemberLeft
from kalka.cases.models.glass import GlassDecision, GlassRequest
from kalka.cases.models.incident import Incident, Presence
from kalka.cases.models.note import Demand, Note, NoteReader, Word
from kalka.cases.models.wall import WallLift, WallLiftDecision

__all__ = [
    "Case",
    "Consent",
    "ConsentWithdrawn",
    "Demand",
    "GlassDecision",
    "GlassRequest",
    "Incident",
    "Member",
    "MemberLeft",
    "Note",
    "NoteReader",
    "Participant",
    "Presence",
    "StageChange",
    "WallLift",
    "WallLiftDecision",
    "Word",
]
