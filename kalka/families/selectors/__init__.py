"""What may be read of families at risk: the own register, one page, what is due, and numbers for everybody else."""

from kalka.families.selectors.closing import open_work
from kalka.families.selectors.counts import Counts, committees, counts
from kalka.families.selectors.page import FamilyPage, family_page, help_waits, who
from kalka.families.selectors.register import Asked, FamilyLine, about, asked, due, register
from kalka.families.selectors.rows import (
    asked_seat,
    asks,
    colleagues,
    committee_of,
    get_family,
    is_colleague,
    is_there,
    named_now,
    names_of,
    others,
    promised,
    to_ask,
    working,
)

__all__ = [
    "Asked",
    "Counts",
    "FamilyLine",
    "FamilyPage",
    "about",
    "asked",
    "asked_seat",
    "asks",
    "colleagues",
    "committee_of",
    "committees",
    "counts",
    "due",
    "family_page",
    "get_family",
    "help_waits",
    "is_colleague",
    "is_there",
    "named_now",
    "names_of",
    "open_work",
    "others",
    "promised",
    "register",
    "to_ask",
    "who",
    "working",
]
