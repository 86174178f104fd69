"""What may be asked about committees. Nothing here is about a family; names of members are for their committee."""

from kalka.committees.data import region
from kalka.committees.selectors.bodies import (
    committee,
    committee_of,
    committees,
    ensure_free,
    founding,
    get_own_or_near,
    is_there,
    may_approve,
    own,
    projects,
)
from kalka.committees.selectors.coverage import coverage
from kalka.committees.selectors.members import (
    card,
    contacts,
    ensure_office_free,
    entered_for,
    has_left,
    is_card_there,
    member,
    members,
    named,
    seats_of,
    tasks,
)
from kalka.committees.selectors.planning import approvals, guide, plan, quiet

__all__ = [
    "approvals",
    "card",
    "committee",
    "committee_of",
    "committees",
    "contacts",
    "coverage",
    "ensure_free",
    "ensure_office_free",
    "entered_for",
    "founding",
    "get_own_or_near",
    "guide",
    "is_card_there",
    "is_there",
    "may_approve",
    "has_left",
    "member",
    "members",
    "named",
    "own",
    "plan",
    "projects",
    "quiet",
    "region",
    "seats_of",
    "tasks",
]
