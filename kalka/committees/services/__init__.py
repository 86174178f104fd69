"""Everything that can be done to a committee. `worked` is a primitive, called inside the commands of its work."""

from kalka.committees.services.founding import approve, describe, found, start_project
from kalka.committees.services.members import add_member, change_card, enter_for, leave, sign_undertaking, take_office
from kalka.committees.services.planning import name_contact, set_plan, worked

__all__ = [
    "add_member",
    "approve",
    "change_card",
    "describe",
    "enter_for",
    "found",
    "leave",
    "name_contact",
    "set_plan",
    "sign_undertaking",
    "start_project",
    "take_office",
    "worked",
]
