"""What may be read of programmes: by whoever runs them, and by whoever works on the case."""

from kalka.programmes.selectors.across import of_persons
from kalka.programmes.selectors.casefile import (
    Never,
    OfCase,
    files_from,
    is_there,
    never_enrolled,
    of_case,
    organisation_choices,
    other_organisations,
    person_choices,
    timeline,
)
from kalka.programmes.selectors.leading import GroupLine, GroupPage, Overview, group_page, groups, marks_of, overview
from kalka.programmes.selectors.person import Happened, Page, page
from kalka.programmes.selectors.rows import (
    Line,
    came,
    get_enrolment,
    get_group,
    get_led,
    is_enrolled,
    members,
)

__all__ = [
    "GroupLine",
    "GroupPage",
    "Happened",
    "Line",
    "Never",
    "OfCase",
    "Overview",
    "Page",
    "came",
    "files_from",
    "get_enrolment",
    "get_group",
    "get_led",
    "group_page",
    "groups",
    "is_enrolled",
    "is_there",
    "marks_of",
    "members",
    "never_enrolled",
    "of_case",
    "of_persons",
    "organisation_choices",
    "other_organisations",
    "overview",
    "page",
    "person_choices",
    "timeline",
]
