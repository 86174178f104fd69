"""Every write of this module. What was written stays; `take_back` says that it does not count."""

from kalka.training.services.certificates import certify
from kalka.training.services.courses import enrol, hold_course, note_results, plan_measure, start_programme, take_back
from kalka.training.services.focal import name_focal, note_learning, set_period
from kalka.training.services.rolls import destroy_roll
from kalka.training.services.rows import take_row

__all__ = [
    "certify",
    "destroy_roll",
    "enrol",
    "hold_course",
    "name_focal",
    "note_learning",
    "note_results",
    "plan_measure",
    "set_period",
    "start_programme",
    "take_back",
    "take_row",
]
