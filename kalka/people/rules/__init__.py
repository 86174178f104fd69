"""Who a person is, how names meet, and when somebody may be reached. Pure."""

from kalka.people.rules.age import BANDS, CHILD_BANDS, age_band, child_age_passed
from kalka.people.rules.names import fold, match, tokens
from kalka.people.rules.pin import pin_doubts
from kalka.people.rules.reach import next_safe, recipients, safe_now
from kalka.people.rules.same import sound
from kalka.people.rules.told import (
    ANSWERS,
    BY_WHOM,
    DOMAINS,
    NEVER,
    PARTS,
    SEXES,
    Contact,
    Name,
    NewPerson,
    Safe,
    Window,
    checked,
    has_disability,
)

__all__ = [
    "ANSWERS",
    "BANDS",
    "BY_WHOM",
    "CHILD_BANDS",
    "DOMAINS",
    "NEVER",
    "PARTS",
    "SEXES",
    "Contact",
    "Name",
    "NewPerson",
    "Safe",
    "Window",
    "age_band",
    "checked",
    "child_age_passed",
    "fold",
    "has_disability",
    "match",
    "next_safe",
    "pin_doubts",
    "recipients",
    "safe_now",
    "sound",
    "tokens",
]
