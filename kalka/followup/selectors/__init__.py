"""Visits of a file, the stops of a day, and what was written down of visits as a whole."""

from kalka.followup.selectors.checking import Entries, EntryLine, entries
from kalka.followup.selectors.route import Stop, route
from kalka.followup.selectors.visits import (
    VISIT,
    Panel,
    SaidPage,
    VisitLine,
    VisitPage,
    get_visit,
    last_visit,
    level,
    open_work,
    panel,
    said_page,
    timeline,
    visit_line,
    visit_page,
)

__all__ = [
    "VISIT",
    "Entries",
    "EntryLine",
    "Panel",
    "SaidPage",
    "Stop",
    "VisitLine",
    "VisitPage",
    "entries",
    "get_visit",
    "last_visit",
    "level",
    "open_work",
    "panel",
    "route",
    "said_page",
    "timeline",
    "visit_line",
    "visit_page",
]
