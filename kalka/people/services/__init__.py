"""Writing down who somebody is, correcting it without losing what was written, and how people belong together."""

from kalka.people.services.persons import add_person, correct_person, end_part, form_household, relate, take_part

__all__ = ["add_person", "correct_person", "end_part", "form_household", "relate", "take_part"]
