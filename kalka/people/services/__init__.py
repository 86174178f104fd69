"""Writing down who somebody is, correcting it without losing what was written, how people belong together; what each
search is made for; and which people are one."""

from kalka.people.services.looking import (
    answer_more_searches,
    ask_more_searches,
    give_search_reason,
    search_from_case,
    search_from_duty,
    search_in_emergency,
    search_with_reason,
)
from kalka.people.services.persons import add_person, correct_person, end_part, form_household, relate, take_part
from kalka.people.services.same import find_pairs, say_of_pair

__all__ = [
    "add_person",
    "answer_more_searches",
    "ask_more_searches",
    "correct_person",
    "end_part",
    "find_pairs",
    "form_household",
    "give_search_reason",
    "relate",
    "say_of_pair",
    "search_from_case",
    "search_from_duty",
    "search_in_emergency",
    "search_with_reason",
    "take_part",
]
