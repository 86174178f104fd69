"""What may be read of programmes: by whoever runs them, and by whoever works on the case."""

from kalka.programmes.selectors.across import of_persons
from kalka.programmes.selectors.casefile import (
    Never,
    OfCase,
    files_from,
    is_there,
    never_enrolled,
    of_case,
    person_choices,
    timeline,
)
from kalka.programmes.selectors.evading import Evading, evading
from kalka.programmes.selectors.leading import GroupLine, GroupPage, Overview, group_page, groups, marks_of, overview
from kalka.programmes.selectors.person import Happened, Page, page
from kalka.programmes.selectors.rows import (
    get_enrolment,
    get_group,
    get_led,
    is_enrolled,
)

__all__ = [
    "Evading",
    "GroupLine",
    "GroupPage",
    "Happened",
    "Never",
    "OfCase",
    "Overview",
    "Page",
    "evading",
    "files_from",
    "get_enrolment",
    "get_group",
    "get_led",
    "group_page",
    "groups",
    "is_enrolled",
    "is_there",
    "marks_of",
    "never_enrolled",
    "of_case",
    "of_persons",
    "overview",
    "page",
    "person_choices",
    "timeline",
]
