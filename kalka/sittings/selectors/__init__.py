"""What may be asked about the sittings of one's own committee."""

from kalka.sittings.selectors.agenda import consent, may_ask, proposals
from kalka.sittings.selectors.calendar import Calendar, calendar, sittings
from kalka.sittings.selectors.closing import open_work
from kalka.sittings.selectors.decisions import changes_of
from kalka.sittings.selectors.members import members, named
from kalka.sittings.selectors.page import decision, last_roll, sitting
from kalka.sittings.selectors.rows import get_decision, get_item, get_sitting, may_keep

__all__ = [
    "Calendar",
    "calendar",
    "changes_of",
    "consent",
    "decision",
    "get_decision",
    "get_item",
    "get_sitting",
    "last_roll",
    "may_ask",
    "may_keep",
    "members",
    "named",
    "open_work",
    "proposals",
    "sitting",
    "sittings",
]
