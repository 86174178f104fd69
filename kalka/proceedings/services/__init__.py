"""What is written down of proceedings, custody and weapons."""

from kalka.proceedings.services.custody import plan_release, release, take_into_custody
from kalka.proceedings.services.proceeding import end_proceeding, note_step, open_proceeding
from kalka.proceedings.services.weapons import note_weapon

__all__ = [
    "end_proceeding",
    "note_step",
    "note_weapon",
    "open_proceeding",
    "plan_release",
    "release",
    "take_into_custody",
]
