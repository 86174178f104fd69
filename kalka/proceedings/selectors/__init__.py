"""What may be read of proceedings, custody and weapons."""

from kalka.proceedings.lines import CustodyLine, EndLine, ProceedingLine, WeaponLine
from kalka.proceedings.selectors.custody import Coming, coming_releases, get_custody, held, held_page
from kalka.proceedings.selectors.page import CasePage, ProceedingPage, case_page, proceeding_page
from kalka.proceedings.selectors.proceedings import (
    Entry,
    alleged,
    bans_set,
    get_proceeding,
    of_persons,
    open_case,
    open_work,
    order_choices,
    person_choices,
    proceeding_line,
    register,
    timeline,
)
from kalka.proceedings.selectors.sentenced import Sentenced, overturned, sentenced

__all__ = [
    "CasePage",
    "Coming",
    "CustodyLine",
    "EndLine",
    "Entry",
    "ProceedingLine",
    "ProceedingPage",
    "Sentenced",
    "WeaponLine",
    "alleged",
    "bans_set",
    "case_page",
    "coming_releases",
    "get_custody",
    "get_proceeding",
    "held",
    "held_page",
    "of_persons",
    "open_case",
    "open_work",
    "order_choices",
    "overturned",
    "person_choices",
    "proceeding_line",
    "proceeding_page",
    "register",
    "sentenced",
    "timeline",
]
