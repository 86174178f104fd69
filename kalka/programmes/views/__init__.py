"""The pages of programmes: each parses, makes one call, answers."""

from kalka.programmes.views.evading import evasion
from kalka.programmes.views.leading import group, group_new, overview, session
from kalka.programmes.views.person import enrolment, paper, step, threat
from kalka.programmes.views.sending import case, never

__all__ = [
    "case",
    "enrolment",
    "evasion",
    "group",
    "group_new",
    "never",
    "overview",
    "paper",
    "session",
    "step",
    "threat",
]
