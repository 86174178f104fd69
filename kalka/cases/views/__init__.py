"""One page a step; after it, back to the case."""

from kalka.cases.views.consent import consent, leave_team, team, withdraw_consent
from kalka.cases.views.happened import incident, word
from kalka.cases.views.keeping import (
    conflict,
    conflict_by_code,
    glass,
    glass_decide,
    wall_lift,
    walls,
    who_i_am,
)
from kalka.cases.views.note import attach, demand, file, note
from kalka.cases.views.opening import listing, open_report
from kalka.cases.views.person import correct, identity, person

__all__ = [
    "attach",
    "conflict",
    "conflict_by_code",
    "consent",
    "correct",
    "demand",
    "file",
    "glass",
    "glass_decide",
    "identity",
    "incident",
    "leave_team",
    "listing",
    "note",
    "open_report",
    "person",
    "team",
    "wall_lift",
    "walls",
    "who_i_am",
    "withdraw_consent",
    "word",
]
