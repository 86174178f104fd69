"""What may be done with statistics."""

from kalka.statistics.services.exporting import ask_export, decide_export
from kalka.statistics.services.releasing import begin_release, give_up, make_release, publish, release_month

__all__ = [
    "ask_export",
    "begin_release",
    "decide_export",
    "give_up",
    "make_release",
    "publish",
    "release_month",
]
