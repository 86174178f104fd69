"""What may be read of support: the page of a case, single rows for a step, what keeps a case open, sums of opinions."""

from kalka.support.selectors.closing import WithoutPage, attempts, open_work, without_page
from kalka.support.selectors.opinions import sums
from kalka.support.selectors.page import (
    ActionLine,
    AidLine,
    GoalLine,
    HelpPage,
    Hours,
    SafetyPage,
    action_line,
    aid_of,
    documents_of,
    help_page,
    safe_hours,
    safety_page,
)
from kalka.support.selectors.rows import (
    get_action,
    get_aid,
    get_goal,
    get_service,
    get_without,
    open_case,
    owner_choices,
    owners,
    receipt,
    safety_number,
)
from kalka.support.selectors.timeline import timeline

__all__ = [
    "ActionLine",
    "AidLine",
    "GoalLine",
    "HelpPage",
    "Hours",
    "SafetyPage",
    "WithoutPage",
    "action_line",
    "aid_of",
    "attempts",
    "documents_of",
    "get_action",
    "get_aid",
    "get_goal",
    "get_service",
    "get_without",
    "help_page",
    "open_case",
    "open_work",
    "owner_choices",
    "owners",
    "receipt",
    "safe_hours",
    "safety_number",
    "safety_page",
    "sums",
    "timeline",
    "without_page",
]
