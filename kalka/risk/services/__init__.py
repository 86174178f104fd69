"""What may be written of the risk."""

from kalka.risk.services.assessing import confirm, countersign, note_not_alone, record_judgement
from kalka.risk.services.forms import put_in_form
from kalka.risk.services.happened import note_happened, require_beyond, require_reassessment
from kalka.risk.services.practice import set_practice

__all__ = [
    "confirm",
    "countersign",
    "note_happened",
    "note_not_alone",
    "put_in_form",
    "record_judgement",
    "require_beyond",
    "require_reassessment",
    "set_practice",
]
