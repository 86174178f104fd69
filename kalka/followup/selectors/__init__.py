"""Visits of a file, the stops of a day, and what was written down of visits as a whole."""

from kalka.followup.lines import VisitLine
from kalka.followup.selectors.checking import Entries, EntryLine, entries
from kalka.followup.selectors.denied import awaits_another
from kalka.followup.selectors.printed import VisitPaper, visit_paper
from kalka.followup.selectors.route import Stop, route
from kalka.followup.selectors.visits import (
    COMPLIANCE,
    MISSED,
    VISIT,
    Panel,
    SaidPage,
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
    "COMPLIANCE",
    "MISSED",
    "VISIT",
    "Entries",
    "EntryLine",
    "Panel",
    "SaidPage",
    "Stop",
    "VisitLine",
    "VisitPage",
    "VisitPaper",
    "awaits_another",
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
    "visit_paper",
]
