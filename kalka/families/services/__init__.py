"""Everything that can be done with a family at risk: one verb group a file."""

from kalka.families.services.asking import ask_her, record_her_word
from kalka.families.services.crossing import tell_violence
from kalka.families.services.helping import give_help
from kalka.families.services.importing import import_family
from kalka.families.services.keeping import record_contact, record_outcome, record_work
from kalka.families.services.naming import name_family
from kalka.families.services.noting import note_family
from kalka.families.services.pair import ask_second, decline_seat, step_back, take_seat

__all__ = [
    "ask_her",
    "ask_second",
    "decline_seat",
    "give_help",
    "import_family",
    "name_family",
    "note_family",
    "record_contact",
    "record_her_word",
    "record_outcome",
    "record_work",
    "step_back",
    "take_seat",
    "tell_violence",
]
